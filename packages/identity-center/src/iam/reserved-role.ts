/** The role that a provisioned permission set is in an account, as IAM shows it (§3.4). */

import { reservedRolePath } from '../account-access/role-credentials.ts'
import type { AccountId } from '../identifiers.ts'
import type { Instance } from '../instance.ts'
import { partitionOf } from '../partition.ts'
import type { IamRole } from './role.ts'

/** Roles of this name are AWS's: nobody else makes or changes one. */
const RESERVED_NAME = 'AWSReservedSSO_'
/** What lies here is AWS's. */
const RESERVED_PATHS = ['/aws-reserved/', '/aws-service-role/', '/service-role/aws-reserved/']

/** Whether a role of that name, whatever its capitals, or of that path can only be AWS's. */
export const isReserved = (name: string, path: string): boolean =>
  name.toLowerCase().startsWith(RESERVED_NAME.toLowerCase()) ||
  RESERVED_PATHS.some((reserved) => path.startsWith(reserved))

/** The name of a permission set's inline policy on its role. */
export const RESERVED_INLINE_POLICY = 'AwsSSOInlinePolicy'

interface Provisioned {
  readonly accountId: AccountId
  readonly roleName: string
  readonly roleId: string
  readonly provisionedAt: Date
}

/** With the trust that only Identity Center's own sign-in satisfies, and twelve hours. */
export function createReservedRole(
  { accountId, roleName, roleId, provisionedAt }: Provisioned,
  { arn, region }: Pick<Instance, 'arn' | 'region'>,
  description?: string,
): IamRole {
  return {
    accountId,
    name: roleName,
    path: reservedRolePath(region),
    id: roleId,
    assumeRolePolicyDocument: JSON.stringify(trustOf(accountId, arn, region)),
    maxSessionDuration: 43_200,
    ...(description === undefined ? {} : { description }),
    tags: [],
    createdAt: provisionedAt,
  }
}

function trustOf(accountId: AccountId, instanceArn: string, region: string): object {
  const partition = partitionOf(region)
  const provider = `AWSSSO_${instanceArn.slice(-16)}_DO_NOT_DELETE`
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:${partition}:iam::${accountId}:saml-provider/${provider}` },
        Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
        Condition: { StringEquals: { 'SAML:aud': SIGN_IN_ADDRESSES[partition] ?? SIGN_IN_ADDRESSES['aws'] } },
      },
    ],
  }
}

const SIGN_IN_ADDRESSES: Readonly<Record<string, string>> = {
  aws: 'https://signin.aws.amazon.com/saml',
  'aws-cn': 'https://signin.amazonaws.cn/saml',
  'aws-us-gov': 'https://signin.amazonaws-us-gov.com/saml',
}
