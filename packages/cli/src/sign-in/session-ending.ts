/** When a session ends as far as this computer can know, and the word of warning before it does. */

import { between, type Duration, minutes } from '@mayfly/identity-center/duration'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../shared-config/paths.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import { signInHint } from './sign-in-required.ts'
import { type CachedToken, readToken, signInName, tokenFileName } from './token-cache.ts'
import { findRefreshInput, isExpired } from './token-state.ts'

/**
 * The last moment at which the session can still go on without a sign-in: the token's end, or with a refresh token the end
 * of the registration by which it is refreshed. The portal may end the session earlier, and does not say when.
 */
export const sessionEnd = (token: CachedToken, now: Date): Date =>
  (findRefreshInput(token, now) && token.registrationExpiresAt) || token.expiresAt

/** From here on it is worth a word. */
const SOON: Duration = minutes(15)
/** How long nothing is said again. */
const SILENCE: Duration = minutes(5)

/** Warns on standard error, where somebody watches, before a session ends; never fails. */
export async function warnBeforeEnd(machine: Machine, sso: SsoConfiguration, profileName?: string): Promise<void> {
  if (!machine.terminal.watched || !machine.terminal.interactive) return
  try {
    const file = await readToken(machine, sso)
    const now = machine.clock.now()
    // An ended session is told by the error that follows.
    if (file.found !== 'token' || isExpired({ expiresAt: sessionEnd(file.token, now) }, now)) return
    const left = between(now, sessionEnd(file.token, now))
    if (left > SOON || !(await mayWarn(machine, sso, now))) return
    const hint = signInHint(sso, profileName, machine.platform).replace('Run: mayfly sso login', 'mayfly login')
    const time = left < 60_000 ? 'in less than a minute' : `in ${Math.floor(left / 60_000)} min`
    machine.terminal.writeError(`mayfly: ${signInName(sso)} ends ${time}. To go on: ${hint}\n`)
  } catch {
    // A cache that cannot be read is told about by whoever needs it.
  }
}

/** Once in some minutes, whatever number of commands run. */
async function mayWarn(machine: Machine, sso: SsoConfiguration, now: Date): Promise<boolean> {
  const path = joinPath(machine, ownFolder(machine), 'sessions', `warned-${tokenFileName(sso)}`)
  const warnedAt = new Date((await machine.files.readText(path)) ?? '')
  const since = between(warnedAt, now)
  // A moment to come was written before the clock was set back.
  if (since >= 0 && since < SILENCE) return false
  await machine.files.write(path, now.toISOString(), { mode: 0o600 }).catch(() => undefined)
  return true
}
