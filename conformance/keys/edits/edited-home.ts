/** A home on a real disk, and the edits of its files that replace one long-term key by a role. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { detectKeys } from '../../../packages/cli/src/long-term-keys/detection/detect-keys.ts'
import { applyEdit, revertEdit } from '../../../packages/cli/src/long-term-keys/edits/apply-edit.ts'
import type { EditPlan, FileEdit } from '../../../packages/cli/src/long-term-keys/edits/file-edit.ts'
import { planEdits, type ReplacingProfile } from '../../../packages/cli/src/long-term-keys/edits/plan-edits.ts'
import type { FoundKey } from '../../../packages/cli/src/long-term-keys/key/found-key.ts'
import { kindOfPath } from '../../../packages/cli/src/long-term-keys/search/place-kind.ts'
import { createFiles } from '../../../packages/cli/src/machine/files.ts'
import { createInspection } from '../../../packages/cli/src/machine/inspection.ts'
import type { Machine } from '../../../packages/cli/src/machine/machine.ts'
import { createTestMachine } from '../../../packages/cli/src/testing/test-machine.ts'
import type { Home } from '../../harness/home.ts'

/** Memory, but for files: those are the home's. */
function machineOf(home: Home): Machine {
  let count = 0
  const files = createFiles(() => {
    count += 1
    return String(count)
  })
  return { ...createTestMachine({ home: home.path }), files, inspection: createInspection({}) }
}

/** What lies in these files of the home, as a search tells it. */
function findKeys(home: Home, names: readonly string[]): readonly FoundKey[] {
  return names.flatMap((name) => {
    const path = join(home.path, name)
    const kind = kindOfPath(path, home.path)
    return detectKeys(readFileSync(path, 'utf8')).map(
      ({ accessKeyId, secret, isCanary, line, column }): FoundKey => ({
        ...(accessKeyId !== undefined && { accessKeyId }),
        ...(secret && { secret }),
        isCanary,
        kind,
        place: { type: 'file', path, line, column },
        uses: [],
      }),
    )
  })
}

export interface EditedHome extends EditPlan {
  readonly machine: Machine
  /** The bytes that each edit took away. */
  readonly backups: ReadonlyMap<FileEdit, Uint8Array | null>
}

/** Plans, and makes every edit. */
export async function editHome(
  home: Home,
  names: readonly string[],
  replacement: ReplacingProfile,
): Promise<EditedHome> {
  const machine = machineOf(home)
  const plan = await planEdits(machine, findKeys(home, names), replacement)
  const backups = new Map<FileEdit, Uint8Array | null>()
  for (const edit of plan.edits) await applyEdit(machine, edit, async (former) => void backups.set(edit, former))
  return { ...plan, machine, backups }
}

/** Takes every edit back, the last one first. */
export async function undoEdits({ machine, edits, backups }: EditedHome): Promise<void> {
  for (const edit of edits.toReversed()) await revertEdit(machine, edit, backups.get(edit) ?? null)
}
