/** Attributes for access control: what of a user goes into its role sessions as tags (§4.4). */

import type { UserDetails } from '../directory/user.ts'
import type { Extension } from '../directory/user-profile.ts'
import type { InstanceArn } from '../identifiers.ts'
import { Refusal } from '../refusal.ts'

export interface AccessControlAttribute {
  /** The tag's key: policies name it `aws:PrincipalTag/<key>`. */
  readonly key: string
  /** `${path:userName}` and the like, or a fixed text. */
  readonly source: string
}

export interface AccessControlAttributeConfiguration {
  readonly instanceArn: InstanceArn
  readonly attributes: readonly AccessControlAttribute[]
}

/** Refuses with `invalid` a key given twice, and with `quota-exceeded` one attribute too many. */
export function checkAccessControlAttributes(attributes: readonly AccessControlAttribute[], most: number): void {
  if (attributes.length > most) {
    throw new Refusal('quota-exceeded', `There are at most ${most} attributes for access control.`)
  }
  const keys = new Set(attributes.map(({ key }) => key.toLowerCase()))
  // STS compares the keys of session tags without regard to capitals.
  if (keys.size < attributes.length) throw new Refusal('invalid', 'Each key of an attribute is given once.')
  for (const { source } of attributes) {
    const path = pathOf(source)
    if (path !== undefined && findReader(path) === undefined) {
      throw new Refusal('invalid', `There is no attribute ${source} of a user.`)
    }
  }
}

type Read = (user: UserDetails) => string | undefined

const SOURCES: Readonly<Record<string, Read>> = {
  userName: ({ userName }) => userName,
  'name.familyName': ({ familyName }) => familyName,
  'name.givenName': ({ givenName }) => givenName,
  displayName: ({ displayName }) => displayName,
  nickName: ({ profile }) => profile?.nickName,
  'emails[primary eq true].value': ({ email }) => email,
  'phoneNumbers[type eq "work"].value': ({ profile }) => profile?.phoneNumbers?.find(isOfWork)?.value,
  userType: ({ profile }) => profile?.userType,
  title: ({ profile }) => profile?.title,
  locale: ({ profile }) => profile?.locale,
  timezone: ({ profile }) => profile?.timezone,
  'enterprise.manager.value': (user) => {
    const manager = enterpriseOf(user)?.['manager']
    return typeof manager === 'object' ? manager['value'] : manager
  },
}

const OF_ADDRESS = ['streetAddress', 'locality', 'region', 'postalCode', 'country', 'formatted'] as const
const OF_ENTERPRISE = ['employeeNumber', 'costCenter', 'organization', 'division', 'department'] as const

function findReader(path: string): Read | undefined {
  const [, address] = /^addresses\[type eq "work"\]\.(\w+)$/.exec(path) ?? []
  const [, enterprise] = /^enterprise\.(\w+)$/.exec(path) ?? []
  const part = OF_ADDRESS.find((name) => name === address)
  if (part !== undefined) return ({ profile }) => profile?.addresses?.find(isOfWork)?.[part]
  if (OF_ENTERPRISE.some((name) => name === enterprise)) return (user) => textOf(enterpriseOf(user)?.[enterprise ?? ''])
  return Object.hasOwn(SOURCES, path) ? SOURCES[path] : undefined
}

const isOfWork = ({ type }: { readonly type?: string }): boolean => type?.toLowerCase() === 'work'

const enterpriseOf = ({ profile }: UserDetails): Extension | undefined =>
  profile?.extensions?.['aws:identitystore:enterprise']

const textOf = (value: Extension[string] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** What stands in `${path:…}`; undefined for a fixed text. */
const pathOf = (source: string): string | undefined => /^\$\{path:(.*)\}$/.exec(source)?.[1]

/** What STS takes as the value of a session tag. */
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u

/**
 * The session tags of a user's role sessions. An attribute that the user has not, one of Active Directory (`${user:…}`),
 * and one that is no value for a tag make no tag. Without a configuration there are none.
 */
export function attributesForAccessControl(
  configuration: AccessControlAttributeConfiguration | undefined,
  user: UserDetails,
): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {}
  for (const { key, source } of configuration?.attributes ?? []) {
    const value = readSource(source, user)
    if (value !== undefined && TAG_VALUE.test(value)) tags[key] = value
  }
  return tags
}

function readSource(source: string, user: UserDetails): string | undefined {
  const path = pathOf(source)
  if (path !== undefined) return findReader(path)?.(user)
  return source.startsWith('${') ? undefined : source
}
