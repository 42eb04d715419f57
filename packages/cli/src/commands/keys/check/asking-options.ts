/** Who is asked about keys, where a command asks AWS. */

import type { CommandOption } from '../../command.ts'

export const askingOptions: readonly CommandOption[] = [
  { name: '--as', value: 'PROFILE', summary: "the profile to ask as; otherwise a role of yours in the key's account" },
  { name: '--no-signing', summary: 'sign with none of the keys: their last use stays as it is' },
]
