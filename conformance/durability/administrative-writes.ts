/** What an administrator writes, each in a way that can be done again after an answer that never came. */

import { expect } from 'vitest'
import type { SigningCredentials } from '../../packages/wire/src/signature-v4.ts'
import { DEVELOPMENT, IDENTITY_STORE_ID, INSTANCE_ARN, MANAGEMENT } from '../harness/example.ts'
import { type SignedCall, signedCall } from '../harness/signed-call.ts'

export interface World {
  readonly origin: string
  /** As alice, who administers the organization. */
  readonly call: SignedCall
  /** Bob's keys of a role in the development account. */
  takeRoleAsBob(roleName: string): Promise<SigningCredentials>
  /** Counts up: for names. */
  next(): number
  userId(userName: string): Promise<string>
}

export interface Write {
  readonly name: string
  /** Makes what it needs; what it returns is handed to the others. */
  prepare(world: World): Promise<Record<string, string>>
  act(world: World, made: Record<string, string>): Promise<unknown>
  /** What it answers when it was done before. */
  readonly again?: RegExp
  /** Holds once it was answered. */
  check(world: World, made: Record<string, string>): Promise<void>
}

const INSTANCE = { InstanceArn: INSTANCE_ARN }
const STORE = { IdentityStoreId: IDENTITY_STORE_ID }
const ALLOW = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }],
})

const createUser = ({ call }: World, UserName: string): Promise<Record<string, unknown>> =>
  call('identitystore', 'CreateUser', {
    ...STORE,
    UserName,
    DisplayName: UserName,
    Name: { GivenName: UserName, FamilyName: UserName },
    Emails: [{ Value: `${UserName}@acme.example`, Primary: true }],
  })

async function createSet(world: World): Promise<Record<string, string>> {
  const name = `Set${world.next()}`
  const { PermissionSet } = await world.call('sso-admin', 'CreatePermissionSet', { ...INSTANCE, Name: name })
  const { PermissionSetArn } = PermissionSet as { PermissionSetArn: string }
  await world.call('sso-admin', 'PutInlinePolicyToPermissionSet', {
    ...INSTANCE,
    PermissionSetArn,
    InlinePolicy: ALLOW,
  })
  return { name, PermissionSetArn }
}

const toBob = async (world: World, PermissionSetArn = ''): Promise<Record<string, string>> => ({
  ...INSTANCE,
  PermissionSetArn,
  TargetId: DEVELOPMENT,
  TargetType: 'AWS_ACCOUNT',
  PrincipalType: 'USER',
  PrincipalId: await world.userId('bob'),
})

async function createAssigned(world: World): Promise<Record<string, string>> {
  const made = await createSet(world)
  await world.call('sso-admin', 'CreateAccountAssignment', await toBob(world, made['PermissionSetArn']))
  return made
}

/** Whether keys are refused as revoked ones are. */
const expectRevoked = (world: World, accessKeyId: string): Promise<void> => {
  const call = signedCall(world.origin, JSON.parse(accessKeyId) as SigningCredentials)
  return expect(call('sts', 'GetCallerIdentity', {})).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
}

