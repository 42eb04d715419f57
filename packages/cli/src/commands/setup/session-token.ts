/** The token of a session that is being set up: at hand, refreshed, or from the one sign-in of this run. */

import { minutes } from '@mayfly/identity-center/duration'
import type { PortalToken } from '../../account-access/portal.ts'
import type { Machine } from '../../machine/machine.ts'
import { purgeRoleCredentials } from '../../role-credentials/purge.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { expiredSession, getAccessToken } from '../../sign-in/access-token.ts'
import { signInOnce } from '../../sign-in/sign-in.ts'
import { SignInRequired } from '../../sign-in/sign-in-required.ts'
import type { CachedToken } from '../../sign-in/token-cache.ts'
import { isExpired, isFresh } from '../../sign-in/token-state.ts'
import type { OptionValues } from '../command.ts'
import type { ChosenSession } from './session-choice.ts'

/** Before a call, less than this is refreshed. */
const ENOUGH = minutes(2)

export interface SessionToken extends PortalToken {
  /** Where the portal is: as configured, unless a sign-in of this run was led elsewhere. */
  readonly region: string
  /** Told each time that there is another one. */
  onChange: (token: CachedToken) => void
}

/** A token that is good now, after a sign-in if it must be; and the way to the next ones. */
export async function openSessionToken(
  machine: Machine,
  settings: Settings,
  session: ChosenSession,
  options: OptionValues,
): Promise<SessionToken> {
  let { region } = session.sso
  const find = async (useless?: string): Promise<CachedToken> => {
    const found = await findToken(machine, settings, session, { options, useless })
    if (found.isFresh) region = found.token.region || region
    return found.token
  }
  let token = await find()
  let finding: Promise<CachedToken> | undefined
  const rejected = new Set<string>()
  /** However many calls want another one: it is asked for once. */
  const another = (useless?: string): Promise<CachedToken> => {
    finding ??= find(useless)
      .then((found) => {
        if (found.accessToken !== token.accessToken) opened.onChange(found)
        token = found
        return found
      })
      .finally(() => {
        finding = undefined
      })
    return finding
  }
  const opened: SessionToken = {
    onChange: () => undefined,
    get region() {
      return region
    },
    current: async () => (isFresh(token, machine.clock.now(), ENOUGH) ? token : another()),
    async renew(former) {
      // Another call may have brought a new one already.
      if (former.accessToken !== token.accessToken) return token
      if (rejected.size > 2) throw expiredSession(session.sso, undefined, machine)
      rejected.add(former.accessToken)
      return another(former.accessToken)
    },
  }
  return opened
}

/** The cached token, or one from a sign-in (`isFresh`) when there is none, or only the useless one. */
async function findToken(
  machine: Machine,
  settings: Settings,
  { sso, resolved }: ChosenSession,
  { options, useless }: { readonly options: OptionValues; readonly useless: string | undefined },
): Promise<{ readonly token: CachedToken; readonly isFresh: boolean }> {
  const cached = await getAccessToken(machine, settings, sso).catch((error: unknown) => {
    if (!(error instanceof SignInRequired)) throw error
    return undefined
  })
  if (cached && cached.accessToken !== useless) return { token: cached, isFresh: false }
  const isUsable = (found: CachedToken): boolean =>
    found.accessToken !== useless && !isExpired(found, machine.clock.now())
  const token = await signInOnce(machine, settings, sso, isUsable, {
    prints: 'stderr',
    usesDeviceCode: options['use-device-code'] === true,
    opensBrowser: options['no-browser'] !== true,
    beforeWriting: () => purgeRoleCredentials(machine, settings.config, sso),
    ...(resolved && { resolved }),
  })
  return { token, isFresh: true }
}
