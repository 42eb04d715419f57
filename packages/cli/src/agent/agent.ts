/** The resident agent: answers, looks ahead, and leaves when nobody needs it. */

import { after, before, type Duration, hours, seconds } from '@mayfly/identity-center/duration'
import type { AgentAnswer } from '../hot/agent-call.ts'
import { formatSurroundings } from '../hot/deciding-variables.ts'
import type { AgentHandler, Listening } from '../machine/agent-socket.ts'
import type { Machine } from '../machine/machine.ts'
import { memoryName } from '../sealed/data-key.ts'
import { DATA_KEY_BYTES, fingerprint } from '../sealed/record.ts'
import { readStorage } from '../sealed/storage-mode.ts'
import { formatInstant } from '../sign-in/token-cache.ts'
import { createAskedRoles, STILL_WANTED } from './asked-roles.ts'
import type { AgentStatus } from './client.ts'
import { createHeldSessions } from './held-sessions.ts'

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

/** An agent that works with this machine; it opens no browser and asks nobody anything. */
export function createAgent(machine: Machine, version: string): Agent {
  const roles = createAskedRoles(machine)
  const sessions = createHeldSessions(machine)
  const own = formatSurroundings(machine.env)
  const startedAt = machine.clock.now()
  const stop = new AbortController()
  let askedAt = startedAt
  let dataKeyId: string | undefined
  let pid = 0

  /** The key that was handed over, and one that came out of the keychain. */
  const forgetKey = async (): Promise<AgentAnswer> => {
    if (dataKeyId !== undefined) machine.secrets.forget(memoryName(dataKeyId))
    dataKeyId = undefined
    roles.forget()
    const storage = await readStorage(machine).catch(() => undefined)
    if (storage?.mode === 'sealed') machine.secrets.forget(memoryName(storage.key.id))
    return OK('')
  }
  const takeKey = async (text: string): Promise<AgentAnswer> => {
    const key = Buffer.from(text, 'base64')
    const storage = await readStorage(machine)
    const isWanted = storage.mode === 'sealed' && key.length === DATA_KEY_BYTES && fingerprint(key) === storage.key.id
    if (!isWanted) return NO('not-the-key')
    dataKeyId = storage.key.id
    machine.secrets.keep(memoryName(dataKeyId), key)
    return OK('')
  }
  const describe = async (): Promise<AgentAnswer> => {
    const status: AgentStatus = {
      pid,
      version,
      startedAt: formatInstant(startedAt),
      holdsDataKey: dataKeyId !== undefined,
      sessions: await sessions.list(),
      roles: roles.list().map(({ sessionName, accountId, roleName, expiration, lastAskedAt }) => ({
        ...{ sessionName, accountId, roleName },
        endsAt: formatInstant(expiration),
        lastAskedAt: formatInstant(lastAskedAt),
      })),
    }
    return OK(JSON.stringify(status))
  }
  return {
    handle([verb, ...words]) {
      const [sessionName = '', accountId = '', roleName = '', surroundings] = words
      if (verb === 'hello') return OK(version)
      if (verb === 'status') return describe()
      askedAt = machine.clock.now()
      if (verb === 'credentials') {
        if (surroundings !== own) return NO('other-surroundings')
        return roles.get({ sessionName, accountId, roleName }).then(OK, () => NO('refused'))
      }
      if (verb === 'unlock') return takeKey(sessionName)
      if (verb === 'data-key') {
        const key = dataKeyId === undefined ? undefined : machine.secrets.find(memoryName(dataKeyId))
        return key ? OK(key.toString('base64')) : NO('locked')
      }
      if (verb === 'lock') return forgetKey()
      if (verb === 'forget') roles.forget()
      else if (verb === 'stop') stop.abort()
      else return undefined
      return OK('')
    },
    async live(listening) {
      pid = listening.pid
      while (!stop.signal.aborted && listening.isFound()) {
        await tend()
        const now = machine.clock.now()
        if (askedAt < before(now, LONGEST_IDLE)) break
        if (askedAt < before(now, IDLE) && (await isDone(now))) break
        listening.tidy()
        await machine.clock.sleep(LOOK_EVERY, stop.signal).catch(() => undefined)
      }
      await forgetKey()
    },
  }

  async function tend(): Promise<void> {
    const since = before(machine.clock.now(), STILL_WANTED)
    const wanted = roles.list().filter(({ lastAskedAt }) => lastAskedAt >= since)
    // A config that is being edited, a disk that is full: another time.
    await sessions.tend(new Set(wanted.map(({ sessionName }) => sessionName))).catch(() => undefined)
    await roles.tend().catch(() => undefined)
  }

  async function isDone(now: Date): Promise<boolean> {
    if (dataKeyId !== undefined || roles.list().some(({ expiration }) => expiration > now)) return false
    const alive = await sessions.list().catch(() => [])
    return !alive.some(({ tokenEndsAt }) => new Date(tokenEndsAt) > after(now, seconds(0)))
  }
}

const OK = (text: string): AgentAnswer => ({ answer: 'ok', text })
const NO = (reason: string): AgentAnswer => ({ answer: 'no', text: reason })
