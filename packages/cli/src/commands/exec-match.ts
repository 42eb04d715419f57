/** exec --match: runs a program once for each of many roles. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import type { OptionValues, TypedWords } from './command.ts'

export async function runMatching(_options: OptionValues, _machine: Machine, _words: TypedWords): Promise<number> {
  throw new Refusal('invalid', 'This is not built yet.')
}
