/** The attributes of a user as the fields of a form: there, back, and what has changed. */
import type { AttributeOperation, User, UserAttributes } from '../admin/operations/identitystore.ts'

export interface UserFields {
  userName: string
  email: string
  givenName: string
  familyName: string
  displayName: string
  nickName: string
  title: string
  userType: string
  phone: string
  streetAddress: string
  locality: string
  region: string
  postalCode: string
  country: string
  preferredLanguage: string
  locale: string
  timezone: string
  profileUrl: string
}

export const NO_FIELDS: UserFields = {
  userName: '',
  email: '',
  givenName: '',
  familyName: '',
  displayName: '',
  nickName: '',
  title: '',
  userType: '',
  phone: '',
  streetAddress: '',
  locality: '',
  region: '',
  postalCode: '',
  country: '',
  preferredLanguage: '',
  locale: '',
  timezone: '',
  profileUrl: '',
}

export function fieldsOf(user: User): UserFields {
  const address = user.Addresses?.[0]
  return {
    userName: user.UserName ?? '',
    email: user.Emails?.[0]?.Value ?? '',
    givenName: user.Name?.GivenName ?? '',
    familyName: user.Name?.FamilyName ?? '',
    displayName: user.DisplayName ?? '',
    nickName: user.NickName ?? '',
    title: user.Title ?? '',
    userType: user.UserType ?? '',
    phone: user.PhoneNumbers?.[0]?.Value ?? '',
    streetAddress: address?.StreetAddress ?? '',
    locality: address?.Locality ?? '',
    region: address?.Region ?? '',
    postalCode: address?.PostalCode ?? '',
    country: address?.Country ?? '',
    preferredLanguage: user.PreferredLanguage ?? '',
    locale: user.Locale ?? '',
    timezone: user.Timezone ?? '',
    profileUrl: user.ProfileUrl ?? '',
  }
}

/** What CreateUser takes. Empty fields are left out. */
export function attributesOf(fields: UserFields): UserAttributes {
  const name = filled({ GivenName: fields.givenName, FamilyName: fields.familyName })
  const address = addressOf(fields)
  return {
    ...filled({
      UserName: fields.userName,
      DisplayName: fields.displayName,
      NickName: fields.nickName,
      Title: fields.title,
      UserType: fields.userType,
      PreferredLanguage: fields.preferredLanguage,
      Locale: fields.locale,
      Timezone: fields.timezone,
      ProfileUrl: fields.profileUrl,
    }),
    ...(Object.keys(name).length > 0 ? { Name: name } : {}),
    ...(fields.email ? { Emails: [{ Value: fields.email, Type: 'work', Primary: true }] } : {}),
    ...(fields.phone ? { PhoneNumbers: [{ Value: fields.phone, Type: 'work' }] } : {}),
    ...(address ? { Addresses: [{ ...address, Type: 'work' }] } : {}),
  }
}

const PATHS: Partial<Record<keyof UserFields, string>> = {
  userName: 'userName',
  givenName: 'name.givenName',
  familyName: 'name.familyName',
  displayName: 'displayName',
  nickName: 'nickName',
  title: 'title',
  userType: 'userType',
  preferredLanguage: 'preferredLanguage',
  locale: 'locale',
  timezone: 'timezone',
  profileUrl: 'profileUrl',
}

/** What UpdateUser takes to get from one to the other; an emptied field is cleared. Lists are replaced as a whole. */
export function operationsBetween(before: UserFields, after: UserFields): AttributeOperation[] {
  const operations: AttributeOperation[] = []
  for (const [field, AttributePath] of Object.entries(PATHS) as [keyof UserFields, string][]) {
    if (before[field] === after[field]) continue
    operations.push(after[field] === '' ? { AttributePath } : { AttributePath, AttributeValue: after[field] })
  }
  const list = (AttributePath: string, value: object | undefined) =>
    operations.push(value ? { AttributePath, AttributeValue: [value] } : { AttributePath })
  if (before.email !== after.email) {
    list('emails', after.email ? { Value: after.email, Type: 'work', Primary: true } : undefined)
  }
  if (before.phone !== after.phone) list('phoneNumbers', after.phone ? { Value: after.phone, Type: 'work' } : undefined)
  const address = addressOf(after)
  if (JSON.stringify(addressOf(before)) !== JSON.stringify(address)) {
    list('addresses', address ? { ...address, Type: 'work' } : undefined)
  }
  return operations
}

function addressOf(fields: UserFields) {
  const address = filled({
    StreetAddress: fields.streetAddress,
    Locality: fields.locality,
    Region: fields.region,
    PostalCode: fields.postalCode,
    Country: fields.country,
  })
  return Object.keys(address).length > 0 ? address : undefined
}

/** Without the members that are empty. */
function filled<Key extends string>(texts: Record<Key, string>): Partial<Record<Key, string>> {
  return Object.fromEntries(Object.entries<string>(texts).filter(([, text]) => text !== '')) as Partial<
    Record<Key, string>
  >
}
