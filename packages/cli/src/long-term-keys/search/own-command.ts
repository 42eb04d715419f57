/** A command of ours in a shell's history: whoever retires a key has typed its id, and that is no place where it lies. */

import type { Detected } from '../detection/detected.ts'
import type { PlaceKind } from '../key/key-place.ts'
import { lineAt } from './uses/text-around.ts'

/** Whether an id stands in a history as the word of `mayfly keys …`, without a secret. */
export const isOwnCommand = (kind: PlaceKind, text: string, { secret, idAt }: Detected): boolean =>
  kind === 'shell-history' && !secret && idAt !== undefined && /\bmayfly keys \w/.test(lineAt(text, idAt.start))
