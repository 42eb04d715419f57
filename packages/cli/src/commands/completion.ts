/** completion: what a shell reads to complete Mayfly's command line, for those who install it themselves. */

import { completionScript } from '../shell-hooks/completion-script.ts'
import type { Command } from './command.ts'
import { findNamedShell } from './hook.ts'

export const completion: Command = {
  words: 'completion',
  summary: "print the shell's completion alone; mayfly hook install brings it along",
  options: [],
  parameters: { usage: '[SHELL]', most: 1 },
  example: 'mayfly completion bash',
  async run(_options, machine, { parameters }) {
    machine.terminal.write(completionScript(await findNamedShell(machine, parameters[0], 'completion')))
    return 0
  },
}
