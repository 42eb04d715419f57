/** Reads an organization from YAML; says what is wrong with file, line, column and remedy. */

import { canonicalEmail } from '@mayfly/identity-center/directory/user'
import { type Duration, days, hours } from '@mayfly/identity-center/duration'
import type { AccountId, IdentityStoreId } from '@mayfly/identity-center/identifiers'
import { checkMembers } from './check-document.ts'
import { listIn, optional, readAccountName, textIn, uniquely } from './document-reading.ts'
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
import { readServiceControlPolicy, readUnits } from './organization-units.ts'
import { type Place, parsePlace } from './place.ts'

/** Throws `invalid`: `acme.yaml:12:7: accounts[2].id must be …`. */
export function parseOrganization(text: string, file: string): Organization {
  const root = parsePlace(text, file)
  checkMembers(root, ORGANIZATION)
  const places = root.get('accounts').list()
  const organizationalUnits = readUnits(listIn(root, 'organizationalUnits'))
  const unitPaths = organizationalUnits.map(({ path }) => path)
  const accounts = uniquely(
    places,
    (place) => readAccount(place, unitPaths),
    ({ id }) => id,
  )
  // Assignments name accounts by either; AWS takes an address for one account alone.
  for (const member of ['name', 'email']) {
    uniquely(
      places,
      (place) => textIn(place, member),
      (text) => (member === 'email' ? text.toLowerCase() : text),
    )
  }
  const permissionSets = uniquely(root.get('permissionSets').list(), readPermissionSet, ({ name }) => name)
  const groups = uniquely(listIn(root, 'groups'), readGroup, ({ name }) => name.toLowerCase())
  const groupNames = groups.map(({ name }) => name)
  const users = uniquely(
    listIn(root, 'users'),
    (place) => readUser(place, groupNames),
    ({ userName }) => userName.toLowerCase(),
  )
  // Whoever has an e-mail address is found by it.
  uniquely(
    listIn(root, 'users').flatMap((place) => place.find('email') ?? []),
    (place) => place.text(),
    canonicalEmail,
  )
  const known: Known = { accounts, permissionSets, groups, users }
  return {
    instance: readInstance(root.get('instance'), accounts),
    ...known,
    organizationalUnits,
    serviceControlPolicies: uniquely(
      listIn(root, 'serviceControlPolicies'),
      (place) => readServiceControlPolicy(place, { accounts, unitPaths }),
      ({ name }) => name,
    ),
    assignments: listIn(root, 'assignments').map((place) => readAssignment(place, known)),
  }
}

type Known = Pick<Organization, 'accounts' | 'permissionSets' | 'groups' | 'users'>

/** The bounds were checked with the key. */
const durationIn = (place: Place, name: string, otherwise: Duration): Duration =>
  place.find(name)?.duration(0 as Duration, days(90)) ?? otherwise

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

function readAccount(place: Place, unitPaths: readonly string[]): OrganizationAccount {
  const unit = place.find('organizationalUnit')?.nameAmong(unitPaths, 'organizationalUnits')
  return {
    id: textIn(place, 'id') as AccountId,
    name: textIn(place, 'name'),
    email: textIn(place, 'email'),
    ...(unit === undefined ? {} : { organizationalUnit: unit }),
  }
}

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
