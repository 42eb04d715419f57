/** Tells what went wrong on standard error: as a sentence with the next command, or as JSON for programs. */

import type { Machine } from '../machine/machine.ts'
import { Interrupted } from '../machine/question.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { addNearestRole } from './nearest-hint.ts'
import { describeProblem, type Problem, printable } from './problem.ts'

/** Tells the error, and answers the exit code. `typed` is the command line: `--debug`, `--json` and their like count. */
export async function tellProblem(error: unknown, machine: Machine, typed: readonly string[]): Promise<ExitCode> {
  const { terminal } = machine
  if (error instanceof Interrupted) {
    terminal.write('\n')
    return EXIT.interrupted
  }
  const problem = await addNearestRole(describeProblem(error), error, machine)
  // Behind dashes stand the words of another program.
  const dashes = typed.indexOf('--')
  const own = dashes === -1 ? typed : typed.slice(0, dashes)
  terminal.writeError(wantsJson(machine, own) ? formatJson(problem) : formatSentences(problem))
  if (own.includes('--debug')) terminal.writeError(`\n${printable(formatStack(error))}\n`)
  return problem.exitCode
}

/** Whoever reads the answer as JSON reads the refusal as JSON too, unless the AWS CLI's own switch says otherwise. */
function wantsJson({ env }: Machine, own: readonly string[]): boolean {
  const place = own.indexOf('--cli-error-format')
  const attached = own.find((word) => word.startsWith('--cli-error-format='))?.replace(/^[^=]*=/, '')
  const format = attached ?? (place === -1 ? env['AWS_CLI_ERROR_FORMAT'] : own[place + 1])
  return format === undefined ? own.includes('--json') : format === 'json'
}

const formatSentences = ({ message, hint }: Problem): string =>
  `\nmayfly: [ERROR]: ${printable(message)}\n${hint === undefined ? '' : `${printable(hint)}\n`}`

/** One line. The members are those of docs/reference/exit-codes.md; none is ever left out. */
const formatJson = ({ code, message, hint, exitCode }: Problem): string =>
  `${JSON.stringify({ error: { code, message: printable(message), hint: hint === undefined ? null : printable(hint), exitCode } })}\n`

function formatStack(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\nCaused by: ${formatStack(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}
