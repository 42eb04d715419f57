/** Questions of the configure commands, in the form that the AWS CLI gives them. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import { type Completion, NoTerminal } from '../../machine/question.ts'

export interface ValueQuestion {
  /** `SSO region`. */
  readonly text: string
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
  const { text, current, showsNone = true, isRequired = false, completions, check, preview } = question
  const shown = current === undefined ? (showsNone ? ' [None]' : '') : ` [${current}]`
  const answer = await withTerminal(() =>
    machine.terminal.ask({
      prompt: `${text}${shown}: `,
      check: (typed) => {
        const value = typed === '' ? (current ?? '') : typed
        if (isRequired && value === '') return 'A value is required'
        return check?.(value)
      },
      ...(completions && { completions }),
      ...(preview && { preview: (typed) => preview(typed === '' ? (current ?? '') : typed) }),
    }),
  )
  return answer === '' ? current : answer
}

/** Asks for a value until there is one. */
export async function askRequired(machine: Machine, question: ValueQuestion): Promise<string> {
  return (await askValue(machine, { ...question, isRequired: true })) ?? ''
}

/** Lets the person pick a row. */
export async function chooseFrom<Row>(
  machine: Machine,
  rows: readonly Row[],
  format: (row: Row) => string,
): Promise<Row> {
  const index = await withTerminal(() => machine.terminal.choose(rows.map(format)))
  const row = rows[index]
  if (row === undefined) throw new Refusal('invalid', 'Nothing was chosen.')
  return row
}

/** Refused at once where nobody can answer: half a configuration helps no one. */
export function refuseWithoutTerminal(machine: Machine): void {
  if (!machine.terminal.interactive) throw noTerminal()
}

const noTerminal = (): Refusal =>
  new Refusal('invalid', 'Input is not a terminal: there is nobody to ask.', {
    hint: 'Run it in a terminal, or write the sso-session and the profile into ~/.aws/config and run: mayfly sso login',
  })

async function withTerminal<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw error instanceof NoTerminal ? noTerminal() : error
  }
}
