/** The text of `mayfly-server --help`. */

import type { Command } from './commands/command.ts'
import { COMMANDS } from './commands/commands.ts'
import { COMMAND_OPTIONS } from './commands/options.ts'
import { OPTIONS, VARIABLES } from './config.ts'

/** Lines that work as they stand, once names and folders are the reader's own. */
export const EXAMPLES: readonly (readonly [line: string, summary: string])[] = [
  ['mayfly-server --example', 'try it: alice and bob, on http://localhost:7373'],
  ['mayfly-server --data /var/lib/mayfly --public-url https://sign-in.example.com --trust-proxy 127.0.0.1/32', ''],
  ['mayfly-server users list --data /var/lib/mayfly', ''],
  ['mayfly-server users reset-password alice --data /var/lib/mayfly --public-url https://sign-in.example.com', ''],
  ['mayfly-server audit list --user alice --since 2026-11-01 --data /var/lib/mayfly', ''],
  ['mayfly-server backup /var/backups/mayfly.gz --config /etc/mayfly/mayfly.yaml', ''],
  ['mayfly-server users reset-mfa alice --data /var/lib/mayfly', 'alice has lost her phone'],
]

/** The help of the commands that begin with these words, or of everything when none does. */
export function formatHelp(asked: readonly string[] = []): string {
  const named = COMMANDS.filter(({ words }) => words.every((word, index) => (asked[index] ?? word) === word))
  const chosen = asked.length === 0 || named.length === 0 ? COMMANDS : named
  return chosen === COMMANDS ? formatWholeHelp() : chosen.map(formatCommand).join('\n\n')
}

const usageOf = ({ words, argument }: Command): string =>
  `mayfly-server ${words.join(' ')}${argument === undefined ? '' : ` ${argument}`}`

const formatCommand = (command: Command): string =>
  [
    usageOf(command),
    `  ${command.summary}`,
    `  Example: mayfly-server ${command.example}`,
    '  mayfly-server --help names every option.',
  ].join('\n')

/** Every command, option and variable in two columns, and examples. */
function formatWholeHelp(): string {
  const commands = COMMANDS.map((command) => [usageOf(command), command.summary])
  const options = Object.entries(OPTIONS).map(([name, option]) => [
    `--${name}${'value' in option ? ` ${option.value}` : ''}`,
    option.summary,
  ])
  const commandOptions = Object.entries(COMMAND_OPTIONS).map(([name, option]) => [
    `--${name}${'value' in option ? ` ${option.value}` : ''}`,
    option.summary,
  ])
  return [
    'An IAM Identity Center to run yourself.',
    '',
    ...columns([['mayfly-server', 'serve, until SIGTERM'], ...commands]),
    '',
    'Options, each also as an environment variable (--public-url is MAYFLY_PUBLIC_URL):',
    ...columns(options),
    '',
    'Options of single commands:',
    ...columns(commandOptions),
    '',
    'Variables without an option:',
    ...columns(Object.entries(VARIABLES)),
    '',
    'Examples (commands work while the server runs, and take the same --data or --database as it):',
    ...EXAMPLES.map(([line, summary]) => `  ${line}${summary === '' ? '' : `   # ${summary}`}`),
  ].join('\n')
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left = '']) => left.length))
  return rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`)
}
