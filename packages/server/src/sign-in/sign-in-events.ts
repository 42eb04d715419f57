/** What signing in leaves in the audit record, in CloudTrail's words (§7.4). No secret, and no name that nobody has. */

import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import type { User } from '@mayfly/identity-center/directory/user'
import type { SessionId, UserId } from '@mayfly/identity-center/identifiers'
import type { Instance } from '@mayfly/identity-center/instance'
import { type Audited, createAuditEvent } from '../context/audit.ts'
import type { Context } from '../context/context.ts'

export type CredentialType = 'PASSWORD' | 'TOTP' | 'RECOVERY_CODE' | 'RESYNC_TOTP'

export interface PersonalEvent extends Omit<Audited, 'eventSource' | 'userIdentity' | 'readOnly'> {
  readonly eventSource?: string
  readonly userId?: UserId | undefined
  readonly sessionId?: SessionId | undefined
}

/** An event about what a person did in a browser. */
export async function createPersonalEvent(event: PersonalEvent, context: Context): Promise<AuditEvent> {
  const { eventSource = 'sso.amazonaws.com', userId, sessionId, ...rest } = event
  const userIdentity = describePerson(await context.instance(), userId, sessionId)
  return createAuditEvent({ ...rest, eventSource, userIdentity, readOnly: false }, context)
}

/** Since July 2025 the identity block names the user by id alone. */
function describePerson(instance: Instance, userId?: UserId, sessionId?: SessionId): Record<string, unknown> {
  const { ownerAccountId: accountId } = instance
  if (userId === undefined) return { type: 'Unknown', accountId }
  const identityStoreArn = `arn:aws:identitystore::${accountId}:identitystore/${instance.identityStoreId}`
  return {
    type: 'IdentityCenterUser',
    accountId,
    onBehalfOf: { userId, identityStoreArn },
    ...(sessionId === undefined ? {} : { credentialId: sessionId }),
  }
}

export interface SignInStep {
  readonly event: 'CredentialChallenge' | 'CredentialVerification' | 'UserAuthentication'
  readonly workflowId: string
  readonly credentialType: string
  readonly result: 'Success' | 'Failure'
  /** Whose sign-in it is, once it is known that there is such a user. */
  readonly user?: Pick<User, 'id' | 'userName'> | undefined
  readonly sessionId?: SessionId
}

/** Records one step of a sign-in before it is answered. */
export async function recordSignInStep(step: SignInStep, context: Context): Promise<void> {
  await context.store.auditEvents.insert(await createSignInEvent(step, context))
}

/** The event of one step of a sign-in. */
export const createSignInEvent = (step: SignInStep, context: Context): Promise<AuditEvent> =>
  createPersonalEvent(
    {
      eventSource: 'signin.amazonaws.com',
      eventName: step.event,
      userId: step.user?.id,
      sessionId: step.sessionId,
      additionalEventData: {
        AuthWorkflowID: step.workflowId,
        CredentialType: step.credentialType,
        LoginTo: `${context.origin}/start`,
        ...(step.user === undefined ? {} : { UserName: step.user.userName }),
      },
      serviceEventDetails: { [step.event]: step.result },
      ...(step.result === 'Failure' ? { errorCode: 'AuthenticationFailed' } : {}),
    },
    context,
  )
