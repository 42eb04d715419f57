/** Which lines of which files change so that a role takes a long-term key's place, and what a person has to do. */

import type { Machine } from '../../machine/machine.ts'
import type { ProfileRole } from '../../shared-config/profile-form.ts'
import type { FoundKey } from '../key/found-key.ts'
import type { EditPlan } from './file-edit.ts'

/** The profile that takes the key's place. */
export interface ReplacingProfile {
  readonly profileName: string
  readonly role: ProfileRole
  /** For a profile that says none itself. */
  readonly region?: string
  /** Of the role's sso-session: written where the config file does not have it. */
  readonly session?: { readonly startUrl: string; readonly region: string; readonly registrationScopes?: string }
}

export interface EditOptions {
  /** Deletes the entries of a shell's history that hold the key, too. */
  readonly deletesHistory?: boolean
}

/** Writes nothing. `found` are the places of one key, and of its secret. */
export async function planEdits(
  _machine: Machine,
  _found: readonly FoundKey[],
  _replacement: ReplacingProfile,
  _options: EditOptions = {},
): Promise<EditPlan> {
  return { edits: [], byHand: [] }
}
