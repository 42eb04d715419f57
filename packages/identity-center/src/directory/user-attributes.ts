/** The attributes of a user as its directory names them, and how they are changed (§1.11, UpdateUser). */

import type { IdentityStoreId, UserId } from '../identifiers.ts'
import {
  type AttributeOperation,
  type AttributeRule,
  type Attributes,
  applyOperation,
  boolean,
  checkValue,
  list,
  object,
  refuseMissing,
  refuseReserved,
  text,
} from './attribute-rule.ts'
import type { UserDetails } from './user.ts'
import type { UserProfile } from './user-profile.ts'

const ENTERPRISE = 'aws:identitystore:enterprise'

const userName: AttributeRule = { is: 'text', longest: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u }
const entry = object({ value: text, type: text, primary: boolean })

/** What stands in the profile under its own name. */
const PROFILE = {
  nickName: text,
  profileUrl: text,
  userType: text,
  title: text,
  preferredLanguage: text,
  locale: text,
  timezone: text,
  website: text,
  birthdate: text,
  addresses: list(
    1,
    object({
      streetAddress: text,
      locality: text,
      region: text,
      postalCode: text,
      country: text,
      formatted: text,
      type: text,
      primary: boolean,
    }),
  ),
  phoneNumbers: list(1, entry),
  photos: list(3, object({ value: text, type: text, display: text, primary: boolean })),
  roles: list(1, entry),
} satisfies Record<string, AttributeRule>

const USER = object({
  userName,
  displayName: text,
  name: object({
    formatted: text,
    familyName: text,
    givenName: text,
    middleName: text,
    honorificPrefix: text,
    honorificSuffix: text,
  }),
  emails: list(1, entry),
  ...PROFILE,
  [ENTERPRISE]: object({
    employeeNumber: text,
    costCenter: text,
    organization: text,
    division: text,
    department: text,
    manager: object({ value: text, displayName: text, $ref: text }),
  }),
})

const PROFILE_NAMES = Object.keys(PROFILE) as (keyof typeof PROFILE)[]
const REQUIRED = ['userName', 'displayName', 'name.givenName', 'name.familyName']

interface NewUser {
  readonly id: UserId
  readonly identityStoreId: IdentityStoreId
  readonly createdAt: Date
  /** The ARN of who makes it. */
  readonly createdBy: string
}

/**
 * A user from its attributes by their names, `name` and `emails` as structures, extensions by theirs. Throws `invalid` for
 * an attribute that is not known, will not do, is missing or is reserved.
 */
export function createUser(attributes: Readonly<Record<string, unknown>>, made: NewUser): UserDetails {
  const checked = (checkValue(USER, attributes, '') ?? {}) as Attributes
  refuseMissing(checked, REQUIRED)
  refuseReserved(checked, ['userName', 'displayName'])
  const { createdAt, createdBy, ...ids } = made
  const life = { status: 'ENABLED', createdAt, updatedAt: createdAt, createdBy, updatedBy: createdBy } as const
  return withAttributes({ ...ids, ...life, version: 0 }, checked)
}

/** The user after the operations, one after the other. Throws `invalid` as `createUser` does. */
export function updateUser(
  user: UserDetails,
  operations: readonly AttributeOperation[],
  { updatedAt, updatedBy }: { readonly updatedAt: Date; readonly updatedBy: string },
): UserDetails {
  let attributes = attributesOf(user)
  for (const operation of operations) attributes = applyOperation(USER, attributes, operation)
  refuseMissing(attributes, REQUIRED)
  const named = ['userName', 'displayName'].filter((name) => operations.some(({ path }) => path === name))
  refuseReserved(attributes, named)
  const { id, identityStoreId, status, createdAt, createdBy, version, profile } = user
  const externalIds = profile?.externalIds
  return withAttributes(
    {
      id,
      identityStoreId,
      status,
      createdAt,
      updatedAt,
      ...(createdBy === undefined ? {} : { createdBy }),
      updatedBy,
      version,
    },
    attributes,
    externalIds === undefined ? {} : { externalIds },
  )
}

/** Every attribute that the user has, by the directory's names. */
export function attributesOf(user: UserDetails): Attributes {
  const { userName, displayName, givenName, familyName, email, profile = {} } = user
  const { name, email: furtherEmail, extensions, externalIds: _, ...rest } = profile
  const mail = email === undefined ? { ...furtherEmail } : { value: email, ...furtherEmail }
  return {
    userName,
    displayName,
    name: { ...name, givenName, familyName },
    ...(Object.keys(mail).length === 0 ? {} : { emails: [mail] }),
    ...(rest as Attributes),
    ...(extensions as Attributes | undefined),
  }
}

type Lifeless = Omit<UserDetails, 'userName' | 'displayName' | 'givenName' | 'familyName' | 'email' | 'profile'>

/** The required ones are there: `refuseMissing` has seen to it. */
function withAttributes(user: Lifeless, attributes: Attributes, further: UserProfile = {}): UserDetails {
  const { givenName, familyName, ...name } = attributes['name'] as Record<string, string>
  const [mail] = (attributes['emails'] ?? []) as { value?: string; type?: string; primary?: boolean }[]
  const { value: email, ...furtherEmail } = mail ?? {}
  const profile: Record<string, unknown> = { ...further }
  if (Object.keys(name).length > 0) profile['name'] = name
  if (Object.keys(furtherEmail).length > 0) profile['email'] = furtherEmail
  for (const key of PROFILE_NAMES) if (attributes[key] !== undefined) profile[key] = attributes[key]
  const enterprise = attributes[ENTERPRISE]
  if (enterprise !== undefined) profile['extensions'] = { [ENTERPRISE]: enterprise }
  return {
    ...user,
    userName: attributes['userName'] as string,
    displayName: attributes['displayName'] as string,
    givenName: givenName as string,
    familyName: familyName as string,
    ...(email === undefined ? {} : { email }),
    ...(Object.keys(profile).length === 0 ? {} : { profile: profile as UserProfile }),
  }
}
