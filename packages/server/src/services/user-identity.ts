/** Who asked for an operation, as CloudTrail's `userIdentity` says it. */

import { iamRoleArn } from '@mayfly/identity-center/iam/role'
import type { Instance } from '@mayfly/identity-center/instance'
import { partitionOfArn } from '@mayfly/identity-center/partition'
import { onBehalfOf, personIdentity } from '@mayfly/identity-center/user-identity'
import type { RoleCaller } from '../caller/caller.ts'
import type { OperationContext } from '../operation/operation-context.ts'
import type { WebIdentity } from '../role-credentials/issuer.ts'

/** A role session names the person behind it too; an anonymous caller is whomever the operation turned out to act for. */
export function userIdentityOf({ caller, actingFor }: OperationContext, instance: Instance): Record<string, unknown> {
  switch (caller.type) {
    case 'role':
      return roleIdentity(caller, instance)
    case 'user':
      return personIdentity({ userId: caller.user.id, sessionId: caller.session.id }, instance)
    case 'anonymous':
      return actingFor.webIdentity ? webIdentity(actingFor.webIdentity) : personIdentity(actingFor, instance)
  }
}

/** A browser that acts as a role has no key; a web identity has no person. */
export function roleIdentity(caller: RoleCaller, instance: Instance): Record<string, unknown> {
  const { accountId, roleName, rolePath, roleId, sessionName, arn, userId, sessionId, accessKeyId } = caller
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${sessionName}`,
    arn,
    accountId,
    ...(accessKeyId === '' ? {} : { accessKeyId }),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId,
        arn: iamRoleArn(partitionOfArn(arn), { accountId, path: rolePath, name: roleName }),
        accountId,
        userName: roleName,
      },
      attributes: { creationDate: caller.issuedAt.toISOString(), mfaAuthenticated: 'false' },
      ...(caller.sourceIdentity === undefined ? {} : { sourceIdentity: caller.sourceIdentity }),
      ...(caller.webIdentity ? { webIdFederationData: federationData(caller.webIdentity) } : {}),
    },
    ...(userId === undefined ? {} : { onBehalfOf: onBehalfOf(userId, instance) }),
    ...(sessionId === undefined ? {} : { credentialId: sessionId }),
  }
}

const webIdentity = ({ provider, audience, subject }: WebIdentity): Record<string, unknown> => ({
  type: 'WebIdentityUser',
  principalId: `${provider}:${audience}:${subject}`,
  userName: subject,
  identityProvider: provider,
})

const federationData = ({ provider, audience, subject }: WebIdentity): Record<string, unknown> => ({
  federatedProvider: provider,
  attributes: { [`${provider}:aud`]: audience, [`${provider}:sub`]: subject },
})
