/** A long-term access key that was found somewhere. The same key in two places is found twice. */

import type { HiddenSecret } from './hidden-secret.ts'
import type { KeyPlace, PlaceKind } from './key-place.ts'

/** What uses a key where it lies: a tool, by the profile, remote or provider under which it has it. */
export interface KeyUse {
  /** `AWS CLI and SDKs`, `rclone`, `Terraform` … */
  readonly tool: string
  /** `default` of `[default]`, `s3` of rclone's `[s3]` … */
  readonly name?: string
  /** What decides over it from elsewhere: `wins over AWS_PROFILE=dev in most tools`. */
  readonly note?: string
}

/** Who may read the file. */
export interface PlaceAccess {
  /** POSIX permission bits. */
  readonly mode: number
  readonly readableBy: 'owner' | 'group' | 'everyone'
}

export interface FoundKey {
  /** `AKIA…`; absent where a secret lies without its id. */
  readonly accessKeyId?: string
  /** Decoded from the id. 12 digits. */
  readonly accountId?: string
  /** Of a provider of bait: whoever uses such a key raises an alarm. */
  readonly isCanary: boolean
  /** Absent where the id lies alone. */
  readonly secret?: HiddenSecret
  readonly place: KeyPlace
  readonly kind: PlaceKind
  readonly uses: readonly KeyUse[]
  /** Absent for the environment and for history, and where the system does not tell. */
  readonly access?: PlaceAccess
}
