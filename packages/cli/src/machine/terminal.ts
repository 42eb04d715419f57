/** The terminal: what is printed, and what a person is asked. */

import { type Keyboard, type KeyStream, openKeyboard, type TypedAhead } from './keyboard.ts'
import { chooseRow } from './menu.ts'
import { NoTerminal, type Question } from './question.ts'
import { createScreen } from './screen.ts'
import { editLine } from './text-prompt.ts'

export interface Terminal {
  /** Whether somebody can be asked: standard input is a terminal. */
  readonly interactive: boolean
  /** Whether standard output is a terminal that shows bold text. */
  readonly styled: boolean
  /** Prints to standard output, as it stands. */
  write(text: string): void
  /** Prints to standard error, as it stands. */
  writeError(text: string): void
  /**
   * Asks for one line and answers it trimmed. Rejects with Interrupted on Ctrl-C, EndOfInput on Ctrl-D, and NoTerminal
   * when nobody can be asked.
   */
  ask(question: Question): Promise<string>
  /** Lets a person pick one of several rows, and answers its index; the menu is gone afterwards. Rejects as `ask`. */
  choose(rows: readonly string[]): Promise<number>
}

/** The streams of a process, or of a test. */
export interface TerminalStreams {
  readonly input: KeyStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
  readonly error: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
}

/** A terminal over these streams. */
export function createTerminal({ input, output, error }: TerminalStreams): Terminal {
  const interactive = input.isTTY === true
  const ahead: TypedAhead = { keys: [] }
  const withKeyboard = async <T>(task: (keyboard: Keyboard) => Promise<T>): Promise<T> => {
    if (!interactive) throw new NoTerminal('Input is not a terminal.')
    const keyboard = openKeyboard(input, ahead)
    try {
      return await task(keyboard)
    } finally {
      keyboard.close()
    }
  }
  return {
    interactive,
    styled: output.isTTY === true,
    write: (text) => void output.write(text),
    writeError: (text) => void error.write(text),
    ask: async (question) => {
      const shownOn = question.isSecret ? error : output
      if (question.isSecret && error.isTTY !== true) throw new NoTerminal('Standard error is not a terminal.')
      return withKeyboard((keyboard) => editLine(question, keyboard, createScreen(shownOn)))
    },
    choose: (rows) => withKeyboard((keyboard) => chooseRow(rows, keyboard, createScreen(output))),
  }
}
