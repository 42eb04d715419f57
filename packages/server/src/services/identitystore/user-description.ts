/** A user in the words of identitystore, there and back: its members begin with a capital, our attributes do not. */

import type { UserDetails } from '@mayfly/identity-center/directory/user'
import type { Entry, ExternalId, UserProfile } from '@mayfly/identity-center/directory/user-profile'
import type { OutputFrom } from '@mayfly/wire/model/operations'

type Email = NonNullable<Described['Emails']>[number]
type Described = OutputFrom<typeof import('@aws-sdk/client-identitystore'), 'DescribeUser'>

const TEXTS = [
  ['nickName', 'NickName'],
  ['profileUrl', 'ProfileUrl'],
  ['userType', 'UserType'],
  ['title', 'Title'],
  ['preferredLanguage', 'PreferredLanguage'],
  ['locale', 'Locale'],
  ['timezone', 'Timezone'],
  ['website', 'Website'],
  ['birthdate', 'Birthdate'],
] as const satisfies readonly (readonly [keyof UserProfile, keyof Described])[]

const LISTS = [
  ['addresses', 'Addresses'],
  ['phoneNumbers', 'PhoneNumbers'],
  ['photos', 'Photos'],
  ['roles', 'Roles'],
] as const satisfies readonly (readonly [keyof UserProfile, keyof Described])[]

/** `extensions` names those that were asked for: none is shown otherwise. */
export function describeUser(user: UserDetails, extensions: readonly string[] | undefined): Described {
  const { profile } = user
  const described: Described = {
    IdentityStoreId: user.identityStoreId,
    UserId: user.id,
    UserName: user.userName,
    Name: { GivenName: user.givenName, FamilyName: user.familyName, ...(profile?.name && capitalized(profile.name)) },
    DisplayName: user.displayName,
    UserStatus: user.status,
    CreatedAt: user.createdAt,
    UpdatedAt: user.updatedAt,
    CreatedBy: user.createdBy,
    UpdatedBy: user.updatedBy,
  }
  const mail = emailOf(user)
  if (mail) described.Emails = [mail]
  return profile === undefined ? described : Object.assign(described, describeProfile(profile, extensions))
}

function emailOf({ email, profile }: UserDetails): Email | undefined {
  if (profile?.email === undefined) return email === undefined ? undefined : { Value: email }
  const mail: Entry = { ...(email === undefined ? {} : { value: email }), ...profile.email }
  return capitalized(mail)
}

function describeProfile(profile: UserProfile, extensions: readonly string[] = []): Partial<Described> {
  const described: Record<string, unknown> = {}
  for (const [name, member] of TEXTS) if (profile[name] !== undefined) described[member] = profile[name]
  for (const [name, member] of LISTS) {
    const items = profile[name]
    if (items) described[member] = items.map(capitalized)
  }
  if (profile.externalIds) described['ExternalIds'] = profile.externalIds.map(capitalized<ExternalId>)
  const shown = extensions.flatMap((name) => {
    const extension = profile.extensions?.[name]
    return extension === undefined ? [] : [[name, extension] as const]
  })
  if (shown.length > 0) described['Extensions'] = Object.fromEntries(shown)
  return described
}

type Capitalized<T> = { [Name in keyof T & string as Capitalize<Name>]: T[Name] }

/** The same members, each with a capital. */
export function capitalized<T extends object>(value: T): Capitalized<T> {
  const described: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) described[name.charAt(0).toUpperCase() + name.slice(1)] = member
  return described as Capitalized<T>
}

/** The attributes of CreateUser by their own names. Extensions are written so already. */
export function readAttributes(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { IdentityStoreId: _, Extensions, ...attributes } = input
  return { ...(uncapitalized(attributes) as Record<string, unknown>), ...(Extensions as object | undefined) }
}

function uncapitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(uncapitalized)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    uncapitalized(member),
  ])
  return Object.fromEntries(members)
}
