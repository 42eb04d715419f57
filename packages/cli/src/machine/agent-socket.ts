/** The agent's socket: where it is asked, and how it is started. */

import type { AgentAnswer } from '../hot/agent-call.ts'

export interface AgentSocket {
  /** Asks the running agent; undefined when there is none that can prove to be this person's. */
  ask(words: readonly string[]): Promise<AgentAnswer | undefined>
  /** Starts one in the background unless one runs or is starting; resolves when it can be asked or after two seconds. */
  start(): Promise<void>
}

/** No agent: nothing is asked, nothing started. */
export const noAgent: AgentSocket = { ask: async () => undefined, start: async () => undefined }
