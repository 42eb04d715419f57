/** argv, command, exit code. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { ArgumentRefusal, parseCommandLine, splitAtDashes, splitCommandWords } from './commands/arguments.ts'
import { closestWords } from './commands/closest-words.ts'
import { formatCommandList, formatHelp } from './commands/help.ts'
import { commands } from './commands.ts'
import type { Machine } from './machine/machine.ts'
import { EndOfInput, Interrupted, NoTerminal } from './machine/question.ts'
import { createSystemMachine } from './machine/system-machine.ts'
import { ConfigurationRefusal } from './shared-config/configuration-refusal.ts'

/** The AWS CLI's exit codes (specification §11). */
const EXIT = { arguments: 252, configuration: 253, service: 254, other: 255, interrupted: 130 } as const

/** Runs one command line and answers the exit code. Nothing is thrown: what goes wrong is told on standard error. */
export async function run(typed: readonly string[], machine: Machine): Promise<number> {
  try {
    return await runCommand(typed, machine)
  } catch (error) {
    return tell(error, machine, typed.includes('--debug'))
  }
}

async function runCommand(typed: readonly string[], machine: Machine): Promise<number> {
  const asked = typed[0] === 'help' ? [...typed.slice(1), '--help'] : typed
  const isBeginning = (words: string): boolean =>
    commands.some((entry) => entry.words === words || entry.words.startsWith(`${words} `))
  const { words, rest } = splitCommandWords(asked, isBeginning)
  // `sso login help` is how the AWS CLI is asked, `-h` how nearly everything else is.
  const [own] = splitAtDashes(rest)
  const wantsHelp = own.includes('--help') || own.includes('-h') || (rest.length === 1 && rest[0] === 'help')
  if (own.includes('--version')) {
    machine.terminal.write(`mayfly/${await readVersion()}\n`)
    return 0
  }
  const entry = commands.find((candidate) => candidate.words === words)
  if (entry) {
    const command = await entry.load()
    if (wantsHelp) {
      machine.terminal.write(formatHelp(command, words))
      return 0
    }
    const typedLine = parseCommandLine(rest, command, words)
    return command.run(typedLine.options, machine, typedLine.words)
  }
  const list = formatCommandList(commands, words)
  if (wantsHelp) {
    machine.terminal.write(list)
    return 0
  }
  const stray = rest.find((word) => !word.startsWith('-'))
  if (stray === undefined) {
    machine.terminal.writeError(list)
    return EXIT.arguments
  }
  throw unknownCommand(words === '' ? stray : `${words} ${stray}`)
}

function unknownCommand(words: string): ArgumentRefusal {
  const close = closestWords(
    words,
    commands.map((entry) => entry.words),
  )
  const hint = close === undefined ? 'See which there are: mayfly --help' : `Did you mean: mayfly ${close}`
  return new ArgumentRefusal(`There is no command "${words}".`, hint)
}

async function readVersion(): Promise<string> {
  // `as string` keeps the compiler from pulling in a file that lies outside of the sources; a bundler embeds it.
  const { default: manifest } = await import('../package.json' as string, { with: { type: 'json' } })
  return String(manifest.version)
}

/** The sentence, what to do next, and the exit code. */
function tell(error: unknown, { terminal }: Machine, debug: boolean): number {
  if (error instanceof Interrupted) {
    terminal.write('\n')
    return EXIT.interrupted
  }
  const { message, hint, code } = describe(error)
  terminal.writeError(`\nmayfly: [ERROR]: ${printable(message)}\n`)
  if (hint !== undefined) terminal.writeError(`${printable(hint)}\n`)
  if (debug) terminal.writeError(`\n${formatStack(error)}\n`)
  return code
}

/** Words may come from a server: nothing in them may move the cursor. */
const printable = (text: string): string => text.replace(/(?![\n\t])\p{Cc}/gu, '')

interface Problem {
  readonly message: string
  readonly hint?: string | undefined
  readonly code: number
}

