/** configure list-profiles: the names of all profiles, one a line. */

import { loadSharedConfig } from '../../shared-config/shared-config.ts'
import { type Command, jsonOption } from '../command.ts'

export const configureListProfiles: Command = {
  words: 'configure list-profiles',
  summary: 'list the profiles, one name a line',
  options: [jsonOption('an array of names')],
  example: 'mayfly configure list-profiles',
  async run(options, machine) {
    const { profiles } = await loadSharedConfig(machine)
    const names = [...profiles.keys()]
    // As they are for a program; in a terminal nothing in them moves the cursor.
    const shown = machine.terminal.shown ? names.map((name) => name.replace(/\p{Cc}/gu, '')) : names
    const lines = shown.map((name) => `${name}\n`).join('')
    machine.terminal.write(options['json'] === true ? `${JSON.stringify(names, undefined, 2)}\n` : lines)
    return 0
  },
}
