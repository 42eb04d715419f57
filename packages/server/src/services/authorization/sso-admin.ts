/** The actions of sso-admin and their resources, as AWS's service authorization reference has them. */

import { type ActionMapping, type Asking, keyed, requestTagKeys } from './asked-actions.ts'

type Resource = (asking: Asking) => string | undefined

const named =
  (member: string): Resource =>
  ({ input, partition }) =>
    input.arn(member, partition)

const instanceId = ({ input }: Asking): string => input.text('InstanceArn')?.split('/')[1] ?? '*'

const RESOURCES = {
  instance: named('InstanceArn'),
  permissionSet: named('PermissionSetArn'),
  application: named('ApplicationArn'),
  provider: named('ApplicationProviderArn'),
  issuer: named('TrustedTokenIssuerArn'),
  tagged: named('ResourceArn'),
  // ProvisionPermissionSet names no account when it means all of them.
  account: ({ input, partition }) =>
    `arn:${partition}:sso:::account/${input.text('TargetId') ?? input.text('AccountId') ?? '*'}`,
  newInstance: ({ partition }) => `arn:${partition}:sso:::instance/*`,
  newPermissionSet: (asking) => `arn:${asking.partition}:sso:::permissionSet/${instanceId(asking)}/*`,
  newApplication: (asking) =>
    `arn:${asking.partition}:sso::${asking.caller.accountId}:application/${instanceId(asking)}/*`,
  newIssuer: (asking) =>
    `arn:${asking.partition}:sso::${asking.caller.accountId}:trustedTokenIssuer/${instanceId(asking)}/*`,
  anyProvider: ({ partition }) => `arn:${partition}:sso::aws:applicationProvider/*`,
} satisfies Record<string, Resource>

type ResourceName = keyof typeof RESOURCES

/** Operations whose resources do not follow from the members of their input alone. */
const EXCEPTIONS: Readonly<Record<string, readonly ResourceName[]>> = {
  CreateAccountAssignment: ['account', 'instance', 'permissionSet'],
  DeleteAccountAssignment: ['account', 'instance', 'permissionSet'],
  ListAccountAssignments: ['account', 'instance', 'permissionSet'],
  ProvisionPermissionSet: ['account', 'instance', 'permissionSet'],
  ListPermissionSetsProvisionedToAccount: ['account', 'instance'],
  CreateInstance: ['newInstance'],
  CreatePermissionSet: ['instance', 'newPermissionSet'],
  CreateApplication: ['newApplication', 'provider', 'instance'],
  CreateTrustedTokenIssuer: ['instance', 'newIssuer'],
  ListApplicationProviders: ['anyProvider'],
  ListApplications: [],
  ListInstances: [],
  ListTagsForResource: ['tagged'],
  TagResource: ['tagged'],
  UntagResource: ['tagged'],
}

/** All others are about what their input names. */
const BY_MEMBER: readonly ResourceName[] = ['instance', 'permissionSet', 'application', 'provider', 'issuer']

export const ssoAdminActions: ActionMapping = (asking) => {
  const { operation, input } = asking
  const exception = EXCEPTIONS[operation]
  const arns = exception
    ? exception.map((name) => RESOURCES[name](asking) ?? '*')
    : BY_MEMBER.flatMap((name) => RESOURCES[name](asking) ?? [])
  const account = /^arn:[\w-]+:sso::(\d{12}):application\//.exec(input.text('ApplicationArn') ?? '')?.[1]
  const keys = { ...requestTagKeys(input), ...keyed('sso:applicationaccount', account) }
  return [{ action: `sso:${operation}`, resources: arns.length === 0 ? ['*'] : arns, keys }]
}
