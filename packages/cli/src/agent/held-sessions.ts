/** The sessions of this home: refreshed ahead while somebody uses them, and how long each lasts. */

import type { Machine } from '../machine/machine.ts'
import { getSsoConfiguration, type SsoConfiguration } from '../shared-config/profile.ts'
import { loadSettings, type Settings } from '../shared-config/settings.ts'
import { findText } from '../shared-config/shared-config.ts'
import { getAccessToken } from '../sign-in/access-token.ts'
import { formatInstant, readToken } from '../sign-in/token-cache.ts'
import { findRefreshInput, isExpired } from '../sign-in/token-state.ts'
import { AHEAD } from './asked-roles.ts'
import type { AgentStatus } from './client.ts'
import { createPauses } from './pauses.ts'

export interface HeldSessions {
  /** Refreshes those of these names that would have to be refreshed soon. */
  tend(names: ReadonlySet<string>): Promise<void>
  /** Every sso-session of the config that has a token. */
  list(): Promise<AgentStatus['sessions']>
}

export function createHeldSessions(machine: Machine): HeldSessions {
  const pauses = createPauses(machine)
  return {
    async tend(names) {
      if (names.size === 0) return
      const settings = await loadSettings(machine, {})
      for (const name of names) {
        const sso = findSession(settings, name)
        if (!sso || !pauses.mayTry(name)) continue
        await pauses.attempt(name, async () => {
          const token = await getAccessToken(machine, settings, sso, undefined, AHEAD)
          // While the service is out of reach the old one is handed back: then this did not work.
          if (token.expiresAt.getTime() - machine.clock.now().getTime() < AHEAD) throw new Error(NOT_LONGER)
        })
      }
    },
    async list() {
      const settings = await loadSettings(machine, {})
      const found: AgentStatus['sessions'][number][] = []
      for (const name of settings.config.ssoSessions.keys()) {
        const sso = findSession(settings, name)
        const session = sso && (await describe(machine, sso, name, pauses.problemOf(name)))
        if (session) found.push(session)
      }
      return found
    },
  }
}

const NOT_LONGER = 'The token could not be made to last longer.'

function findSession({ config }: Settings, name: string): SsoConfiguration | undefined {
  return findText(config.ssoSessions.get(name), 'sso_start_url') === undefined
    ? undefined
    : getSsoConfiguration(config, { sessionName: name })
}

async function describe(
  machine: Machine,
  sso: SsoConfiguration,
  name: string,
  problem: string | undefined,
): Promise<AgentStatus['sessions'][number] | undefined> {
  const file = await readToken(machine, sso).catch(() => undefined)
  if (file?.found !== 'token') return undefined
  const { token } = file
  const now = machine.clock.now()
  const goesOn = findRefreshInput(token, now) !== undefined && problem === undefined
  if (!goesOn && isExpired(token, now)) return undefined
  return {
    name,
    startUrl: sso.startUrl,
    tokenEndsAt: formatInstant(token.expiresAt),
    endsAt: goesOn
      ? token.registrationExpiresAt && formatInstant(token.registrationExpiresAt)
      : formatInstant(token.expiresAt),
    problem,
  }
}
