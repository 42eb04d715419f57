/** Options of the commands that sign in. */

import type { CommandOption } from '../command.ts'

export const signInOptions: readonly CommandOption[] = [
  { name: '--no-browser', summary: 'print the address instead of opening it' },
  { name: '--use-device-code', summary: 'sign in with a code, in a browser on any device' },
]
