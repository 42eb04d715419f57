/** Reads an organization from YAML; says what is wrong with file, line, column and remedy. */

import { type Duration, days, hours } from '@mayfly/identity-center/duration'
import type { AccountId, IdentityStoreId } from '@mayfly/identity-center/identifiers'
import { checkMembers } from './check-document.ts'
import type {
  Organization,
  OrganizationAccount,
  OrganizationAssignment,
  OrganizationGroup,
  OrganizationInstance,
  OrganizationPermissionSet,
  OrganizationUser,
} from './organization.ts'
import { ORGANIZATION } from './organization-keys.ts'
import { type Place, parsePlace } from './place.ts'

/** Throws `invalid`: `acme.yaml:12:7: accounts[2].id must be …`. */
export function parseOrganization(text: string, file: string): Organization {
  const root = parsePlace(text, file)
  checkMembers(root, ORGANIZATION)
  const places = root.get('accounts').list()
  const accounts = uniquely(places, readAccount, ({ id }) => id)
  // Assignments name accounts by either.
  uniquely(places, readAccount, ({ name }) => name)
  const permissionSets = uniquely(root.get('permissionSets').list(), readPermissionSet, ({ name }) => name)
  const groups = uniquely(listIn(root, 'groups'), readGroup, ({ name }) => name.toLowerCase())
  const groupNames = groups.map(({ name }) => name)
  const users = uniquely(
    listIn(root, 'users'),
    (place) => readUser(place, groupNames),
    ({ userName }) => userName.toLowerCase(),
  )
  const known: Known = { accounts, permissionSets, groups, users }
  return {
    instance: readInstance(root.get('instance'), accounts),
    ...known,
    assignments: listIn(root, 'assignments').map((place) => readAssignment(place, known)),
  }
}

type Known = Pick<Organization, 'accounts' | 'permissionSets' | 'groups' | 'users'>

const listIn = (place: Place, name: string): Place[] => place.find(name)?.list() ?? []
const textIn = (place: Place, name: string): string => place.get(name).text()

/** An optional text, as a member to spread. */
function optional<Name extends string>(place: Place, name: Name): { [N in Name]?: string } {
  const text = place.find(name)?.text()
  return (text === undefined ? {} : { [name]: text }) as { [N in Name]?: string }
}

/** The bounds were checked with the key. */
const durationIn = (place: Place, name: string, otherwise: Duration): Duration =>
  place.find(name)?.duration(0 as Duration, days(90)) ?? otherwise

function uniquely<Item>(places: Place[], read: (place: Place) => Item, keyOf: (item: Item) => string): Item[] {
  const keys = new Set<string>()
  return places.map((place) => {
    const item = read(place)
    const key = keyOf(item)
    if (keys.has(key)) place.refuse(`repeats ${key}`, 'Give it another one, or remove one of the two.')
    keys.add(key)
    return item
  })
}

function readInstance(place: Place, accounts: readonly OrganizationAccount[]): OrganizationInstance {
  const mfa = place.find('mfa')
  const owners = accounts.map(({ id }) => id)
  return {
    id: textIn(place, 'id'),
    identityStoreId: textIn(place, 'identityStoreId') as IdentityStoreId,
    name: textIn(place, 'name'),
    region: textIn(place, 'region'),
    ownerAccountId: place.get('managementAccount').nameAmong(owners, 'accounts') as AccountId,
    startUrlAliases: listIn(place, 'startUrlAliases').map((alias) => alias.text()),
    sessionDuration: durationIn(place, 'sessionDuration', hours(8)),
    mfaPrompt: (mfa?.find('prompt')?.text() ?? 'always-on') as OrganizationInstance['mfaPrompt'],
    mfaWithoutDevice: (mfa?.find('withoutDevice')?.text() ??
      'require-registration') as OrganizationInstance['mfaWithoutDevice'],
    deviceGrantEnabled: place.find('deviceGrant')?.flag() ?? true,
  }
}

const readAccount = (place: Place): OrganizationAccount => ({
  id: textIn(place, 'id') as AccountId,
  name: textIn(place, 'name'),
  email: textIn(place, 'email'),
})

function readPermissionSet(place: Place): OrganizationPermissionSet {
  const inlinePolicy = place.find('inlinePolicy')?.policy()
  return {
    name: textIn(place, 'name'),
    sessionDuration: durationIn(place, 'sessionDuration', hours(1)),
    managedPolicies: listIn(place, 'managedPolicies').map((policy) => policy.text()),
    ...optional(place, 'description'),
    ...optional(place, 'relayState'),
    ...(inlinePolicy === undefined ? {} : { inlinePolicy }),
  }
}

const readGroup = (place: Place): OrganizationGroup => ({
  name: textIn(place, 'name'),
  ...optional(place, 'description'),
})

const readUser = (place: Place, groups: readonly string[]): OrganizationUser => ({
  userName: textIn(place, 'userName'),
  displayName: textIn(place, 'displayName'),
  givenName: textIn(place, 'givenName'),
  familyName: textIn(place, 'familyName'),
  groups: uniquely(
    listIn(place, 'groups'),
    (group) => group.nameAmong(groups, 'groups'),
    (group) => group,
  ),
  ...optional(place, 'email'),
  ...optional(place, 'password'),
})

function readAssignment(place: Place, known: Known): OrganizationAssignment {
  const sets = known.permissionSets.map(({ name }) => name)
  return {
    principal: readPrincipal(place, known),
    permissionSets: listIn(place, 'permissionSets').map((set) => set.nameAmong(sets, 'permissionSets')),
    accounts: listIn(place, 'accounts').map((account) => readAccountName(account, known.accounts)),
  }
}

function readPrincipal(place: Place, { users, groups }: Known): OrganizationAssignment['principal'] {
  const [user, group] = [place.find('user'), place.find('group')]
  if (user && group) return group.refuse('stands beside a user', 'Write two assignments, one for each.')
  if (user) {
    const userNames = users.map(({ userName }) => userName)
    return { type: 'USER', name: user.nameAmong(userNames, 'users') }
  }
  const groupNames = groups.map(({ name }) => name)
  const chosen = group ?? place.refuse('needs a user or a group', 'Add a line "group: NAME" or "user: NAME".')
  return { type: 'GROUP', name: chosen.nameAmong(groupNames, 'groups') }
}

/** By id or by name. */
function readAccountName(place: Place, accounts: readonly OrganizationAccount[]): string {
  const text = place.text()
  const account = accounts.find(({ id, name }) => id === text || name === text)
  if (account) return account.id
  return place.nameAmong(
    accounts.flatMap(({ id, name }) => [name, id]),
    'accounts',
  )
}
