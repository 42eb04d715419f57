/** Whether a user may have a token now: the one function that every grant, refresh and role credentials ask. */

import type { Application } from '../applications/application.ts'
import type { User } from '../directory/user.ts'
import type { Session } from '../sign-in/session.ts'
import type { TokenFamily } from './access-token.ts'

export type WhyNoToken =
  | 'user-unknown'
  | 'user-disabled'
  | 'session-unknown'
  | 'session-of-another-user'
  | 'session-ended'
  | 'session-expired'
  | 'family-of-another-session'
  | 'family-revoked'
  | 'family-expired'
  | 'device-grant-disabled'
  | 'application-unknown'
  | 'application-disabled'
  | 'not-assigned'
  | 'scope-withdrawn'

export type TokenPermission = { readonly may: true } | { readonly may: false; readonly because: WhyNoToken }

/** For a token of an application: what of the application is there now. */
export interface ApplicationUse {
  /** Undefined when it has been deleted. */
  readonly application: Pick<Application, 'status' | 'assignmentRequired'> | undefined
  /** Whether the user, or one of the user's groups, is assigned to it. */
  readonly isAssigned: boolean
  /** Whether its tokens may still have every scope that this one has. */
  readonly hasScopes: boolean
}

export interface TokenQuestion {
  /** Undefined when the store has none (any more). */
  readonly user: User | undefined
  readonly session: Session | undefined
  /** The family that the token belongs to, unless it is only being made. */
  readonly family?: TokenFamily | undefined
  /** Whether the instance lets devices in (§7.1); asked for what came by a device code. */
  readonly deviceGrantEnabled?: boolean
  readonly application?: ApplicationUse | undefined
  readonly now: Date
}

/**
 * Every path asks it again, since what was true at the grant need not be at the refresh: a device grant that skipped it
 * gave tokens to locked-out users elsewhere (Keycloak CVE-2026-9798).
 */
export function mayHaveToken({
  user,
  session,
  family,
  deviceGrantEnabled,
  application,
  now,
}: TokenQuestion): TokenPermission {
  if (user === undefined) return no('user-unknown')
  if (user.status !== 'ENABLED') return no('user-disabled')
  if (session === undefined) return no('session-unknown')
  if (session.userId !== user.id) return no('session-of-another-user')
  if (session.endedAt !== undefined) return no('session-ended')
  if (now >= session.expiresAt) return no('session-expired')
  if (deviceGrantEnabled === false) return no('device-grant-disabled')
  const obstacle = application && findObstacle(application)
  if (obstacle !== undefined) return no(obstacle)
  return family === undefined ? { may: true } : mayUseFamily(family, session, now)
}

function findObstacle({ application, isAssigned, hasScopes }: ApplicationUse): WhyNoToken | undefined {
  if (application === undefined) return 'application-unknown'
  if (application.status !== 'ENABLED') return 'application-disabled'
  if (application.assignmentRequired && !isAssigned) return 'not-assigned'
  return hasScopes ? undefined : 'scope-withdrawn'
}

function mayUseFamily(family: TokenFamily, session: Session, now: Date): TokenPermission {
  if (family.sessionId !== session.id || family.userId !== session.userId) return no('family-of-another-session')
  if (family.revokedAt !== undefined) return no('family-revoked')
  return now >= family.expiresAt ? no('family-expired') : { may: true }
}

const no = (because: WhyNoToken): TokenPermission => ({ may: false, because })
