/** The terminal: what is printed, and what a person is asked. */

import { createKeyboard, type Keyboard } from './keyboard.ts'
import { chooseRow } from './menu.ts'
import { createScreen } from './screen.ts'
import { editLine } from './text-prompt.ts'

/** A question with a typed answer. */
export interface Question {
  /** The whole prompt, with its blank at the end: `SSO region [None]: `. */
  readonly prompt: string
  /** What Tab and typing offer. */
  readonly completions?: readonly Completion[]
  /** Says what is wrong with an answer (already trimmed); the line then stays open. */
  readonly check?: (answer: string) => string | undefined
  /** Lines below the prompt that change with the answer. */
  readonly preview?: (answer: string) => string | undefined
}

export interface Completion {
  readonly value: string
  /** A word about it, shown beside it. */
  readonly about?: string
}

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

/** The person pressed Ctrl-C: exit code 130, no message. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** The person pressed Ctrl-D, or the terminal went away, in the middle of a question. */
export class EndOfInput extends Error {
  override readonly name = 'EndOfInput'
}

/** A question had to be asked and there is no terminal. */
export class NoTerminal extends Error {
  override readonly name = 'NoTerminal'
}

/** The streams of a process, or of a test. */
export interface TerminalStreams {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
  readonly error: NodeJS.WritableStream
}

/** A terminal over these streams. */
export function createTerminal({ input, output, error }: TerminalStreams): Terminal {
  const interactive = input.isTTY === true
  const withKeyboard = async <T>(task: (keyboard: Keyboard) => Promise<T>): Promise<T> => {
    if (!interactive) throw new NoTerminal('Input is not a terminal.')
    const keyboard = createKeyboard(input)
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
    ask: (question) => withKeyboard((keyboard) => editLine(question, keyboard, createScreen(output))),
    choose: (rows) => withKeyboard((keyboard) => chooseRow(rows, keyboard, createScreen(output))),
  }
}
