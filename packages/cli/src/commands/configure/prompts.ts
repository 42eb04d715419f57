/** Questions of the configure commands, in the form that the AWS CLI gives them. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import type { Completion } from '../../machine/question.ts'

export interface ValueQuestion {
  /** `SSO region`. */
  readonly text: string
  /** The option that answers it beforehand, and what was typed there. */
  readonly option: string
  readonly given: string | undefined
  /** Where nobody can be asked, an empty answer does not do, although it does for a person. */
  readonly needsPerson?: boolean
  /** Kept when the answer is empty, and shown in brackets. */
  readonly current?: string | undefined
  /** Whether `[None]` stands where there is no current value. Default true. */
  readonly showsNone?: boolean
  readonly isRequired?: boolean
  readonly completions?: readonly Completion[]
  /** Says what is wrong with a value. */
  readonly check?: (value: string) => string | undefined
  readonly preview?: (value: string) => string | undefined
}

/** Asks for a value; nothing when the answer is empty and there is no current one. */
export async function askValue(machine: Machine, question: ValueQuestion): Promise<string | undefined> {
  const { current, isRequired = false, check } = question
  const complaintAbout = (typed: string): string | undefined => {
    const value = typed === '' ? (current ?? '') : typed
    return isRequired && value === '' ? 'A value is required' : check?.(value)
  }
  const answer = findGivenAnswer(machine, question, complaintAbout) ?? (await ask(machine, question, complaintAbout))
  return answer === '' ? current : answer
}

/** The answer from the command line; where nobody can be asked, an empty one if that will do. */
function findGivenAnswer(
  { terminal }: Machine,
  { text, option, given, needsPerson = false }: ValueQuestion,
  complaintAbout: (typed: string) => string | undefined,
): string | undefined {
  if (given === undefined && terminal.interactive) return undefined
  const answer = given?.trim() ?? ''
  const complaint = complaintAbout(answer)
  if (given === undefined && (needsPerson || complaint !== undefined)) throw nobodyToAsk(text, option)
  if (complaint === undefined) return answer
  throw new Refusal('invalid', `${complaint}: ${option} ${answer}`, {
    hint: 'Correct it, or leave it out to be asked.',
  })
}

function ask(
  machine: Machine,
  { text, current, showsNone = true, completions, preview }: ValueQuestion,
  check: (typed: string) => string | undefined,
): Promise<string> {
  const shown = current === undefined ? (showsNone ? ' [None]' : '') : ` [${current}]`
  return machine.terminal.ask({
    prompt: `${text}${shown}: `,
    check,
    ...(completions && { completions }),
    ...(preview && { preview: (typed) => preview(typed === '' ? (current ?? '') : typed) }),
  })
}

/** Asks for a value until there is one. */
export async function askRequired(machine: Machine, question: ValueQuestion): Promise<string> {
  return (await askValue(machine, { ...question, isRequired: true })) ?? ''
}

export interface RowQuestion<Row> {
  /** `account`. */
  readonly text: string
  readonly option: string
  readonly given: string | undefined
  readonly rows: readonly Row[]
  readonly format: (row: Row) => string
  /** What stands for a row on the command line. */
  readonly keyOf: (row: Row) => string
}

/** Lets the person pick a row, or takes the one that was named on the command line. */
export async function chooseFrom<Row>(machine: Machine, question: RowQuestion<Row>): Promise<Row> {
  const { text, option, given, rows, format, keyOf } = question
  const all = rows.map(keyOf).join(', ')
  if (given !== undefined) {
    const row = rows.find((each) => keyOf(each) === given)
    if (row !== undefined) return row
    throw new Refusal('not-found', `You have no ${text} ${given}.`, { hint: `There are: ${all}` })
  }
  if (!machine.terminal.interactive) throw nobodyToAsk(text, option, `One of: ${all}`)
  const row = rows[await machine.terminal.choose(rows.map(format))]
  if (row === undefined) throw new Refusal('invalid', 'Nothing was chosen.')
  return row
}

/** Where nobody can answer, the question's own option is what helps. */
const nobodyToAsk = (text: string, option: string, more = ''): Refusal =>
  new Refusal('invalid', `Input is not a terminal: there is nobody to ask for the ${text}.`, {
    hint: `Say it on the command line with ${option}.${more === '' ? '' : ` ${more}`}`,
  })
