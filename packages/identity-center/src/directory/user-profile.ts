/** What is known of a user beyond what signing in needs (identity-center specification §4.1). */

/** Another directory's name for a user or a group. */
export interface ExternalId {
  readonly issuer: string
  readonly id: string
}

export interface Address {
  readonly streetAddress?: string
  readonly locality?: string
  readonly region?: string
  readonly postalCode?: string
  readonly country?: string
  readonly formatted?: string
  readonly type?: string
  readonly primary?: boolean
}

/** A phone number, a role, or (with `display`) a photo. */
export interface Entry {
  readonly value?: string
  readonly type?: string
  readonly display?: string
  readonly primary?: boolean
}

/** The parts of a name beside the given and the family name. */
export interface FurtherName {
  readonly formatted?: string
  readonly middleName?: string
  readonly honorificPrefix?: string
  readonly honorificSuffix?: string
}

/** What an extension holds: texts, and one level of texts below them (`manager.value`). */
export type Extension = Readonly<Record<string, string | Readonly<Record<string, string>>>>

export interface UserProfile {
  readonly name?: FurtherName
  readonly nickName?: string
  readonly profileUrl?: string
  readonly userType?: string
  readonly title?: string
  readonly preferredLanguage?: string
  readonly locale?: string
  readonly timezone?: string
  readonly website?: string
  readonly birthdate?: string
  /** What goes with the e-mail address, which is the user's own member. */
  readonly email?: Omit<Entry, 'value' | 'display'>
  readonly addresses?: readonly Address[]
  readonly phoneNumbers?: readonly Entry[]
  readonly photos?: readonly Entry[]
  readonly roles?: readonly Entry[]
  readonly externalIds?: readonly ExternalId[]
  /** By their names: `aws:identitystore:enterprise`. */
  readonly extensions?: Readonly<Record<string, Extension>>
}
