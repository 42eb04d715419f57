/** What retiring one long-term access key means, before anything is done. */

import type { EditPlan } from '../edits/file-edit.ts'
import type { ReplacingProfile } from '../edits/plan-edits.ts'
import type { KeyFacts } from '../inquiry/key-facts.ts'
import type { FoundKey } from '../key/found-key.ts'
import type { Snippet } from '../replacement/machines/snippet.ts'
import type { NoReplacement, Replacement } from '../replacement/replacement.ts'

/** The steps of a retirement, in order, and when each is due at the earliest. */
export interface PlannedStep {
  readonly step: 'swap' | 'soak' | 'deactivate' | 'delete'
  /** Of `soak`: until when. */
  readonly at: Date
}

export interface RetirementPlan {
  readonly accessKeyId: string
  /** 12 digits. */
  readonly accountId?: string
  /** Every place in which the key, or its secret, lies. */
  readonly found: readonly FoundKey[]
  /** With the state `unknown` where nobody was asked. */
  readonly facts: KeyFacts
  readonly replacement: Replacement | NoReplacement
  /** Absent without a replacement. */
  readonly profile?: ReplacingProfile
  /** Empty without a replacement. */
  readonly edits: EditPlan
  /** Empty where there is nothing to go on with: an obstacle, a root user's key, a canary. */
  readonly steps: readonly PlannedStep[]
  /** What stands in the way of the swap; empty when nothing does. Sentences. */
  readonly obstacles: readonly string[]
  /** For the machines that the key is of: a role of their own. Absent in a plan that was made without it. */
  readonly snippets?: readonly Snippet[]
}

export interface PlanOptions {
  /** Asks nobody: neither IAM nor the portal. */
  readonly offline?: boolean
  /** The profile to ask as. */
  readonly as?: string | undefined
  /** Signs nothing with the key itself. */
  readonly noSigning?: boolean
  /** Days between the swap and the deactivation. */
  readonly soakDays: number
  /** Days between the deactivation and the deletion. */
  readonly restDays: number
  /** The name of the permission set that the person wants. */
  readonly permissionSet?: string | undefined
  /** The profile that is to take its place; that of the key keeps its name without. */
  readonly profileName?: string | undefined
  readonly deletesHistory?: boolean
}
