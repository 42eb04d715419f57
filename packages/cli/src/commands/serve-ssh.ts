/** serve --ssh: a shell or a command on another host that has the credentials while it runs. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import type { OptionValues, TypedWords } from './command.ts'
import type { PlannedClient } from './serve-clients.ts'

export async function serveOverSsh(
  _machine: Machine,
  _options: OptionValues,
  _plan: readonly PlannedClient[],
  _words: TypedWords,
): Promise<number> {
  throw new Refusal('invalid', 'not built yet')
}
