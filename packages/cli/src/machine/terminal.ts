/** The terminal: what is printed, and what a person is asked. */

import { type Keyboard, type KeyStream, openKeyboard, type TypedAhead } from './keyboard.ts'
import { chooseRow } from './menu.ts'
import { type Picker, pickRow } from './picker.ts'
import { createPickerScreen } from './picker-screen.ts'
import { NoTerminal, type Question } from './question.ts'
import { createScreen } from './screen.ts'
import { editLine } from './text-prompt.ts'
import { aborted, askHidden, standStill, type Waiting } from './waiting.ts'

export interface Terminal {
  /** Whether somebody can be asked: standard input is a terminal. */
  readonly interactive: boolean
  /** Whether standard output is a terminal that shows bold text. */
  readonly styled: boolean
  /** Whether standard output is a terminal: a person reads it, and no program. */
  readonly shown: boolean
  /** Whether standard error is a terminal: somebody may see what is said there besides the command's own output. */
  readonly watched: boolean
  /** Characters in a row and rows of that terminal; 80 × 24 where it does not say. */
  readonly size: { readonly columns: number; readonly rows: number }
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
  /**
   * Lets a person find one of thousands of rows, and answers its index. Drawn on standard error, and gone afterwards.
   * Rejects as `ask`, and with NoTerminal also when standard error is no terminal.
   */
  pick(picker: Picker): Promise<number>
  /**
   * Shows sentences below the last line until `signal` gives them up, then takes them away; nothing where nobody
   * watches, or behind the shell. Resolves when the hidden question was answered, otherwise never; rejects with the
   * signal's reason, or Interrupted.
   */
  wait(waiting: Waiting, signal: AbortSignal): Promise<void>
}

/** The streams of a process, or of a test. */
export interface TerminalStreams {
  readonly input: KeyStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
  readonly error: NodeJS.WritableStream & {
    readonly isTTY?: boolean
    readonly columns?: number
    readonly rows?: number
  }
  /** Whether a terminal may be written to in colours (NO_COLOR); true when not said. */
  readonly hasColours?: boolean
  /** Whether this process may read and draw, and is not a job behind the shell. */
  readonly isForeground: () => boolean
}

/** A terminal over these streams. */
export function createTerminal(streams: TerminalStreams): Terminal {
  const { input, output, error, isForeground, hasColours = true } = streams
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
    styled: output.isTTY === true && hasColours,
    shown: output.isTTY === true,
    watched: error.isTTY === true,
    get size() {
      return { columns: error.columns || 80, rows: error.rows || 24 }
    },
    write: (text) => void output.write(text),
    writeError: (text) => void error.write(text),
    ask: async (question) => {
      const shownOn = question.isSecret ? error : output
      if (question.isSecret && error.isTTY !== true) throw new NoTerminal('Standard error is not a terminal.')
      return withKeyboard((keyboard) => editLine(question, keyboard, createScreen(shownOn)))
    },
    choose: (rows) => withKeyboard((keyboard) => chooseRow(rows, keyboard, createScreen(output))),
    async pick(picker) {
      if (!interactive) throw new NoTerminal('Input is not a terminal.')
      if (error.isTTY !== true) throw new NoTerminal('Standard error is not a terminal.')
      return pickRow(picker, {
        screen: createPickerScreen(error, hasColours),
        openKeyboard: () => openKeyboard(input, ahead),
        suspend: () => suspend(isForeground),
      })
    },
    async wait({ sentences, question }, signal) {
      if (error.isTTY !== true || !isForeground()) return aborted(signal)
      const screen = createScreen(error)
      if (!question || !interactive) return standStill(sentences, screen, signal)
      // What was typed ahead was meant for the questions that come later.
      const later = ahead.keys.splice(0)
      const place = {
        screen,
        openKeyboard: () => openPasteKeyboard(input, error, ahead),
        suspend: () => suspend(isForeground),
      }
      return askHidden(sentences, question, place, signal).finally(() => ahead.keys.push(...later))
    },
  }
}

const [PASTE_MODE_ON, PASTE_MODE_OFF] = ['\x1b[?2004h', '\x1b[?2004l'] as const

/** A keyboard to which the terminal marks what is pasted, and that leaves the terminal as it was however this ends. */
function openPasteKeyboard(input: KeyStream, error: NodeJS.WritableStream, ahead: TypedAhead): Keyboard {
  const keyboard = openKeyboard(input, ahead)
  error.write(PASTE_MODE_ON)
  const close = (): void => {
    process.off('exit', close).off('SIGTERM', end)
    error.write(PASTE_MODE_OFF)
    keyboard.close()
  }
  const end = (): void => {
    close()
    process.kill(process.pid, 'SIGTERM')
  }
  process.once('exit', close).once('SIGTERM', end)
  return { ...keyboard, close }
}

/** Stops the whole group, as the terminal's own Ctrl-Z does; where there are no such signals, goes on. */
async function suspend(isForeground: () => boolean): Promise<boolean> {
  try {
    process.kill(0, 'SIGTSTP')
  } catch {
    return isForeground()
  }
  // Time stands still for a stopped process. One without a shell above it is not stopped, and goes on.
  await new Promise((resolve) => setTimeout(resolve, 100))
  return isForeground()
}
