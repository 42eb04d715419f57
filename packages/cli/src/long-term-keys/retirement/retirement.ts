/** The retirement of one long-term access key, as its journal has it: no secret is in it. */

import type { FileEdit } from '../edits/file-edit.ts'
import type { ReplacingProfile } from '../edits/plan-edits.ts'
import type { LastUse, Unanswered } from '../inquiry/key-facts.ts'

/** Those that end in `-ing` are begun and not known to be done: whoever comes next asks how far they came. */
export type RetirementStep =
  | 'planned'
  | 'swapping'
  | 'soaking'
  | 'deactivating'
  | 'inactive'
  | 'deleting'
  | 'deleted'
  | 'undoing'
  | 'undone'
  /** Ended by the person: the files stay changed, and the key is left as it is. */
  | 'closed'

/** Nothing more happens to them by themselves. */
export const FINAL_STEPS: readonly RetirementStep[] = ['deleted', 'undone', 'closed']

/** `writing`: begun, and not known to be done. `kept`: taken back by nobody, because the person wants it to stay. */
export type EditState = 'planned' | 'writing' | 'done' | 'restored' | 'kept'

export interface JournalledEdit {
  readonly edit: FileEdit
  readonly state: EditState
}

export const withState = (
  edits: readonly JournalledEdit[],
  index: number,
  state: EditState,
): readonly JournalledEdit[] => edits.map((each, at) => (at === index ? { ...each, state } : each))

/** Where the key lies that opens the backups of one retirement. */
export interface BackupKey {
  /** Its fingerprint. */
  readonly id: string
  readonly keptIn: 'keychain' | 'file'
}

/** What AWS says of the key at a moment. */
export interface KeyStanding {
  /** When it was asked. */
  readonly at: Date
  /** `gone`: there is none any more. `unknown`: nobody could say, or nobody was asked. */
  readonly status: 'Active' | 'Inactive' | 'gone' | 'unknown'
  /** Absent where nobody could say. */
  readonly lastUsed?: LastUse
  readonly userName?: string
  readonly cannot: readonly Unanswered[]
}

/** A use of the key that was none of ours, after the files had changed. */
export interface Straggler {
  readonly at: Date
  readonly service?: string
  readonly region?: string
  /** When Mayfly saw it. */
  readonly seenAt: Date
}

/** How far `mayfly keys retire --due` may go by itself, and not before when. */
export interface Schedule {
  readonly to: 'inactive' | 'deleted'
  readonly deactivateAt: Date
  /** With `deleted` alone. */
  readonly deleteAt?: Date
}

/** A line of what happened. */
export interface RetirementNote {
  readonly at: Date
  readonly what: string
}

export interface Retirement {
  readonly version: 1
  readonly accessKeyId: string
  /** 12 digits. */
  readonly accountId?: string
  readonly userName?: string
  readonly step: RetirementStep
  /** When the step began. */
  readonly since: Date
  readonly createdAt: Date
  /**
   * When AWS last answered: a clock that says less was set back. What this computer says alone does not count, for a clock
   * that runs ahead would stop everything until its time has come; AWS takes no signature from such a one.
   */
  readonly notedAt: Date
  /** What takes the key's place. */
  readonly profile: ReplacingProfile
  /** The profile under which the key is switched off and deleted. */
  readonly asProfile: string
  /** Days without a use after which the key may be deactivated; 0 for at once. */
  readonly soakDays: number
  /** Days between deactivation and deletion. */
  readonly restDays: number
  readonly edits: readonly JournalledEdit[]
  /** Absent where no backup was made, and once they are deleted. */
  readonly backupKey?: BackupKey
  /** When the files were changed and the profile had been tested. */
  readonly swappedAt?: Date
  /** Whom the test found behind the profile. */
  readonly testedArn?: string
  /** From when on uses are counted again, when later than the swap: somebody switched the key on again. */
  readonly soakFrom?: Date
  /** When the key was switched off, or when Mayfly saw that somebody else had. */
  readonly deactivatedAt?: Date
  readonly deactivatedBy?: 'us' | 'others'
  /** The last answer. */
  readonly standing?: KeyStanding
  readonly stragglers: readonly Straggler[]
  /** When we used the key ourselves. */
  readonly ownUses: readonly Date[]
  /** It opened nothing when it was planned: deleted, off or never there, which is more than nobody could say since. */
  readonly isDead?: true
  /** The person goes on without knowing the last use, and has typed the key id for it. */
  readonly isWithoutLastUse?: true
  /** An administrator has to do the step. */
  readonly isHandedOver?: true
  /** Why it is being undone, when not because the person said so. */
  readonly undoneBecause?: string
  readonly schedule?: Schedule
  readonly history: readonly RetirementNote[]
}
