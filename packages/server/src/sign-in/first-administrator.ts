/** The first administrator: a user, and the way into the management account. */

import type { AccountAssignment } from '@mayfly/identity-center/account-access/account-assignment'
import { canonicalUserName, type User } from '@mayfly/identity-center/directory/user'
import type { GroupMembershipId, UserId } from '@mayfly/identity-center/identifiers'
import type { Instance } from '@mayfly/identity-center/instance'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Transaction } from '@mayfly/store'
import type { Context } from '../context/context.ts'

/** What the instance of a first start calls its administrators, and what they may do. */
const GROUP = 'Administrators'
const PERMISSION_SET = 'AdministratorAccess'

export interface NewPerson {
  readonly userName: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
}

export interface FirstAdministrator {
  readonly user: User
  readonly membershipId: GroupMembershipId
  readonly instance: Instance
}

/** What is wrong with a new person, by field (§4.1). */
export function checkNewPerson(person: NewPerson): Partial<Record<keyof NewPerson, string>> {
  const { userName, givenName, familyName, email } = person
  const wrong: Partial<Record<keyof NewPerson, string>> = {}
  if (!/^[^\s\p{C}]{1,128}$/u.test(userName)) wrong.userName = 'A user name has 1 to 128 characters and no blanks.'
  if (givenName === '' || givenName.length > 1024) wrong.givenName = 'Enter your given name.'
  if (familyName === '' || familyName.length > 1024) wrong.familyName = 'Enter your family name.'
  if (!/^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(email) || email.length > 320) wrong.email = 'Enter an e-mail address.'
  return wrong
}

/** Builds the first administrator; writes nothing. Throws `invalid`. */
export async function createFirstAdministrator(person: NewPerson, context: Context): Promise<FirstAdministrator> {
  const [wrong] = Object.values(checkNewPerson(person))
  if (wrong !== undefined) throw new Refusal('invalid', wrong)
  const instance = await context.instance()
  const { identityStoreId } = instance
  const now = context.clock.now()
  const id = (): string => `${identityStoreId.replace(/^d-/, '')}-${randomUuid(context.random)}`
  const user: User = {
    ...person,
    id: id() as UserId,
    identityStoreId,
    userName: person.userName.normalize('NFC'),
    displayName: `${person.givenName} ${person.familyName}`,
    status: 'ENABLED',
    createdAt: now,
    updatedAt: now,
  }
  return { user, membershipId: id() as GroupMembershipId, instance }
}

/** Writes the first administrator. Throws `conflict` when the user name is taken. */
export async function insertFirstAdministrator(
  { user, membershipId, instance }: FirstAdministrator,
  tx: Transaction,
): Promise<void> {
  if (await tx.users.findByUserName(user.userName)) {
    throw new Refusal('conflict', `There is a user ${canonicalUserName(user.userName)} already.`, {
      hint: 'Choose another user name.',
    })
  }
  await tx.users.insert(user)
  const group = await tx.groups.findByDisplayName(GROUP)
  const { identityStoreId, createdAt } = user
  if (group) {
    await tx.groupMemberships.insert({
      id: membershipId,
      identityStoreId,
      groupId: group.id,
      userId: user.id,
      createdAt,
    })
  } else {
    await tx.accountAssignments.insert(await directAssignment(user, instance, tx))
  }
}

/** The group was renamed or deleted: whoever follows the link gets in all the same. */
async function directAssignment(user: User, instance: Instance, tx: Transaction): Promise<AccountAssignment> {
  const permissionSet = await tx.permissionSets.findByName(PERMISSION_SET)
  if (!permissionSet) {
    throw new Refusal('not-found', `There is neither a group ${GROUP} nor a permission set ${PERMISSION_SET}.`)
  }
  return {
    instanceArn: instance.arn,
    accountId: instance.ownerAccountId,
    permissionSetArn: permissionSet.arn,
    principal: { type: 'USER', id: user.id },
    createdAt: user.createdAt,
  }
}