function describe(error: unknown): Problem {
  if (error instanceof ArgumentRefusal) {
    return { message: `An error occurred (ParamValidation): ${error.message}`, hint: error.hint, code: EXIT.arguments }
  }
  if (error instanceof ConfigurationRefusal) {
    const message = `An error occurred (${error.problem}): ${error.message}`
    return { message, hint: error.hint, code: EXIT.configuration }
  }
  if (error instanceof Refusal) return { message: error.message, hint: error.hint, code: EXIT.other }
  if (error instanceof ServiceException) return describeException(error)
  if (error instanceof EndOfInput) return { message: error.message, hint: 'Nothing was written.', code: EXIT.other }
  if (error instanceof NoTerminal) {
    const hint = 'Nobody can be asked here. Run it in a terminal.'
    return { message: error.message, hint, code: EXIT.other }
  }
  const hint = SYSTEM_HINTS[codeOf(error)] ?? 'This is a fault of Mayfly. Add --debug to see where, and report it.'
  return { message: error instanceof Error ? error.message : String(error), hint, code: EXIT.other }
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

const HINTS: Readonly<Record<string, string>> = {
  ForbiddenException:
    'The account or the role is not assigned to you, or no longer. To choose another: mayfly configure sso',
  ResourceNotFoundException: 'The account or the role is not there. To choose another: mayfly configure sso',
  TooManyRequestsException: 'The service asks for patience. Try again in a minute.',
  AccessDeniedException: 'The sign-in was refused, or the role does not allow this. To sign in again: mayfly sso login',
  InvalidGrantException: 'The code or the session is used up or has ended. Run: mayfly sso login',
  InvalidClientException: 'The server does not know this computer any more. Run: mayfly sso login',
  UnauthorizedClientException:
    'The server does not allow this way of signing in. Try: mayfly sso login --use-device-code',
  InvalidScopeException: 'The scopes are not allowed. Correct them: mayfly configure sso-session',
  InvalidRequestException: 'Check the start URL and its region: mayfly configure sso-session',
  MisdirectedRequest: 'Correct the start URL: mayfly configure sso-session',
  SlowDownException: 'The service asks for patience. Try again in a minute.',
  InternalServerException: 'This is a fault of the service. Try again in a minute.',
  ExpiredTokenException: 'The credentials have expired. Run: mayfly sso login',
  // STS, in the words of the Query protocol.
  ExpiredToken: 'The credentials have expired. Run: mayfly sso login',
  InvalidClientTokenId: 'The service does not know these credentials, or they were ended. Run: mayfly sso login',
  SignatureDoesNotMatch: "Are the secret key and this computer's clock right?",
}

/** For an answer without an exception's name. One without any member, a page in HTML, comes from no service of AWS's kind. */
function statusHint({ name, members }: ServiceException): string | undefined {
  if (/^Http5/.test(name)) return 'The service failed, or a proxy before it. Try again in a minute.'
  return /^Http\d/.test(name) && Object.keys(members).length === 0
    ? 'What answers there is no Identity Center. Correct the start URL: mayfly configure sso-session'
    : undefined
}

function describeException(error: ServiceException): Problem {
  const operation = 'operation' in error && typeof error.operation === 'string' ? error.operation : undefined
  const where = operation === undefined ? '' : ` when calling the ${operation} operation`
  // An answer without an exception's name is known by its status, as to botocore.
  const name = error.name.replace(/^Http(?=\d+$)/, '')
  return {
    message: `An error occurred (${name})${where}: ${error.message}`,
    hint: HINTS[error.name] ?? statusHint(error),
    code: EXIT.service,
  }
}

function formatStack(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\nCaused by: ${formatStack(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}

/** Runs the command line of this process. */
export async function start(): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (head, a closed pager) is no error.
    if (error.code === 'EPIPE') process.exit(0)
    process.stderr.write(`\nmayfly: [ERROR]: Standard output cannot be written: ${error.message}\n`)
    process.exit(EXIT.other)
  })
  // Where nobody can be told, the exit code still says it.
  process.stderr.on('error', () => undefined)
  process.once('SIGINT', () => {
    process.stdout.write('\n')
    process.exit(EXIT.interrupted)
  })
  process.exitCode = await run(process.argv.slice(2), createSystemMachine())
}

// From source: node packages/cli/src/main.ts. The installed program calls start itself.
if (/[\\/]main\.ts$/.test(process.argv[1] ?? '')) void start()
