/** Is there a session that holds, or one that can be refreshed? */

import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { Machine } from '../machine/machine.ts'
import { formatTimeLeft } from '../role-credentials/time-left.ts'
import { getAccessToken } from '../sign-in/access-token.ts'
import { SignInRequired } from '../sign-in/sign-in-required.ts'
import { type CachedToken, formatInstant } from '../sign-in/token-cache.ts'
import { findRefreshInput, isExpired } from '../sign-in/token-state.ts'
import { signInCommand } from './cache-check.ts'
import { fault } from './causes.ts'
import { describeFailure } from './failure.ts'
import type { SsoInquiry, Step } from './inquiry.ts'

export interface SessionStep extends Step {
  /** A token that has not expired. */
  readonly token?: CachedToken
}

/**
 * `mayRefresh` is the machine itself: an expired session that can be refreshed is, as every tool would do; a refresh
 * token is good for one use, so what it brings is kept. Nothing else is written.
 */
export async function checkSession(
  inquiry: SsoInquiry,
  token: CachedToken | undefined,
  mayRefresh: Machine | undefined,
): Promise<SessionStep> {
  const { machine, sso } = inquiry
  const now = machine.clock.now()
  const next = signInCommand(inquiry)
  if (!token) {
    const who = sso.sessionName === undefined ? sso.startUrl : `the sso-session ${sso.sessionName}`
    return stop([fault('signed-out', `Nobody is signed in to ${who}.`, ['There is no token in the cache.'], next)])
  }
  if (!isExpired(token, now)) {
    return { step: 'session', seen: `signed in, ${formatTimeLeft(token.expiresAt, now)} left`, findings: [], token }
  }
  const ended = `The access token ended ${formatInstant(token.expiresAt)}, ${formatTimeLeft(now, token.expiresAt)} ago.`
  if (sso.sessionName !== undefined && findRefreshInput(token, now)) {
    if (!mayRefresh) return { step: 'session', seen: 'expired, to be refreshed at its next use', findings: [] }
    return refreshSession(inquiry, ended, mayRefresh)
  }
  const { refreshToken, registrationExpiresAt } = token
  if (refreshToken !== undefined && registrationExpiresAt && registrationExpiresAt <= now) {
    const evidence = [ended, `The client registration ended ${formatInstant(registrationExpiresAt)}.`]
    return stop([fault('registration-expired', 'The session has expired and cannot be refreshed.', evidence, next)])
  }
  const reason = refreshToken === undefined ? ['There is no refresh token beside it.'] : []
  return stop([fault('session-expired', 'The session has expired.', [ended, ...reason], next)])
}

const stop = (findings: Step['findings']): SessionStep => ({ step: 'session', findings })

async function refreshSession(inquiry: SsoInquiry, ended: string, machine: Machine): Promise<SessionStep> {
  const { settings, sso } = inquiry
  try {
    const token = await getAccessToken(machine, { ...settings, http: inquiry.http() }, sso, sso.profileName)
    const left = formatTimeLeft(token.expiresAt, machine.clock.now())
    return { step: 'session', seen: `refreshed, ${left} left`, findings: [], token }
  } catch (error) {
    const cause = error instanceof SignInRequired ? error.cause : error
    if (cause instanceof ServiceException) {
      const said = `The server said: ${cause.name}${cause.message === '' ? '' : `: ${cause.message}`}`
      const message = 'The session has expired, and the server refused to refresh it.'
      return stop([fault('refresh-refused', message, [ended, said], signInCommand(inquiry))])
    }
    if (error instanceof SignInRequired)
      return stop([fault('refresh-refused', error.message, [ended, error.hint ?? ''], signInCommand(inquiry))])
    return stop([await describeFailure(machine, sso.startUrl, error)])
  }
}
