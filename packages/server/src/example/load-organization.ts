/** Writes an organization into an empty store, with ids that follow from its names. */

import { createHash } from 'node:crypto'
import type { Principal } from '@mayfly/identity-center/account-access/account-assignment'
import type { Group } from '@mayfly/identity-center/directory/group'
import type { User } from '@mayfly/identity-center/directory/user'
import type {
  AccountId,
  GroupId,
  GroupMembershipId,
  InstanceArn,
  PermissionSetArn,
  UserId,
} from '@mayfly/identity-center/identifiers'
import { partitionOf } from '@mayfly/identity-center/partition'
import type { Store, Transaction } from '@mayfly/store'
import { insertAccounts } from './load-accounts.ts'
import type { Organization, OrganizationUser } from './organization.ts'

interface Loading {
  readonly store: Store
  readonly now: Date
  /** Hashes a password of the document. */
  readonly hash: (password: string) => Promise<string>
}

/** All or nothing; false, and nothing written, when there is an instance already. */
export async function loadOrganization(organization: Organization, { store, now, hash }: Loading): Promise<boolean> {
  // Before the transaction: hashing takes long, and every other write would wait for it.
  const hashes = await hashesOf(organization.users, hash)
  return await store.transaction(async (tx) => {
    if (await tx.instances.find()) return false
    const { id, ...instance } = organization.instance
    const arn = `arn:${partitionOf(instance.region)}:sso:::instance/ssoins-${id}` as InstanceArn
    await tx.instances.insert({ ...instance, arn, createdAt: now })
    await insertAccounts(organization, now, tx)
    for (const set of organization.permissionSets) {
      const known = {
        arn: permissionSetArn(arn, set.name),
        instanceArn: arn,
        customerManagedPolicies: [],
        createdAt: now,
        version: 1,
      }
      await tx.permissionSets.insert({ ...set, ...known })
    }
    await insertDirectory(organization, hashes, now, tx)
    await insertAssignments(organization, arn, now, tx)
    return true
  })
}

async function hashesOf(
  users: readonly OrganizationUser[],
  hash: (password: string) => Promise<string>,
): Promise<Map<string, string>> {
  const withPassword = users.flatMap(({ userName, password }) =>
    password === undefined ? [] : [{ userName, password }],
  )
  const hashed = withPassword.map(async ({ userName, password }) => [userName, await hash(password)] as const)
  return new Map(await Promise.all(hashed))
}

async function insertDirectory(
  { instance: { identityStoreId }, groups, users }: Organization,
  hashes: ReadonlyMap<string, string>,
  now: Date,
  tx: Transaction,
): Promise<void> {
  const common = { identityStoreId, createdAt: now, updatedAt: now }
  for (const { name, description } of groups) {
    const group: Group = { ...common, id: groupId(identityStoreId, name), displayName: name }
    await tx.groups.insert(description === undefined ? group : { ...group, description })
  }
  for (const { userName, displayName, givenName, familyName, email, groups: groupNames } of users) {
    const id = userId(identityStoreId, userName)
    const user: User = { ...common, id, userName, displayName, givenName, familyName, status: 'ENABLED' }
    await tx.users.insert(email === undefined ? user : { ...user, email })
    const hash = hashes.get(userName)
    if (hash !== undefined) await tx.passwords.put({ userId: id, hash, previousHashes: [], updatedAt: now })
    for (const name of groupNames) {
      await tx.groupMemberships.insert({
        id: directoryId(identityStoreId, 'membership', `${name}/${userName}`) as GroupMembershipId,
        identityStoreId,
        groupId: groupId(identityStoreId, name),
        userId: id,
        createdAt: now,
      })
    }
  }
}

async function insertAssignments(
  { instance: { identityStoreId }, assignments }: Organization,
  instanceArn: InstanceArn,
  now: Date,
  tx: Transaction,
): Promise<void> {
  for (const { principal, permissionSets, accounts } of assignments) {
    const assigned: Principal =
      principal.type === 'USER'
        ? { type: 'USER', id: userId(identityStoreId, principal.name) }
        : { type: 'GROUP', id: groupId(identityStoreId, principal.name) }
    for (const set of permissionSets) {
      for (const account of accounts) {
        await tx.accountAssignments.insert({
          instanceArn,
          accountId: account as AccountId,
          permissionSetArn: permissionSetArn(instanceArn, set),
          principal: assigned,
          createdAt: now,
        })
      }
    }
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Follows from the instance and the name, so that a document means the same permission sets whenever it is loaded. */
function permissionSetArn(instanceArn: InstanceArn, name: string): PermissionSetArn {
  const [service = '', id = ''] = instanceArn.split('instance/ssoins-')
  return `${service}permissionSet/ssoins-${id}/ps-${digest(`${id}/${name}`).slice(0, 16)}` as PermissionSetArn
}

/** `<10 hex of the store>-<uuid>`; the uuid follows from the name (RFC 9562 §5.8, version 8). */
function directoryId(identityStoreId: string, kind: string, name: string): string {
  const hex = digest(`${identityStoreId}/${kind}/${name}`)
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  return `${identityStoreId.replace(/^d-/, '')}-${uuid}`
}

const userId = (identityStoreId: string, name: string): UserId => directoryId(identityStoreId, 'user', name) as UserId

const groupId = (identityStoreId: string, name: string): GroupId =>
  directoryId(identityStoreId, 'group', name) as GroupId
