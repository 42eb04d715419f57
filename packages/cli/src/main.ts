/** argv, command, exit code. */

import { parseCommandLine, splitAtDashes, splitCommandWords } from './commands/arguments.ts'
import { formatCommandList, formatHelp } from './commands/help.ts'
import { commands } from './commands.ts'
import { closestWords } from './diagnosis/closest-words.ts'
import type { Machine } from './machine/machine.ts'
import { createSystemMachine } from './machine/system-machine.ts'
import { readVersion } from './machine/version.ts'
import { ArgumentRefusal } from './problems/argument-refusal.ts'
import { EXIT } from './problems/exit-codes.ts'

/** Runs one command line and answers the exit code. Nothing is thrown: what goes wrong is told on standard error. */
export async function run(typed: readonly string[], machine: Machine): Promise<number> {
  try {
    return await runCommand(typed, machine)
  } catch (error) {
    const { tellProblem } = await import('./problems/tell.ts')
    return tellProblem(error, machine, typed)
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
    if (command.loadAhead) await Promise.all([command.loadAhead(), machine.loadParts(), loadEnding()])
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

/** What tells how a command ended. */
const loadEnding = (): Promise<unknown> =>
  Promise.all([
    import('./problems/tell.ts'),
    import('./diagnosis/known-access.ts'),
    import('./diagnosis/refused-role.ts'),
  ])

function unknownCommand(words: string): ArgumentRefusal {
  const close = closestWords(
    words,
    commands.map((entry) => entry.words),
  )
  const hint = close === undefined ? 'See which there are: mayfly --help' : `Did you mean: mayfly ${close}`
  return new ArgumentRefusal(`There is no command "${words}".`, hint)
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
  // Node would open its debugger, which asks nobody who they are, to every user of this computer.
  process.on('SIGUSR1', () => undefined)
  process.once('SIGINT', () => {
    // Who waits for it ends by itself: files that hold a token go first.
    if (process.listenerCount('SIGINT') > 0) return
    process.stdout.write('\n')
    process.exit(EXIT.interrupted)
  })
  process.exitCode = await run(process.argv.slice(2), createSystemMachine())
}

// From source: node packages/cli/src/main.ts. The installed program calls start itself.
if (/[\\/]main\.ts$/.test(process.argv[1] ?? '')) void start()
