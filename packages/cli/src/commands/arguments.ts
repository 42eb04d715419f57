/** What was typed, split into a command's words and its options. */

import { closestWords } from '../diagnosis/closest-words.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { type Command, type CommandOption, commonOptions, type OptionValues, type TypedWords } from './command.ts'

// Options of the AWS CLI that change nothing here; scripts written for it pass them along.
const WITHOUT_EFFECT: readonly CommandOption[] = [
  ...['--output', '--query', '--color', '--cli-binary-format', '--cli-error-format'].map((name) => ({
    name,
    value: 'VALUE',
    summary: '',
  })),
  ...['--no-cli-pager', '--no-paginate', '--no-cli-auto-prompt'].map((name) => ({ name, summary: '' })),
]

/** The words at the beginning, common options between them passed over; `rest` is everything that is no such word. */
export function splitCommandWords(
  typed: readonly string[],
  isCommand: (words: string) => boolean,
): { readonly words: string; readonly rest: readonly string[] } {
  const rest: string[] = []
  let words = ''
  for (let index = 0; index < typed.length; index += 1) {
    const word = typed[index] ?? ''
    if (word.startsWith('-')) {
      rest.push(word)
      const option = [...commonOptions, ...WITHOUT_EFFECT].find(({ name }) => name === word)
      const value = typed[index + 1]
      if (option?.value !== undefined && value !== undefined) {
        rest.push(value)
        index += 1
      }
      continue
    }
    const longer = words === '' ? word : `${words} ${word}`
    if (!isCommand(longer)) return { words, rest: [...rest, ...typed.slice(index)] }
    words = longer
  }
  return { words, rest }
}

/** What was typed before `--`, where options are looked for, and what after it. */
export function splitAtDashes(typed: readonly string[]): readonly [own: readonly string[], program: readonly string[]] {
  const dashes = typed.indexOf('--')
  return dashes === -1 ? [typed, []] : [typed.slice(0, dashes), typed.slice(dashes + 1)]
}

/**
 * Options by their names, and the words beside them. Refuses an unknown option, a missing value, a value that is none of
 * the choices, and a stray word.
 */
export function parseCommandLine(
  typed: readonly string[],
  { options: own, parameters }: Pick<Command, 'options' | 'parameters'>,
  words: string,
): { readonly options: OptionValues; readonly words: TypedWords } {
  const [rest, program] = splitAtDashes(typed)
  if (program.length > 0 && !parameters?.program)
    throw new ArgumentRefusal(`Unknown options: -- ${program.join(' ')}`, `See: mayfly ${words} --help`)
  const known = [...own, ...commonOptions, ...WITHOUT_EFFECT]
  const values: Record<string, string | true> = {}
  const stray: string[] = []
  for (let index = 0; index < rest.length; index += 1) {
    const [name = '', attached] = splitOnce(rest[index] ?? '')
    // A lone dash is a word: the one before, as for cd.
    if ((name === '-' || !name.startsWith('-')) && stray.length < (parameters?.most ?? 0)) {
      stray.push(name)
      continue
    }
    const option = known.find((candidate) => candidate.name === name)
    if (!option) throw unknownOption(rest[index] ?? '', [...own, ...commonOptions], words)
    if (option.value === undefined) {
      if (attached !== undefined)
        throw new ArgumentRefusal(`argument ${name}: takes no value`, `See: mayfly ${words} --help`)
      values[name.slice(2)] = true
      continue
    }
    const value = attached ?? rest[index + 1]
    if (attached === undefined) index += 1
    if (value === undefined)
      throw new ArgumentRefusal(`argument ${name}: expected one argument`, `See: mayfly ${words} --help`)
    checkValue(option, value, words)
    const former = values[name.slice(2)]
    values[name.slice(2)] = option.isRepeatable && former !== undefined ? `${former}\n${value}` : value
  }
  return { options: values, words: { parameters: stray, program } }
}

const splitOnce = (word: string): readonly [string, string | undefined] => {
  const delimiter = word.startsWith('--') ? word.indexOf('=') : -1
  return delimiter === -1 ? [word, undefined] : [word.slice(0, delimiter), word.slice(delimiter + 1)]
}

function unknownOption(typed: string, offered: readonly CommandOption[], words: string): ArgumentRefusal {
  const names = offered.map(({ name }) => name)
  const [name] = splitOnce(typed)
  const close = name.startsWith('-') ? closestWords(name, names) : undefined
  const hint = close === undefined ? `See: mayfly ${words} --help` : `Did you mean: mayfly ${words} ${close}`
  return new ArgumentRefusal(`Unknown options: ${typed}`, hint)
}

function checkValue({ name, choices, isNumber }: CommandOption, value: string, words: string): void {
  if (isNumber && !/^\d+(\.\d+)?$/.test(value)) {
    throw new ArgumentRefusal(`argument ${name}: '${value}' is not a number`, `See: mayfly ${words} --help`)
  }
  if (!choices || choices.includes(value)) return
  throw new ArgumentRefusal(
    `argument ${name}: Found invalid choice '${value}'. Valid choices are: ${choices.join(', ')}`,
    `See: mayfly ${words} --help`,
  )
}
