/** The agent's door from both sides: asking, starting one in the background, and being one. */

import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { AgentAnswer } from '../hot/agent-call.ts'
import { agentFolders, type DoorPlace, findAgentDoor } from '../hot/agent-door.ts'
import type { Environment } from './machine.ts'
import { findOwnScript } from './own-program.ts'
import { SMALL_ENVIRONMENT, smallFlags } from './small-process.ts'

/** Answers one request; `undefined` closes the connection without a word. */
export type AgentHandler = (words: readonly string[]) => AgentAnswer | Promise<AgentAnswer> | undefined

export interface AgentSocket {
  /** Asks the running agent; undefined when there is none that can prove to be this person's. */
  ask(words: readonly string[]): Promise<AgentAnswer | undefined>
  /** The folders in which it may have left something. */
  folders(): readonly string[]
  /** The version of the agent that has written its proof; it need not be alive. */
  findVersion(): string | undefined
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
  findVersion: () => undefined,
  start: async () => undefined,
  listen: () => Promise.reject(new Error('There is no agent here.')),
}

/** The agent of this computer's user. */
export function createAgentSocket(place: DoorPlace, env: Environment): AgentSocket {
  return {
    async ask(words) {
      const door = findAgentDoor(place)
      return door && (await import('../hot/agent-call.ts')).callAgent(door, words)
    },
    folders: () => agentFolders(place),
    findVersion: () => findAgentDoor(place)?.version,
    start: () => startInBackground(place, env),
    listen: async (handler, version) => (await import('./agent-listener.ts')).listenAsAgent(place, handler, version),
  }
}

/** Milliseconds for which a start that was begun keeps others from starting a second. */
const STARTING = 5_000

async function startInBackground(place: DoorPlace, env: Environment): Promise<void> {
  const program = findOwnScript(process.argv[1])
  if (program === undefined || !claimStart(place)) return
  const { startDetached } = await import('./detached-process.ts')
  startDetached(process.execPath, [...smallFlags(process.versions.node), program, 'agent', 'run'], {
    ...agentEnvironment(env),
    ...SMALL_ENVIRONMENT,
  })
}

/** Lies there from the moment an agent is being started until it listens. */
export const startMark = ({ home, platform }: DoorPlace): string =>
  platform === 'win32' ? `${home}\\.mayfly\\agent-starting` : `${home === '/' ? '' : home}/.mayfly/agent-starting`

/** True for one process of all that find no agent at once: two hundred must not each start one. */
function claimStart(place: DoorPlace): boolean {
  const mark = startMark(place)
  try {
    mkdirSync(dirname(mark), { recursive: true, mode: 0o700 })
    if (Date.now() - (statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0) > STARTING) rmSync(mark, { force: true })
    closeSync(openSync(mark, 'wx', 0o600))
    return true
  } catch {
    return false
  }
}

/** What stays behind when a terminal's environment becomes the agent's: keys, and what only that terminal meant. */
const NOT_THE_AGENTS =
  /^(AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_SECURITY_TOKEN|AWS_CREDENTIAL_EXPIRATION|AWS_PROFILE|AWS_DEFAULT_PROFILE|AWS_REGION|AWS_DEFAULT_REGION|AWS_CONTAINER_.*|AWS_WEB_IDENTITY_TOKEN_FILE|AWS_ROLE_ARN|_AWS_CLI_PROFILE_CHAIN|MAYFLY_(?!TEST_).*|NODE_.*)$/i

/** The environment of an agent that is started from this one. It asks no other agent. */
export function agentEnvironment(env: Environment): Environment {
  const kept = Object.entries(env).filter(([name]) => !NOT_THE_AGENTS.test(name) || /^NODE_EXTRA_CA_CERTS$/i.test(name))
  return { ...Object.fromEntries(kept), MAYFLY_AGENT: 'never' }
}
