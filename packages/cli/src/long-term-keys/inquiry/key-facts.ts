/** What is known of one long-term access key once AWS was asked. */

/**
 * `live`: it signs, or is said to be active. `inactive`: the user has it, switched off. `dead`: deleted, or never there.
 * `unknown`: nobody could say; `reason` says why.
 */
export type KeyState = 'live' | 'inactive' | 'dead' | 'unknown'

/** When a key last signed something, as IAM has it: hours late at times. Without `at` it never did. */
export interface LastUse {
  readonly at?: Date
  /** `s3`, `sts` … */
  readonly service?: string
  readonly region?: string
}

/** Another key of the same user. */
export interface OtherKey {
  readonly accessKeyId: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAt?: Date
  readonly lastUsed?: LastUse
}

/** How a policy comes to count for a user. */
export type PolicyWay = 'attached' | 'inline' | 'group' | 'boundary'

export interface UserPolicy {
  readonly name: string
  readonly way: PolicyWay
  /** Of a managed policy. */
  readonly arn?: string
  /** Through which group, for `group`. */
  readonly groupName?: string
  /** JSON text. Absent where it could not be read; `cannot` says why. */
  readonly document?: string
}

/** What a user's policies are, as far as they could be read. */
export interface PolicySummary {
  readonly policies: readonly UserPolicy[]
  /** True when every list and every document was read. */
  readonly isWhole: boolean
}

/** What could not be found out, and the service's words for it. */
export interface Unanswered {
  /** `last use`, `policies` … */
  readonly what: string
  readonly why: string
}

export interface KeyFacts {
  readonly accessKeyId: string
  /** 12 digits. Absent for an old id that nobody could say anything of. */
  readonly accountId?: string
  readonly state: KeyState
  /** Why the state is what it is, in a sentence without a full stop. */
  readonly reason: string
  /** Of the account's root user: an emergency. */
  readonly isRoot: boolean
  readonly isCanary: boolean
  readonly arn?: string
  readonly userName?: string
  readonly createdAt?: Date
  /** Absent where nobody could say. */
  readonly lastUsed?: LastUse
  readonly otherKeys: readonly OtherKey[]
  readonly policies?: PolicySummary
  readonly tags: readonly { readonly key: string; readonly value: string }[]
  readonly cannot: readonly Unanswered[]
  /** Who was asked as: `the key itself`, names of profiles. */
  readonly askedAs: readonly string[]
  /** When we used the key itself, now and before: such uses are none of anybody's who still needs it. */
  readonly ownUses: readonly Date[]
}
