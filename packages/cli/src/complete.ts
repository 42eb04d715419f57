/** Answers a shell that completes a command line: a program of its own, so that it starts in a moment. */

import type { CompletionTable } from './finding/completion.ts'
import { completeLine } from './finding/completion.ts'
import { readQuestion } from './finding/completion-line.ts'
import { createCompletionNames } from './finding/completion-names.ts'
import type { Machine } from './machine/machine.ts'
import { createReadingMachine, type ReadingMachine } from './machine/reading-machine.ts'
import { SHELLS } from './shell-hooks/shells.ts'

/** `typed` is what follows `mayfly complete`: the shell, `--`, and what it wants completed. Never fails. */
export async function answerShell(typed: readonly string[], table: CompletionTable): Promise<void> {
  try {
    const shell = SHELLS.find((each) => each === typed[0])
    if (!shell) return
    const { typed: words, format } = readQuestion(shell, typed.slice(typed[1] === '--' ? 2 : 1))
    // Names are read from files, and nothing else of a machine is touched on the way.
    const machine = createReadingMachine()
    const names = createCompletionNames(machine as ReadingMachine & Machine, SHELLS)
    machine.print(format(await completeLine(words, table, names)))
  } catch {
    // A shell in the middle of a line is no place for a message.
  }
}
