/** The resident agent: answers, looks ahead, and leaves when nobody needs it. */

import { before, type Duration, hours, seconds } from '@mayfly/identity-center/duration'
import type { AgentAnswer } from '../hot/agent-call.ts'
import { formatSurroundings } from '../hot/deciding-variables.ts'
import type { AgentHandler, Listening } from '../machine/agent-socket.ts'
import type { Machine } from '../machine/machine.ts'
import { formatInstant } from '../sign-in/token-cache.ts'
import { no, ok } from './answers.ts'
import { type AskedRoles, createAskedRoles, STILL_WANTED } from './asked-roles.ts'
import type { AgentStatus } from './client.ts'
import { createHeldKey, type HeldKey } from './held-key.ts'
import { createHeldSessions, type HeldSessions } from './held-sessions.ts'

/** By the wall clock: a computer that slept through the end of something finds out this long after it woke. */
const LOOK_EVERY: Duration = seconds(30)
/** Without a question for so long, and with nothing left alive, the agent leaves. */
const IDLE: Duration = hours(1)
/** And after so long in any case: a data key does not lie in memory over a holiday. */
const LONGEST_IDLE: Duration = hours(12)

export interface Agent {
  readonly handle: AgentHandler
  /** Resolves when it has been told to stop, has nothing to do any more, or is not found any more. */
  live(listening: Pick<Listening, 'isFound' | 'pid' | 'tidy'>): Promise<void>
}

/** What an agent holds, and what has happened to it. */
interface Work {
  readonly roles: AskedRoles
  readonly sessions: HeldSessions
  readonly key: HeldKey
  readonly stop: AbortController
  /** The surroundings that it shares with those whom it answers. */
  readonly surroundings: string
  readonly version: string
  readonly startedAt: Date
  askedAt: Date
  pid: number
}

/** An agent that works with this machine; it opens no browser and asks nobody anything. */
export function createAgent(machine: Machine, version: string): Agent {
  const startedAt = machine.clock.now()
  const work: Work = {
    roles: createAskedRoles(machine),
    sessions: createHeldSessions(machine),
    key: createHeldKey(machine),
    stop: new AbortController(),
    surroundings: formatSurroundings(machine.env),
    ...{ version, startedAt, askedAt: startedAt, pid: 0 },
  }
  return {
    handle([verb, ...words]) {
      if (verb === 'hello') return ok(version)
      if (verb === 'status') return describe(work)
      work.askedAt = machine.clock.now()
      return handle(work, verb, words)
    },
    async live(listening) {
      work.pid = listening.pid
      while (!work.stop.signal.aborted && listening.isFound()) {
        await lookAhead(work, machine.clock.now())
        if (await isDone(work, machine.clock.now())) break
        listening.tidy()
        await machine.clock.sleep(LOOK_EVERY, work.stop.signal).catch(() => undefined)
      }
      work.roles.forget()
      await work.key.forget()
    },
  }
}

function handle(work: Work, verb: string | undefined, words: readonly string[]): ReturnType<AgentHandler> {
  const [first = '', accountId = '', roleName = '', surroundings] = words
  switch (verb) {
    case 'credentials':
      if (surroundings !== work.surroundings) return no('other-surroundings')
      return work.roles.get({ sessionName: first, accountId, roleName }).then(ok, () => no('refused'))
    case 'unlock':
      return work.key.take(first)
    case 'data-key':
      return work.key.give()
    case 'lock':
      work.roles.forget()
      return work.key.forget().then(() => ok(''))
    case 'forget':
      work.roles.forget()
      return ok('')
    case 'stop':
      work.stop.abort()
      return ok('')
    default:
      return undefined
  }
}

async function describe({ roles, sessions, key, version, startedAt, pid }: Work): Promise<AgentAnswer> {
  const status: AgentStatus = {
    ...{ pid, version, startedAt: formatInstant(startedAt), holdsDataKey: key.isHeld() },
    sessions: await sessions.list(),
    roles: roles.list().map(({ sessionName, accountId, roleName, expiration, lastAskedAt }) => ({
      ...{ sessionName, accountId, roleName },
      endsAt: formatInstant(expiration),
      lastAskedAt: formatInstant(lastAskedAt),
    })),
  }
  return ok(JSON.stringify(status))
}

/** A config that is being edited, a disk that is full: another time. */
async function lookAhead({ roles, sessions }: Work, now: Date): Promise<void> {
  const wanted = roles.list().filter(({ lastAskedAt }) => lastAskedAt >= before(now, STILL_WANTED))
  await sessions.tend(new Set(wanted.map(({ sessionName }) => sessionName))).catch(() => undefined)
  await roles.tend().catch(() => undefined)
}

async function isDone({ roles, sessions, key, askedAt }: Work, now: Date): Promise<boolean> {
  if (askedAt < before(now, LONGEST_IDLE)) return true
  if (askedAt >= before(now, IDLE)) return false
  if (key.isHeld() || roles.list().some(({ expiration }) => expiration > now)) return false
  const alive = await sessions.list().catch(() => [])
  return !alive.some(({ tokenEndsAt }) => new Date(tokenEndsAt) > now)
}
