/** What signing in leaves in the audit record, in CloudTrail's words (§7.4). No secret, and no name that nobody has. */

import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import type { User } from '@mayfly/identity-center/directory/user'
import type { SessionId, UserId } from '@mayfly/identity-center/identifiers'
import { personIdentity } from '@mayfly/identity-center/user-identity'
import { type Audited, createAuditEvent } from '../context/audit.ts'
import type { Context } from '../context/context.ts'

export type CredentialType = 'PASSWORD' | 'TOTP' | 'RECOVERY_CODE' | 'RESYNC_TOTP' | 'EMAIL_OTP'

export interface PersonalEvent extends Omit<Audited, 'eventSource' | 'userIdentity' | 'readOnly'> {
  readonly eventSource?: string
  readonly userId?: UserId | undefined
  readonly sessionId?: SessionId | undefined
}

/** An event about what a person did in a browser. */
export async function createPersonalEvent(event: PersonalEvent, context: Context): Promise<AuditEvent> {
  const { eventSource = 'sso.amazonaws.com', userId, sessionId, ...rest } = event
  const userIdentity = personIdentity({ userId, sessionId }, await context.instance())
  return createAuditEvent({ ...rest, eventSource, userIdentity, readOnly: false }, context)
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
