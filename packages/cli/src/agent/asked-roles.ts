/** The roles that an agent was asked for: their credentials in memory, refreshed before anybody has to wait. */

import { before, between, type Duration, hours, minutes } from '@mayfly/identity-center/duration'
import type { Machine } from '../machine/machine.ts'
import { formatCredentials } from '../role-credentials/formats.ts'
import { getRoleCredentials } from '../role-credentials/role-credentials.ts'
import { getSsoConfiguration } from '../shared-config/profile.ts'
import { loadSettings } from '../shared-config/settings.ts'
import { REFRESH_WINDOW } from '../sign-in/token-state.ts'
import { createPauses } from './pauses.ts'
import { createTokenStamps } from './token-stamp.ts'

export interface RoleName {
  readonly sessionName: string
  readonly accountId: string
  readonly roleName: string
}

export interface AskedRole extends RoleName {
  /** What credential_process prints. */
  readonly text: string
  readonly expiration: Date
  readonly lastAskedAt: Date
}

export interface AskedRoles {
  /** What to print: from memory while a quarter of an hour is left and the session's token is the same. */
  get(role: RoleName): Promise<string>
  /** Renews what somebody asked for within the last hours and would have to wait for soon. */
  tend(): Promise<void>
  list(): readonly AskedRole[]
  forget(): void
}

/** Renewed when less than this is left: five minutes before a client would ask the portal itself. */
export const AHEAD: Duration = minutes(20)
/** A role that nobody has asked for in so long is not renewed. */
export const STILL_WANTED: Duration = hours(3)

interface Held extends RoleName {
  text: string
  expiration: Date
  lastAskedAt: Date
  /** Which token file these credentials were taken under. */
  tokenStamp: string | undefined
}

export function createAskedRoles(machine: Machine): AskedRoles {
  const held = new Map<string, Held>()
  const asking = new Map<string, Promise<Held>>()
  const pauses = createPauses(machine)
  const readTokenStamp = createTokenStamps(machine)

  /** One question for all who ask at once. */
  const fetchOnce = (role: RoleName, left: Duration): Promise<Held> => {
    const key = keyOf(role)
    const running = asking.get(key)
    if (running) return running
    const fetching = fetchRole(machine, role, { left, readTokenStamp })
      .then((fetched) => {
        const lastAskedAt = held.get(key)?.lastAskedAt ?? fetched.lastAskedAt
        held.set(key, { ...fetched, lastAskedAt })
        return fetched
      })
      .finally(() => asking.delete(key))
    asking.set(key, fetching)
    return fetching
  }

  /** False once somebody signed out or in: what was held may be another person's, or nobody's any more. */
  const hasSameToken = async (role: Held): Promise<boolean> =>
    role.tokenStamp !== undefined && role.tokenStamp === (await readTokenStamp(role))

  return {
    async get(role) {
      const known = held.get(keyOf(role))
      const now = machine.clock.now()
      if (known && between(now, known.expiration) >= REFRESH_WINDOW && (await hasSameToken(known))) {
        known.lastAskedAt = now
        return known.text
      }
      held.delete(keyOf(role))
      return (await fetchOnce(role, REFRESH_WINDOW)).text
    },
    async tend() {
      const now = machine.clock.now()
      for (const [key, role] of held) {
        if (role.expiration <= now && role.lastAskedAt < before(now, STILL_WANTED)) held.delete(key)
        const isWanted = role.lastAskedAt >= before(now, STILL_WANTED)
        if (!isWanted || between(now, role.expiration) >= AHEAD || !pauses.mayTry(key)) continue
        await pauses.attempt(key, () => fetchOnce(role, AHEAD))
        if (pauses.problemOf(key) !== undefined && !(await hasSameToken(role))) held.delete(key)
      }
    },
    list: () => [...held.values()],
    forget: () => held.clear(),
  }
}

async function fetchRole(
  machine: Machine,
  role: RoleName,
  { left, readTokenStamp }: { readonly left: Duration; readonly readTokenStamp: ReturnType<typeof createTokenStamps> },
): Promise<Held> {
  const settings = await loadSettings(machine, {})
  const sso = getSsoConfiguration(settings.config, { sessionName: role.sessionName })
  const tokenStamp = await readTokenStamp(sso)
  const profile = { ...sso, profileName: role.sessionName, accountId: role.accountId, roleName: role.roleName }
  const credentials = await getRoleCredentials(machine, settings, profile, left)
  const text = formatCredentials(credentials, 'process')
  return { ...role, text, expiration: credentials.expiration, lastAskedAt: machine.clock.now(), tokenStamp }
}

const keyOf = ({ sessionName, accountId, roleName }: RoleName): string => `${sessionName}\t${accountId}\t${roleName}`
