/** The session of a person in a reserved role: of the credentials of GetRoleCredentials, and of the console. */

import type { HeldRole } from '@mayfly/identity-center/account-access/effective-access'
import { roleSessionName } from '@mayfly/identity-center/account-access/role-credentials'
import type { User } from '@mayfly/identity-center/directory/user'
import { after } from '@mayfly/identity-center/duration'
import type { Instance } from '@mayfly/identity-center/instance'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { RoleSession } from './issuer.ts'

interface Person {
  readonly user: User
  readonly session: Session
  readonly role: HeldRole
  readonly instance: Pick<Instance, 'arn'>
  /** The user's attributes for access control. */
  readonly tags: Readonly<Record<string, string>>
}

/** Lasts the permission set's whole session duration, however little is left of the portal session (§3.2). */
export function createPersonSession({ user, session, role, instance, tags }: Person, issuedAt: Date): RoleSession {
  const { accountId, permissionSetArn, roleName, roleId, through } = role
  return {
    instanceArn: instance.arn,
    accountId,
    permissionSetArn,
    roleName,
    roleId,
    ...roleSessionName(user),
    userId: user.id,
    sessionId: session.id,
    assignment: { accountId, permissionSetArn, through },
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    issuedAt,
    expiresAt: after(issuedAt, role.sessionDuration),
  }
}
