/** Does the portal hand out the role, and if not: which one was probably meant? */

import { ServiceException } from '@mayfly/wire/model/service-exception'
import { createServiceClient, type ServiceClient } from '../endpoints/service-client.ts'
import { findCachedRoleCredentials } from '../role-credentials/role-cache.ts'
import { type CachedToken, formatInstant } from '../sign-in/token-cache.ts'
import { signInCommand } from './cache-check.ts'
import { type Finding, fault } from './causes.ts'
import { describeFailure } from './failure.ts'
import { listGranted } from './granted-accounts.ts'
import type { SsoInquiry, Step } from './inquiry.ts'
import { findKnownAccess, findNearestKnownRole } from './known-access.ts'
import { findNearestRole, type NearestRole } from './nearest-role.ts'
import { describeRefusedRole } from './refused-role.ts'

export interface RoleStep extends Step {
  readonly nearest?: NearestRole | undefined
}

/** Without asking anybody: what the portal said when it was last asked. A role that it did not name then may be new. */
export async function recallRole(inquiry: SsoInquiry): Promise<RoleStep | undefined> {
  const { machine, sso } = inquiry
  const index = await findKnownAccess(machine, sso)
  if (!index) return undefined
  const own = index.accounts.find(({ accountId }) => accountId === sso.accountId)
  const asked = `The portal was last asked ${formatInstant(index.takenAt)}.`
  if (own?.roles.includes(sso.roleName))
    return {
      step: 'role',
      seen: `granted when the portal was last asked, ${formatInstant(index.takenAt)}`,
      findings: [],
    }
  const nearest = await findNearestKnownRole(machine, sso)
  const known = { nearest, own, accounts: index.accounts.length, said: asked }
  return { step: 'role', findings: [describeRefusedRole(inquiry, known)], nearest }
}

/** Role credentials are asked for, as a tool would, and thrown away. */
export async function checkRole(inquiry: SsoInquiry, { accessToken }: CachedToken): Promise<RoleStep> {
  const { machine, sso } = inquiry
  const { accountId, roleName, region, startUrl } = sso
  const settings = { ...inquiry.settings, http: inquiry.http() }
  let endpoint = startUrl
  try {
    const client = await createServiceClient(machine, settings, 'sso', { region, startUrl })
    endpoint = client.endpoint
    try {
      await client.call('GetRoleCredentials', { accountId, roleName, accessToken })
    } catch (error) {
      if (isUnauthorized(error)) return { step: 'role', findings: [endedSession(inquiry, error)] }
      if (!isRefusedRole(error)) throw error
      return await explainRefusal(inquiry, client, accessToken, error)
    }
    const ended = await checkCachedCredentials(inquiry)
    return { step: 'role', seen: `${roleName} in ${accountId} is granted`, findings: ended ? [ended] : [] }
  } catch (error) {
    return { step: 'role', findings: [await describeFailure(machine, endpoint, error)] }
  }
}

const isUnauthorized = (error: unknown): error is ServiceException =>
  error instanceof ServiceException && (error.name === 'UnauthorizedException' || error.statusCode === 401)

/** The portal's words for a role that is not the person's: AWS says Forbidden, and nothing more. */
const isRefusedRole = (error: unknown): error is ServiceException =>
  error instanceof ServiceException && ['ForbiddenException', 'ResourceNotFoundException'].includes(error.name)

const said = ({ name, message }: ServiceException): string =>
  `The portal said: ${name}${message === '' ? '' : `: ${message}`}`

const endedSession = (inquiry: SsoInquiry, error: ServiceException): Finding =>
  fault(
    'session-ended',
    'The portal does not take the token, although its time has not come.',
    [said(error), 'The session was signed out or ended elsewhere, or the person was disabled.'],
    signInCommand(inquiry),
  )

async function explainRefusal(
  inquiry: SsoInquiry,
  client: ServiceClient,
  accessToken: string,
  error: ServiceException,
): Promise<RoleStep> {
  const { sso } = inquiry
  const { likely, count } = await listGranted(inquiry, client, accessToken)
  const nearest = findNearestRole(sso, likely)
  const own = likely.find(({ accountId }) => accountId === sso.accountId)
  const finding = describeRefusedRole(inquiry, { nearest, own, accounts: count, said: said(error) })
  return { step: 'role', findings: [finding], nearest }
}

/** Tools take cached credentials without asking; when those were ended, everything else looks well. */
async function checkCachedCredentials(inquiry: SsoInquiry): Promise<Finding | undefined> {
  const { machine, settings, sso } = inquiry
  const cached = await findCachedRoleCredentials(machine, sso).catch(() => undefined)
  if (!cached || cached.expiration <= machine.clock.now()) return undefined
  try {
    const region = settings.region ?? sso.region
    const asked = { ...settings, http: inquiry.http() }
    const client = await createServiceClient(machine, asked, 'sts', {
      region,
      startUrl: sso.startUrl,
      credentials: cached,
    })
    await client.call('GetCallerIdentity', {})
    return undefined
  } catch (error) {
    // Whatever else STS may say, or that it cannot be reached, does not speak against the profile.
    if (!(error instanceof ServiceException) || !/^(InvalidClientTokenId|ExpiredToken)/.test(error.name))
      return undefined
    const message = 'The cached role credentials were ended before their time, and new ones would be given.'
    const evidence = [`STS said: ${error.name}: ${error.message}`]
    return fault('role-credentials-ended', message, evidence, signInCommand(inquiry))
  }
}
