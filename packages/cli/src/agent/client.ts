/** The resident agent as everything else sees it: asked, started, given the data key. */

import { milliseconds } from '@mayfly/identity-center/duration'
import type { AgentAnswer } from '../hot/agent-call.ts'
import { formatSurroundings } from '../hot/deciding-variables.ts'
import type { Machine } from '../machine/machine.ts'
import { isOlder, readVersion } from '../machine/version.ts'
import { readStorageMode } from '../sealed/storage-mode.ts'

/** What an agent can be asked. */
export type AgentRequest =
  | { readonly ask: 'credentials'; readonly sessionName: string; readonly accountId: string; readonly roleName: string }
  /** JSON of `AgentStatus`. */
  | { readonly ask: 'status' }
  /** Takes the data key into its memory, nowhere else. */
  | { readonly ask: 'unlock'; readonly dataKey: Uint8Array }
  /** Forgets the data key and everything it opened. */
  | { readonly ask: 'lock' }
  /** The data key (base64), when it was unlocked with one. */
  | { readonly ask: 'data-key' }
  /** Forgets the credentials that it holds: somebody signed out or in. */
  | { readonly ask: 'forget' }
  | { readonly ask: 'stop' }

/** The answer of a running agent, or undefined when there is none (or MAYFLY_AGENT=never). */
export function askAgent(machine: Machine, request: AgentRequest): Promise<AgentAnswer | undefined> {
  if (machine.env['MAYFLY_AGENT'] === 'never') return Promise.resolve(undefined)
  return machine.agent.ask(wordsOf(machine, request))
}

function wordsOf(machine: Machine, request: AgentRequest): readonly string[] {
  if (request.ask === 'credentials') {
    return ['credentials', request.sessionName, request.accountId, request.roleName, formatSurroundings(machine.env)]
  }
  if (request.ask === 'unlock') return ['unlock', Buffer.from(request.dataKey).toString('base64')]
  return [request.ask]
}

/**
 * Starts the agent when none of this version or a newer one runs, and does not wait for it. Never fails: without it all
 * works, slower.
 */
export async function startAgent(machine: Machine): Promise<void> {
  if (machine.env['MAYFLY_AGENT'] === 'never') return
  const running = await machine.agent.ask(['hello']).catch(() => undefined)
  if (running?.answer === 'ok' && !isOlder(running.text, await readVersion())) return
  await machine.agent.start().catch(() => undefined)
}

/** The same, where it is wanted: in a sealed home. A shared one answers from its files as fast. */
export async function startAgentWhenSealed(machine: Machine): Promise<void> {
  if (machine.env['MAYFLY_AGENT'] === 'never') return
  const mode = await readStorageMode(machine).catch(() => 'shared' as const)
  if (mode === 'sealed') await startAgent(machine)
}

/** The version of the agent once one of this version or a newer one can be asked; undefined when none can in five seconds. */
export async function waitForAgent(machine: Machine): Promise<string | undefined> {
  if (machine.env['MAYFLY_AGENT'] === 'never') return undefined
  const version = await readVersion()
  for (let waited = 0; waited < 100; waited += 1) {
    const running = await machine.agent.ask(['hello'])
    if (running?.answer === 'ok' && !isOlder(running.text, version)) return running.text
    await machine.clock.sleep(milliseconds(50))
  }
  return undefined
}

/** Hands the data key over (`mayfly storage unlock`), starting an agent to hold it. False when none could be started. */
export async function giveDataKey(machine: Machine, dataKey: Uint8Array): Promise<boolean> {
  await startAgent(machine)
  // Its answer shows that it is the agent, before it is told anything.
  if ((await waitForAgent(machine)) === undefined) return false
  const answer = await askAgent(machine, { ask: 'unlock', dataKey })
  return answer?.answer === 'ok'
}

/** Lets a running agent forget the data key and all that it holds (`mayfly storage lock`). */
export const forgetDataKey = async (machine: Machine): Promise<void> => void (await askAgent(machine, { ask: 'lock' }))

/** What `status` answers. */
export interface AgentStatus {
  readonly pid: number
  readonly version: string
  readonly startedAt: string
  /** Whether it holds a data key that was handed to it. */
  readonly holdsDataKey: boolean
  readonly sessions: readonly {
    readonly name: string
    readonly startUrl: string
    /** When the access token ends; the agent refreshes it before. */
    readonly tokenEndsAt: string
    /** When no refresh helps any more (the client registration ends), as far as it is known. */
    readonly endsAt: string | undefined
    /** Why the last refresh did not work; undefined when it did. */
    readonly problem: string | undefined
  }[]
  readonly roles: readonly {
    readonly sessionName: string
    readonly accountId: string
    readonly roleName: string
    readonly endsAt: string
    readonly lastAskedAt: string
  }[]
}

/** What a running agent holds; undefined without one. */
export async function findAgentStatus(machine: Machine): Promise<AgentStatus | undefined> {
  const answer = await askAgent(machine, { ask: 'status' })
  return answer?.answer === 'ok' ? (JSON.parse(answer.text) as AgentStatus) : undefined
}
