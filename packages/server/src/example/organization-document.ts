/** Reads an organization from YAML; says what is wrong with file, line and remedy. */

import { days, hours, minutes } from '@mayfly/identity-center/duration'
import type { AccountId, IdentityStoreId } from '@mayfly/identity-center/identifiers'
import type {
  Organization,
  OrganizationAccount,
  OrganizationAssignment,
  OrganizationGroup,
  OrganizationInstance,
  OrganizationPermissionSet,
  OrganizationUser,
} from './organization.ts'
import { type Place, parsePlace } from './place.ts'

/** Throws `invalid`: `acme.yaml:12: accounts[2].id must be …`. */
export function parseOrganization(text: string, file: string): Organization {
  const root = parsePlace(text, file).only('instance', 'accounts', 'permissionSets', 'groups', 'users', 'assignments')
  const accounts = uniquely(root.get('accounts').list(), parseAccount, ({ id }) => id)
  const permissionSets = uniquely(root.get('permissionSets').list(), parsePermissionSet, ({ name }) => name)
  const groups = uniquely(listIn(root, 'groups'), parseGroup, ({ name }) => name.toLowerCase())
  const groupNames = groups.map(({ name }) => name)
  const users = uniquely(
    listIn(root, 'users'),
    (place) => parseUser(place, groupNames),
    ({ userName }) => userName.toLowerCase(),
  )
  const known: Known = { accounts, permissionSets, groups, users }
  return {
    instance: parseInstance(root.get('instance'), accounts),
    ...known,
    assignments: listIn(root, 'assignments').map((place) => parseAssignment(place, known)),
  }
}

type Known = Pick<Organization, 'accounts' | 'permissionSets' | 'groups' | 'users'>

const listIn = (place: Place, name: string): Place[] => place.find(name)?.list() ?? []

function uniquely<Item>(places: Place[], parse: (place: Place) => Item, keyOf: (item: Item) => string): Item[] {
  const keys = new Set<string>()
  return places.map((place) => {
    const item = parse(place)
    const key = keyOf(item)
    if (keys.has(key)) place.refuse(`repeats ${key}`, 'Give it another name, or remove one of the two.')
    keys.add(key)
    return item
  })
}

function parseInstance(place: Place, accounts: readonly OrganizationAccount[]): OrganizationInstance {
  place.only(
    'id',
    'identityStoreId',
    'name',
    'region',
    'managementAccount',
    'startUrlAliases',
    'sessionDuration',
    'mfa',
    'deviceGrant',
  )
  const owner = place.get('managementAccount')
  if (!accounts.some(({ id }) => id === owner.text())) owner.refuse('is not among the accounts')
  const mfa = place.find('mfa')?.only('prompt', 'withoutDevice')
  return {
    id: place.get('id').matching(/^[0-9a-f]{16}$/, 'sixteen hexadecimal digits'),
    identityStoreId: place
      .get('identityStoreId')
      .matching(/^d-[0-9a-f]{10}$/, 'd- and ten hexadecimal digits') as IdentityStoreId,
    name: place.get('name').text(),
    region: place.get('region').matching(/^[a-z0-9-]{1,32}$/, 'a region such as us-east-1'),
    ownerAccountId: owner.text() as AccountId,
    startUrlAliases: listIn(place, 'startUrlAliases').map((alias) => alias.matching(/^https:\/\//, 'an https address')),
    sessionDuration: place.find('sessionDuration')?.duration(minutes(15), days(90)) ?? hours(8),
    mfaPrompt: mfa?.find('prompt')?.oneOf('always-on', 'disabled') ?? 'always-on',
    mfaWithoutDevice:
      mfa?.find('withoutDevice')?.oneOf('require-registration', 'allow-sign-in', 'block-sign-in') ??
      'require-registration',
    deviceGrantEnabled: place.find('deviceGrant')?.flag() ?? true,
  }
}

function parseAccount(place: Place): OrganizationAccount {
  place.only('id', 'name', 'email')
  return {
    id: place.get('id').matching(/^\d{12}$/, 'twelve digits in quotes, such as "111122223333"') as AccountId,
    name: place.get('name').matching(/^.{1,50}$/, 'at most 50 characters long'),
    email: place.get('email').matching(/^\S+@\S+$/, 'an e-mail address'),
  }
}

function parsePermissionSet(place: Place): OrganizationPermissionSet {
  place.only('name', 'description', 'sessionDuration', 'relayState', 'managedPolicies', 'inlinePolicy')
  const description = place.find('description')?.text()
  const relayState = place.find('relayState')?.text()
  const inlinePolicy = place.find('inlinePolicy')?.json()
  return {
    name: place.get('name').matching(/^[\w+=,.@-]{1,32}$/, '1 to 32 letters, digits or +=,.@-_'),
    sessionDuration: place.find('sessionDuration')?.duration(hours(1), hours(12)) ?? hours(1),
    managedPolicies: listIn(place, 'managedPolicies').map((policy) =>
      policy.matching(/^arn:aws[\w-]*:iam::aws:policy\//, 'the ARN of an AWS managed policy'),
    ),
    ...(description === undefined ? {} : { description }),
    ...(relayState === undefined ? {} : { relayState }),
    ...(inlinePolicy === undefined ? {} : { inlinePolicy }),
  }
}

function parseGroup(place: Place): OrganizationGroup {
  place.only('name', 'description')
  const description = place.find('description')?.text()
  return { name: place.get('name').text(), ...(description === undefined ? {} : { description }) }
}

function parseUser(place: Place, groups: readonly string[]): OrganizationUser {
  place.only('userName', 'displayName', 'givenName', 'familyName', 'email', 'password', 'groups')
  const email = place.find('email')?.text()
  const password = place.find('password')?.text()
  return {
    userName: place.get('userName').text(),
    displayName: place.get('displayName').text(),
    givenName: place.get('givenName').text(),
    familyName: place.get('familyName').text(),
    groups: listIn(place, 'groups').map((group) => nameIn(group, groups, 'groups')),
    ...(email === undefined ? {} : { email }),
    ...(password === undefined ? {} : { password }),
  }
}

function parseAssignment(place: Place, known: Known): OrganizationAssignment {
  place.only('user', 'group', 'permissionSets', 'accounts')
  const [user, group] = [place.find('user'), place.find('group')]
  const sets = known.permissionSets.map(({ name }) => name)
  return {
    principal: user
      ? {
          type: 'USER',
          name: nameIn(
            user,
            known.users.map(({ userName }) => userName),
            'users',
          ),
        }
      : {
          type: 'GROUP',
          name: nameIn(
            group ?? place.get('group'),
            known.groups.map(({ name }) => name),
            'groups',
          ),
        },
    permissionSets: place
      .get('permissionSets')
      .list()
      .map((set) => nameIn(set, sets, 'permissionSets')),
    accounts: place
      .get('accounts')
      .list()
      .map((account) => accountIn(account, known.accounts)),
  }
}

function nameIn(place: Place, names: readonly string[], where: string): string {
  const name = place.text()
  return names.includes(name) ? name : place.refuse(`names ${name}, which is not among the ${where}`)
}

/** By id or by name. */
function accountIn(place: Place, accounts: readonly OrganizationAccount[]): string {
  const text = place.text()
  const account = accounts.find(({ id, name }) => id === text || name === text)
  return account ? account.id : place.refuse(`names ${text}, which is not among the accounts`)
}
