/** One line a request, as JSON; no secret in it. */

import type { Clock } from '@mayfly/identity-center/clock'
import type { LogLevel } from './settings.ts'

type Fields = Readonly<Record<string, unknown>>

export interface Log {
  info(message: string, fields?: Fields): void
  warn(message: string, fields?: Fields): void
  error(message: string, fields?: Fields): void
}

const RANKS: Readonly<Record<LogLevel, number>> = { silent: 0, error: 1, warn: 2, info: 3 }

/** Writes what is as grave as `level` or graver, each entry as one line of JSON handed to `write`. */
export function createLog(level: LogLevel, clock: Clock, write: (line: string) => void): Log {
  const entry =
    (grade: Exclude<LogLevel, 'silent'>) =>
    (message: string, fields: Fields = {}): void => {
      if (RANKS[grade] > RANKS[level]) return
      write(`${JSON.stringify({ time: clock.now().toISOString(), level: grade, message, ...fields })}\n`)
    }
  return { info: entry('info'), warn: entry('warn'), error: entry('error') }
}

/** Gathers what is logged in one turn of the event loop: a write for each line would cost each request. */
export function inBatches(write: (text: string) => void): (line: string) => void {
  let lines: string[] = []
  return (line) => {
    if (lines.push(line) > 1) return
    setImmediate(() => {
      write(lines.join(''))
      lines = []
    })
  }
}

/** An error with its stack and its causes, for the log alone. */
export function describeError(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: String(error) }
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
  return { error: error.message, name: error.name, stack: error.stack, ...cause }
}
