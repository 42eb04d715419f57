/** Something ready to be pasted, by which a machine has a role in place of a long-term key. */

export type MachineKind =
  | 'github-actions'
  | 'gitlab-ci'
  | 'other-ci'
  | 'terraform-cloud'
  | 'kubernetes'
  | 'container'
  | 'server'

export interface Snippet {
  readonly machine: MachineKind
  /** `GitHub Actions: in the workflow`. */
  readonly heading: string
  readonly language: 'shell' | 'json' | 'yaml' | 'ini' | 'text'
  readonly lines: readonly string[]
}

/** The role that is to be made, and what is known of the machine. */
export interface RolePlace {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string
  /** 12 digits. */
  readonly accountId: string
  readonly roleName: string
  readonly region: string
  /** ARNs of managed policies that the key's user has. */
  readonly policyArns: readonly string[]
  /** Names of policies of its own that it has. */
  readonly inlinePolicies: readonly string[]
  readonly userName?: string
  /** Where the repository lies in which the key was found. */
  readonly remote?: GitRemote
}

/** `github.com`, `acme/shop`. */
export interface GitRemote {
  readonly host: string
  readonly path: string
}

export const roleArnOf = ({ partition, accountId, roleName }: RolePlace): string =>
  `arn:${partition}:iam::${accountId}:role/${roleName}`

/** In China services have another ending. */
export const stsAudience = ({ partition }: RolePlace): string =>
  partition === 'aws-cn' ? 'sts.amazonaws.com.cn' : 'sts.amazonaws.com'

/** A document as a person writes it. */
export const jsonLines = (value: object): readonly string[] => JSON.stringify(value, undefined, 2).split('\n')
