/** Where a long-term access key lies. */

/** The kinds of files that are told apart; `other` is any file that no tool is known to read. */
export type PlaceKind =
  | 'aws-credentials'
  | 'aws-config'
  | 'environment'
  | 'shell-startup'
  | 'shell-history'
  | 'dotenv'
  | 'docker'
  | 'compose'
  | 'terraform'
  | 'terraform-variables'
  | 'terraform-state'
  | 'terraform-cli'
  | 'kubernetes'
  | 'kubeconfig'
  | 'ci'
  | 'ide'
  | 'npm'
  | 'pip'
  | 'maven'
  | 's3cmd'
  | 'rclone'
  | 'boto'
  | 'restic'
  | 'duplicity'
  | 'git-history'
  | 'other'

/** A line of a file; lines and columns begin with 1, columns count UTF-16 units. */
export interface FilePlace {
  readonly type: 'file'
  /** Absolute. */
  readonly path: string
  readonly line: number
  readonly column: number
}

/** A variable of this process's environment. */
export interface EnvironmentPlace {
  readonly type: 'environment'
  readonly variable: string
}

/** A line of a file as a commit has it (or as an object that no commit has any more). */
export interface HistoryPlace {
  readonly type: 'history'
  /** The folder of the working tree, or of the bare repository. Absolute. */
  readonly repository: string
  /** The oldest commit that has it; absent for an object that none reaches. */
  readonly commit?: string
  /** Hash of the blob (or of the commit or tag whose message it is in). */
  readonly object: string
  /** Within the tree; absent where nothing names the object. */
  readonly path?: string
  readonly line: number
  readonly column: number
}

export type KeyPlace = FilePlace | EnvironmentPlace | HistoryPlace
