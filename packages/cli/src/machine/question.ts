/** What a person can be asked in a terminal, and how a question ends without an answer. */

/** A question with a typed answer. */
export interface Question {
  /** The whole prompt, with its blank at the end: `SSO region [None]: `. */
  readonly prompt: string
  /** What is typed is not shown, and the prompt goes to standard error: standard output may be read by a program. */
  readonly isSecret?: true
  /** What Tab and typing offer. */
  readonly completions?: readonly Completion[]
  /** Says what is wrong with an answer (already trimmed); the line then stays open. */
  readonly check?: (answer: string) => string | undefined
  /** As `check`, where that takes time: what is typed meanwhile is not shown. A rejection ends the question. */
  readonly verify?: (answer: string) => Promise<string | undefined>
  /** Lines below the prompt that change with the answer. */
  readonly preview?: (answer: string) => string | undefined
}

export interface Completion {
  readonly value: string
  /** A word about it, shown beside it. */
  readonly about?: string
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
