/** A role session as CloudTrail's `userIdentity` says it. */

import { iamRoleArn } from '@mayfly/identity-center/iam/role'
import type { Instance } from '@mayfly/identity-center/instance'
import { partitionOfArn } from '@mayfly/identity-center/partition'
import { onBehalfOf } from '@mayfly/identity-center/user-identity'
import type { WebIdentity } from '../role-credentials/issuer.ts'
import type { RoleCaller } from './caller.ts'

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

const federationData = ({ provider, audience, subject }: WebIdentity): Record<string, unknown> => ({
  federatedProvider: provider,
  attributes: { [`${provider}:aud`]: audience, [`${provider}:sub`]: subject },
})
