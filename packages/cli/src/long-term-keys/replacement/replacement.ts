/** What takes a long-term key's place: a permission set of the same account, or why there is none. */

import type { ProfileRole } from '../../shared-config/profile-form.ts'

/** Actions on resources that one side allows and the other does not, in the words of the policy that allows them. */
export interface Rights {
  /** `s3:GetObject`, `ec2:Describe*`; with `NotAction` each begins with `all but `. */
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  /** Why it may be otherwise than it looks: conditions, a denial, a boundary. Absent when nothing of the kind counts. */
  readonly conditional?: string
}

export interface PolicyDifference {
  /** Whether both sides could be read; where not, `lost` is a guess at best. */
  readonly known: 'both' | 'key' | 'set' | 'neither'
  /** What the key allows and the permission set does not. */
  readonly lost: readonly Rights[]
  /** What the permission set allows beyond, summarised by service. */
  readonly gained: readonly Rights[]
}

/** A permission set that the person may take in the key's account. */
export interface Candidate {
  readonly roleName: string
  readonly role: ProfileRole
  readonly difference: PolicyDifference
  /** In a sentence: why it stands where it stands. */
  readonly why: string
}

export interface Replacement extends Candidate {
  readonly none?: never
  /** The name that keeps working: of the profile that held the key, else of a profile that has this role, else a new one. */
  readonly profileName: string
  /** Best first, without the chosen one. */
  readonly alternatives: readonly Candidate[]
}

export type NoReplacementReason =
  /** No session of this computer reaches the key's account. */
  | 'no-account'
  /** The account is reached, and no permission set in it is granted. */
  | 'no-permission-set'
  /** `--permission-set` named one that is not granted there. */
  | 'not-granted'
  /** Which account it is of could not be found out. */
  | 'unknown-account'
  /** A root user's key: nothing takes its place. */
  | 'root'
  /** Nobody is signed in, or the portal could not be asked. */
  | 'not-signed-in'
  /** Bait: not a key that anybody works with. */
  | 'canary'

export interface NoReplacement {
  readonly none: NoReplacementReason
  /** What to do, in sentences. */
  readonly advice: string
}
