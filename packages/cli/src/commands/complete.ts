/** complete: what may stand at the end of a command line, asked by a shell's completion. */

import { type CompletionTable, completeLine } from '../finding/completion.ts'
import { readQuestion } from '../finding/completion-line.ts'
import { createCompletionNames } from '../finding/completion-names.ts'
import { SHELLS } from '../shell-hooks/shells.ts'
import { type Command, commonOptions } from './command.ts'

interface ListedCommand {
  readonly words: string
  readonly summary: string
  load(): Promise<Command>
}

/** What completion knows of all commands. The build keeps it in a file, so that no command is read for an answer. */
export async function createCompletionTable(listed: readonly ListedCommand[]): Promise<CompletionTable> {
  const commands = await Promise.all(
    listed.map(async ({ words, summary, load }) => {
      const { options, parameters } = await load()
      return { words, summary, options, usage: parameters?.usage, most: parameters?.most ?? 0 }
    }),
  )
  return { commands: commands.filter(({ words }) => words !== 'complete'), common: commonOptions }
}

/** The command, for a program that was not built. */
export const createComplete = (listed: readonly ListedCommand[]): Command => ({
  words: 'complete',
  summary: 'answer a shell that completes a command line',
  options: [],
  parameters: { usage: 'SHELL -- WORD …', most: 1, program: true },
  example: 'mayfly complete fish -- sta',
  async run(_options, machine, { parameters, program }) {
    const shell = SHELLS.find((each) => each === parameters[0]) ?? 'fish'
    const { typed, format } = readQuestion(shell, program)
    const replies = await completeLine(
      typed,
      await createCompletionTable(listed),
      createCompletionNames(machine, SHELLS),
    )
    machine.terminal.write(format(replies))
    return 0
  },
})
