/** The access token of a session: cached, or refreshed. */

import { type Duration, seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import type { Settings } from '../shared-config/settings.ts'
import { askUnlessUnreachable } from './recent-failure.ts'
import { refresh } from './refresh.ts'
import { SignInRequired, signInHint } from './sign-in-required.ts'
import {
  type CachedToken,
  openTokenCache,
  readToken,
  signInName,
  tokenFileName,
  tokenLockName,
  unwritableCache,
  writeToken,
} from './token-cache.ts'
import { findRefreshInput, isExpired, isFresh, REFRESH_WINDOW } from './token-state.ts'

/**
 * A token that is good now. One with less than `left` (15 minutes when not said) is refreshed, by one process at a time;
 * while the service cannot be reached or says no, a token that still has minutes is used. Refuses with SignInRequired when
 * only a sign-in helps.
 */
export async function getAccessToken(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
  profileName?: string,
  left: Duration = REFRESH_WINDOW,
): Promise<CachedToken> {
  const hint = signInHint(sso, profileName, machine.platform)
  const token = await loadToken(machine, sso, hint)
  const now = machine.clock.now()
  if (isFresh(token, now, left)) return token
  if (sso.sessionName === undefined) return unexpired(token, now, new SignInRequired(LEGACY_EXPIRED, hint))
  if (!findRefreshInput(token, now)) return unexpired(token, now, new SignInRequired(EXPIRED, hint))
  return machine.lock.withLock(tokenLockName(sso), () =>
    refreshOnce(machine, settings, sso, { hint, askedAt: now, left }),
  )
}

const EXPIRED = 'Error when retrieving token from sso: Token has expired and refresh failed'
const LEGACY_EXPIRED =
  'The SSO session associated with this profile has expired or is otherwise invalid. ' +
  'To refresh this SSO session run mayfly sso login with the corresponding profile.'

/** The sentence for a token that the portal does not take (401), or an expired one of the legacy form. */
export const expiredSession = (
  sso: SsoConfiguration,
  profileName: string | undefined,
  machine: Machine,
  rejected?: string,
): SignInRequired =>
  new SignInRequired(LEGACY_EXPIRED, signInHint(sso, profileName, machine.platform), undefined, rejected)

async function loadToken(machine: Machine, sso: SsoConfiguration, hint: string): Promise<CachedToken> {
  const file = await readToken(machine, sso)
  if (file.found === 'token') return file.token
  const state = file.found === 'nothing' ? 'does not exist' : 'is invalid'
  throw new SignInRequired(`Error loading SSO Token: Token for ${signInName(sso)} ${state}`, hint)
}

function unexpired(token: CachedToken, now: Date, refusal: Error): CachedToken {
  if (isExpired(token, now)) throw refusal
  return token
}

/** While a token is still good, nobody waits long for the next one. An answer is waited for: it may be a new token. */
const WHILE_IT_LASTS = { attempts: 1, connectTimeout: seconds(5) }

/** Inside the lock: another process may have refreshed meanwhile, so the file is read again first. */
async function refreshOnce(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
  { hint, askedAt, left }: { readonly hint: string; readonly askedAt: Date; readonly left: Duration },
): Promise<CachedToken> {
  const token = await loadToken(machine, sso, hint)
  const now = machine.clock.now()
  const input = findRefreshInput(token, now)
  if (isFresh(token, now, left)) return token
  if (!input) return unexpired(token, now, new SignInRequired(EXPIRED, hint))
  const cache = await openTokenCache(machine)
  if (!(await cache.isWritable(tokenFileName(sso)))) {
    // A refresh token is good for one use. What cannot be written down must not be used up.
    return unexpired(token, now, new SignInRequired(EXPIRED, unwritableCache(cache)))
  }
  const asking = { name: tokenFileName(sso), askedAt }
  const quick = isExpired(token, now) ? settings : { ...settings, http: { ...settings.http, ...WHILE_IT_LASTS } }
  const refreshed = await askUnlessUnreachable(machine, asking, () =>
    refresh(machine, quick, { sso, token, input }),
  ).catch((error: unknown) => {
    if (error instanceof Refusal) return { answer: 'unreachable', cause: error } as const
    throw error
  })
  if (refreshed.answer === 'refreshed') {
    await writeToken(machine, sso, refreshed.token)
    return refreshed.token
  }
  if (refreshed.answer === 'unreachable') return unexpired(token, machine.clock.now(), refreshed.cause)
  // A tool without our lock may have been faster: then its token is in the file.
  const newer = await loadToken(machine, sso, hint)
  if (isFresh(newer, machine.clock.now())) return newer
  return unexpired(newer, machine.clock.now(), new SignInRequired(EXPIRED, hint, refreshed.cause))
}
