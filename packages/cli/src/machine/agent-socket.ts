/** The agent's door from both sides: asking, starting one in the background, and being one. */

import type { AgentAnswer } from '../hot/agent-call.ts'

/** Answers one request; `undefined` closes the connection without a word. */
export type AgentHandler = (words: readonly string[]) => AgentAnswer | Promise<AgentAnswer> | undefined

export interface AgentSocket {
  /** Asks the running agent; undefined when there is none that can prove to be this person's. */
  ask(words: readonly string[]): Promise<AgentAnswer | undefined>
  /** The folders in which it may have left something. */
  folders(): readonly string[]
  /** Starts one in the background, unless one was started moments ago. Does not wait until it can be asked. */
  start(): Promise<void>
  /** Becomes the agent. Rejects when no folder is safe to listen in. */
  listen(handler: AgentHandler, version: string): Promise<Listening>
}

export interface Listening {
  readonly address: string
  readonly pid: number
  /** False once the proof is gone or another agent's: this one is then not found any more. */
  isFound(): boolean
  /** Gives memory back that a burst of questions needed, when there was one since the last time. */
  tidy(): void
  /** Takes the proof away and closes every connection. */
  close(): Promise<void>
}

/** No agent: nothing is asked, nothing started. */
export const noAgent: AgentSocket = {
  ask: async () => undefined,
  folders: () => [],
  start: async () => undefined,
  listen: () => Promise.reject(new Error('There is no agent here.')),
}