export const WRITES: readonly Write[] = [
  {
    name: 'CreateUser',
    prepare: async (world) => ({ userName: `user${world.next()}` }),
    act: (world, { userName = '' }) => createUser(world, userName),
    again: /ConflictException/,
    check: async (world, { userName = '' }) => void (await world.userId(userName)),
  },
  {
    name: 'CreateAccountAssignment',
    prepare: createSet,
    act: async (world, made) =>
      world.call('sso-admin', 'CreateAccountAssignment', await toBob(world, made['PermissionSetArn'])),
    check: async (world, { name = '' }) => {
      const call = signedCall(world.origin, await world.takeRoleAsBob(name))
      await call('iam', 'ListRoles', {})
    },
  },
  {
    name: 'ProvisionPermissionSet',
    async prepare(world) {
      const made = await createAssigned(world)
      const place = { ...INSTANCE, PermissionSetArn: made['PermissionSetArn'] }
      await world.call('sso-admin', 'DeleteInlinePolicyFromPermissionSet', place)
      return made
    },
    act: (world, { PermissionSetArn }) =>
      world.call('sso-admin', 'ProvisionPermissionSet', {
        ...INSTANCE,
        PermissionSetArn,
        TargetType: 'ALL_PROVISIONED_ACCOUNTS',
      }),
    async check(world, { name = '' }) {
      const call = signedCall(world.origin, await world.takeRoleAsBob(name))
      await expect(call('iam', 'ListRoles', {})).rejects.toMatchObject({ name: 'AccessDenied' })
    },
  },
  {
    name: 'DeleteAccountAssignment',
    async prepare(world) {
      const made = await createAssigned(world)
      return { ...made, keys: JSON.stringify(await world.takeRoleAsBob(made['name'] ?? '')) }
    },
    act: async (world, made) =>
      world.call('sso-admin', 'DeleteAccountAssignment', await toBob(world, made['PermissionSetArn'])),
    check: (world, { keys = '' }) => expectRevoked(world, keys),
  },
  {
    name: 'InviteUser',
    async prepare(world) {
      const userName = `guest${world.next()}`
      return { userName, UserId: String((await createUser(world, userName))['UserId']) }
    },
    async act(world, made) {
      const answer = await world.call('mayfly', 'InviteUser', { UserId: made['UserId'], SendEmail: true })
      made['link'] = new URL(String(answer['Link'])).pathname
    },
    check: async (world, { link }) => expect((await fetch(`${world.origin}${link}`)).status).toBe(200),
  },
  {
    name: 'MoveAccount',
    async prepare(world) {
      const { Roots } = (await world.call('organizations', 'ListRoots', {})) as { Roots: { Id: string }[] }
      const unit = { ParentId: Roots[0]?.Id, Name: `Unit${world.next()}` }
      const { OrganizationalUnit } = await world.call('organizations', 'CreateOrganizationalUnit', unit)
      return { from: await parentOf(world), to: (OrganizationalUnit as { Id: string }).Id }
    },
    act: (world, { from, to }) =>
      world.call('organizations', 'MoveAccount', {
        AccountId: DEVELOPMENT,
        SourceParentId: from,
        DestinationParentId: to,
      }),
    again: /DuplicateAccountException|SourceParentNotFoundException|AccountNotFoundException/,
    check: async (world, { to }) => expect(await parentOf(world)).toBe(to),
  },
  {
    name: 'DeleteUser',
    async prepare(world) {
      const userName = `leaver${world.next()}`
      const UserId = String((await createUser(world, userName))['UserId'])
      const made = await createSet(world)
      const assignment = await toBob(world, made['PermissionSetArn'])
      await world.call('sso-admin', 'CreateAccountAssignment', { ...assignment, PrincipalId: UserId })
      return { userName, UserId }
    },
    act: (world, { UserId }) => world.call('identitystore', 'DeleteUser', { ...STORE, UserId }),
    again: /ResourceNotFoundException/,
    check: (world, { userName = '' }) =>
      expect(world.userId(userName)).rejects.toMatchObject({ name: 'ResourceNotFoundException' }),
  },
]

async function parentOf({ call }: World): Promise<string> {
  const { Parents } = (await call('organizations', 'ListParents', { ChildId: DEVELOPMENT })) as {
    Parents: { Id: string }[]
  }
  return Parents[0]?.Id ?? ''
}

/** Nothing is half done, in whichever way it was broken off. */
export async function expectWhole({ call }: World): Promise<void> {
  for (const accountId of [DEVELOPMENT, MANAGEMENT]) {
    const { PermissionSets = [] } = (await call('sso-admin', 'ListPermissionSetsProvisionedToAccount', {
      ...INSTANCE,
      AccountId: accountId,
    })) as { PermissionSets?: string[] }
    const { PermissionSets: all } = (await call('sso-admin', 'ListPermissionSets', INSTANCE)) as {
      PermissionSets: string[]
    }
    for (const PermissionSetArn of all) {
      const place = { ...INSTANCE, AccountId: accountId, PermissionSetArn }
      const { AccountAssignments } = await call('sso-admin', 'ListAccountAssignments', place)
      const isAssigned = (AccountAssignments as unknown[]).length > 0
      expect({ PermissionSetArn, isProvisioned: PermissionSets.includes(PermissionSetArn) }).toEqual({
        PermissionSetArn,
        isProvisioned: isAssigned,
      })
    }
  }
  const kinds = [
    ['ListAccountAssignmentCreationStatus', 'AccountAssignmentsCreationStatus'],
    ['ListAccountAssignmentDeletionStatus', 'AccountAssignmentsDeletionStatus'],
    ['ListPermissionSetProvisioningStatus', 'PermissionSetsProvisioningStatus'],
  ] as const
  for (const [operation, member] of kinds) {
    const requests = (await call('sso-admin', operation, INSTANCE))[member] as { Status: string }[]
    // What was done before fails when it is asked for again, which is an outcome, too.
    expect(requests.filter(({ Status }) => Status === 'IN_PROGRESS')).toEqual([])
  }
}
