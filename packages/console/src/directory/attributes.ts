/** The attributes of a user as the fields of a form: there, back, and what has changed. */
import type { AttributeOperation, User, UserAttributes } from '../admin/operations/identitystore.ts'

/** The extension that companies keep departments and cost centers in; an answer holds it when it is asked for. */
export const ENTERPRISE = 'aws:identitystore:enterprise'

/** Fields that are one member of the user itself. */
const PLAIN = {
  userName: 'UserName',
  displayName: 'DisplayName',
  nickName: 'NickName',
  title: 'Title',
  userType: 'UserType',
  preferredLanguage: 'PreferredLanguage',
  locale: 'Locale',
  timezone: 'Timezone',
  profileUrl: 'ProfileUrl',
  website: 'Website',
} as const
const OF_NAME = { givenName: 'GivenName', familyName: 'FamilyName' } as const
const OF_ADDRESS = {
  streetAddress: 'StreetAddress',
  locality: 'Locality',
  region: 'Region',
  postalCode: 'PostalCode',
  country: 'Country',
} as const
const OF_ENTERPRISE = ['employeeNumber', 'costCenter', 'organization', 'division', 'department'] as const

export type UserField =
  | keyof typeof PLAIN
  | keyof typeof OF_NAME
  | keyof typeof OF_ADDRESS
  | (typeof OF_ENTERPRISE)[number]
  | 'email'
  | 'phone'

export type UserFields = Readonly<Record<UserField, string>>

export function fieldsOf(user: Omit<User, 'UserId'>): UserFields {
  const read = <Field extends string>(names: Record<Field, string>, from: object | undefined) =>
    Object.fromEntries(
      Object.entries<string>(names).map(([field, member]) => [
        field,
        (from as Record<string, string> | undefined)?.[member] ?? '',
      ]),
    ) as Record<Field, string>
  const enterprise = user.Extensions?.[ENTERPRISE]
  return {
    ...read(PLAIN, user),
    ...read(OF_NAME, user.Name),
    ...read(OF_ADDRESS, user.Addresses?.[0]),
    ...read(
      Object.fromEntries(OF_ENTERPRISE.map((name) => [name, name])) as Record<(typeof OF_ENTERPRISE)[number], string>,
      enterprise,
    ),
    email: user.Emails?.[0]?.Value ?? '',
    phone: user.PhoneNumbers?.[0]?.Value ?? '',
  }
}

export const NO_FIELDS: UserFields = fieldsOf({})

/** What CreateUser takes. Empty fields are left out. */
export function attributesOf(fields: UserFields): UserAttributes {
  const name = membersOf(fields, OF_NAME)
  const address = membersOf(fields, OF_ADDRESS)
  const enterprise = Object.fromEntries(
    OF_ENTERPRISE.flatMap((field) => (fields[field] ? [[field, fields[field]]] : [])),
  )
  const isThere = (members: object) => Object.keys(members).length > 0
  return {
    ...membersOf(fields, PLAIN),
    ...(isThere(name) ? { Name: name } : {}),
    ...(fields.email ? { Emails: [{ Value: fields.email, Type: 'work', Primary: true }] } : {}),
    ...(fields.phone ? { PhoneNumbers: [{ Value: fields.phone, Type: 'work' }] } : {}),
    ...(isThere(address) ? { Addresses: [{ ...address, Type: 'work' }] } : {}),
    ...(isThere(enterprise) ? { Extensions: { [ENTERPRISE]: enterprise } } : {}),
  }
}

/**
 * What UpdateUser takes to make the fields so; an emptied field is cleared. Lists are replaced as a whole, so what the
 * form does not show of them is sent along; their members begin with small letters there.
 */
export function operationsFor(user: Omit<User, 'UserId'>, after: UserFields): AttributeOperation[] {
  const before = fieldsOf(user)
  const changed = (...fields: UserField[]) => fields.some((field) => before[field] !== after[field])
  const set = (AttributePath: string, value: unknown): AttributeOperation =>
    value === undefined || value === '' ? { AttributePath } : { AttributePath, AttributeValue: value }
  const single = ([...Object.keys(PLAIN)] as UserField[]).filter((field) => changed(field))
  const names = (Object.keys(OF_NAME) as UserField[]).filter((field) => changed(field))
  const enterprise = OF_ENTERPRISE.filter((field) => changed(field))
  const address = membersOf(after, OF_ADDRESS)
  const kept = (one: object | undefined) => one ?? { Type: 'work' }
  return [
    ...single.map((field) => set(field, after[field])),
    ...names.map((field) => set(`name.${field}`, after[field])),
    ...enterprise.map((field) => set(`${ENTERPRISE}.${field}`, after[field])),
    ...(changed('email')
      ? [set('emails', after.email && [written({ ...kept(user.Emails?.[0]), Value: after.email })])]
      : []),
    ...(changed('phone')
      ? [set('phoneNumbers', after.phone && [written({ ...kept(user.PhoneNumbers?.[0]), Value: after.phone })])]
      : []),
    ...(changed(...(Object.keys(OF_ADDRESS) as UserField[]))
      ? [
          set(
            'addresses',
            Object.keys(address).length > 0
              ? [written({ ...without(kept(user.Addresses?.[0]), Object.values(OF_ADDRESS)), ...address })]
              : undefined,
          ),
        ]
      : []),
  ]
}

/** The filled fields under the names of their members. */
function membersOf<Field extends UserField, Member extends string>(
  fields: UserFields,
  names: Readonly<Record<Field, Member>>,
): Partial<Record<Member, string>> {
  const filled = Object.entries<Member>(names).filter(([field]) => fields[field as Field] !== '')
  return Object.fromEntries(filled.map(([field, member]) => [member, fields[field as Field]])) as Partial<
    Record<Member, string>
  >
}

const written = (members: object): object =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  )

const without = (members: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)))
