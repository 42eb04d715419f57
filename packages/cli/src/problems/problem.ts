/** What went wrong, in a sentence, with the next command and the exit code. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { EndOfInput, NoTerminal } from '../machine/question.ts'
import { ConfigurationRefusal } from '../shared-config/configuration-refusal.ts'
import { ArgumentRefusal } from './argument-refusal.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { findServiceHint } from './service-hints.ts'

export interface Problem {
  /** One word for programs: `NoRegion`, `ForbiddenException`, `not-found`, `ENOSPC`. */
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
  readonly exitCode: ExitCode
}

/** Words may come from a server: nothing in them may move the cursor, or turn the writing round. */
export const printable = (text: string): string =>
  text.replace(/(?![\n\t])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')

/** How an error of any kind is told. */
export function describeProblem(error: unknown): Problem {
  const problem = describe(error)
  return { ...problem, message: printable(problem.message), hint: problem.hint && printable(problem.hint) }
}

function describe(error: unknown): Problem {
  if (error instanceof ArgumentRefusal) {
    const message = `An error occurred (ParamValidation): ${error.message}`
    return { code: 'ParamValidation', message, hint: error.hint, exitCode: EXIT.arguments }
  }
  if (error instanceof ConfigurationRefusal) {
    const message = `An error occurred (${error.problem}): ${error.message}`
    return { code: error.problem, message, hint: error.hint, exitCode: EXIT.configuration }
  }
  if (error instanceof Refusal)
    return { code: error.code, message: error.message, hint: error.hint, exitCode: EXIT.other }
  if (error instanceof ServiceException) return describeException(error)
  if (error instanceof EndOfInput)
    return { code: 'EndOfInput', message: error.message, hint: 'Nothing was written.', exitCode: EXIT.other }
  if (error instanceof NoTerminal) {
    const hint = 'Nobody can be asked here. Run it in a terminal.'
    return { code: 'NoTerminal', message: error.message, hint, exitCode: EXIT.other }
  }
  const code = codeOf(error)
  const hint = SYSTEM_HINTS[code] ?? 'This is a fault of Mayfly. Add --debug to see where, and report it.'
  const message = error instanceof Error ? error.message : String(error)
  return { code: code || 'Fault', message, hint, exitCode: EXIT.other }
}

/** What a person can do about an error of the system's own. */
const SYSTEM_HINTS: Readonly<Record<string, string>> = {
  EACCES: 'Make the file readable and writable for yourself.',
  EPERM: 'Make the file readable and writable for yourself.',
  EROFS: 'The file system can only be read. Mount it so that it can be written.',
  ENOSPC: 'The disk is full. What was there is unchanged; make room and try again.',
  EDQUOT: 'Your share of the disk is full. What was there is unchanged; make room and try again.',
  EISDIR: 'There is a folder where a file should be.',
  ENOTDIR: 'There is a file where a folder should be.',
  ENOENT: 'A folder on the way is missing, or a symbolic link leads nowhere.',
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

function describeException(error: ServiceException): Problem {
  const operation = 'operation' in error && typeof error.operation === 'string' ? error.operation : undefined
  const where = operation === undefined ? '' : ` when calling the ${operation} operation`
  // An answer without an exception's name is known by its status, as to botocore.
  const name = error.name.replace(/^Http(?=\d+$)/, '')
  return {
    code: name,
    message: `An error occurred (${name})${where}: ${error.message}`,
    hint: findServiceHint(error),
    exitCode: EXIT.service,
  }
}
