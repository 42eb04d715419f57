/** What a command is. */

import type { Machine } from '../machine/machine.ts'

export interface CommandOption {
  /** As it is typed, with its dashes: `--no-browser`. */
  readonly name: string
  /** What stands for the value in the help (`NAME`); a switch has none. */
  readonly value?: string
  readonly summary: string
  /** The only values that are taken; anything else ends with exit code 252. */
  readonly choices?: readonly string[]
  /** Takes a number that is not negative. */
  readonly isNumber?: true
  /** May be given more than once: see `listOption`. */
  readonly isRepeatable?: true
}

/** Words that are no options: `mayfly use prod`, `mayfly exec prod -- aws s3 ls`. */
export interface CommandParameters {
  /** As the usage line shows them: `[PROFILE] -- PROGRAM [ARGUMENT …]`. */
  readonly usage: string
  /** How many may stand before `--`. */
  readonly most: number
  /** What follows `--` is a program to run, verbatim. */
  readonly program?: true
}

/** The words that were typed beside the options. */
export interface TypedWords {
  readonly parameters: readonly string[]
  /** What followed `--`; empty without one. */
  readonly program: readonly string[]
}

/** Nothing but options. */
export const NO_WORDS: TypedWords = { parameters: [], program: [] }

/** What was typed: an option's value by its name without the leading dashes; a switch is `true`. */
export type OptionValues = Readonly<Record<string, string | true | undefined>>

export interface Command {
  /** How it is called: `configure sso`. */
  readonly words: string
  /** One line, for the list of commands. */
  readonly summary: string
  readonly options: readonly CommandOption[]
  /** Which words it takes beside its options; none when left out. */
  readonly parameters?: CommandParameters
  /** A line that works as it stands. */
  readonly example: string
  /**
   * Loads what it needs once it is under way, for one that takes minutes or waits for a person: an update may replace the files
   * of this program meanwhile.
   */
  readonly loadAhead?: () => Promise<unknown>
  /** Does it. Answers the exit code; throws a Refusal when it cannot go on. */
  run(options: OptionValues, machine: Machine, words: TypedWords): Promise<number>
}

/** The typed value of an option, or nothing. */
export function findOption(options: OptionValues, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** Every value of a repeatable option, in the order typed. */
export const listOption = (options: OptionValues, name: string): readonly string[] =>
  findOption(options, name)?.split('\n') ?? []

/** `--json`, with the members that it prints: scripts rely on them, so none is ever renamed or left out. */
export const jsonOption = (shape: string): CommandOption => ({ name: '--json', summary: `print JSON: ${shape}` })

/** Options that every command takes. `--region` and `--ca-bundle` mean what they mean to the AWS CLI. */
export const commonOptions: readonly CommandOption[] = [
  { name: '--profile', value: 'NAME', summary: 'the profile to use instead of AWS_PROFILE' },
  { name: '--region', value: 'REGION', summary: 'the region to use instead of AWS_REGION' },
  { name: '--endpoint-url', value: 'URL', summary: 'where to send requests instead of the usual address' },
  { name: '--ca-bundle', value: 'FILE', summary: 'certificates to trust (PEM)' },
  { name: '--no-verify-ssl', summary: 'do not check certificates' },
  {
    name: '--cli-connect-timeout',
    value: 'SECONDS',
    summary: 'how long a connection may take (60; 0 waits forever)',
    isNumber: true,
  },
  {
    name: '--cli-read-timeout',
    value: 'SECONDS',
    summary: 'how long an answer may take (60; 0 waits forever)',
    isNumber: true,
  },
  { name: '--debug', summary: 'show where an error came from' },
  { name: '--help', summary: 'show this help' },
]
