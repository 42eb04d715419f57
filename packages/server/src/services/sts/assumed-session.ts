/** A session of an assumed role: its credentials, and the answer that hands them out. */

import { assumedRoleArn } from '@mayfly/identity-center/account-access/role-credentials'
import { type IamRole, iamRoleArn } from '@mayfly/identity-center/iam/role'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Store } from '@mayfly/store'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { RoleSession, SessionPolicies } from '../../role-credentials/issuer.ts'
import { packedSizeOf } from './packed-size.ts'
import type { SessionTags } from './session-tags.ts'

/** The role of exactly that ARN, path and all; undefined when there is none, and for reserved ones, which nobody assumes. */
export async function findRoleByArn(arn: string, { roles }: Pick<Store, 'roles'>): Promise<IamRole | undefined> {
  const [, partition = '', account = '', name = ''] =
    /^arn:([\w-]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  const role = name === '' ? undefined : await roles.findByName(account as AccountId, name)
  return role && iamRoleArn(partition, role) === arn ? role : undefined
}

/** The role, as a session names it. */
export const roleOf = ({ accountId, name, path, id }: IamRole) => ({
  accountId,
  roleName: name,
  rolePath: path,
  roleId: id,
})

/** What a session was given beside its role: nothing of it is there when there is nothing in it. */
export const settingsOf = ({ tags, transitiveTagKeys }: SessionTags, sessionPolicies: SessionPolicies | undefined) => ({
  ...(Object.keys(tags).length === 0 ? {} : { tags }),
  ...(transitiveTagKeys.length === 0 ? {} : { transitiveTagKeys }),
  ...(sessionPolicies === undefined ? {} : { sessionPolicies }),
})

/** What AssumeRole and its kin have in common. */
export async function answerWithCredentials(session: RoleSession, { issuer }: OperationContext) {
  const packedSize = packedSizeOf(session)
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = await issuer.issue(session)
  const { roleId, sessionName, sourceIdentity } = session
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiresAt,
    },
    AssumedRoleUser: { AssumedRoleId: `${roleId}:${sessionName}`, Arn: assumedRoleArn(session) },
    ...(packedSize === undefined ? {} : { PackedPolicySize: packedSize }),
    ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
  }
}
