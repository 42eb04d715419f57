/** The text of `mayfly-server --help`. */

import { COMMANDS } from './commands/commands.ts'
import { OPTIONS } from './config.ts'

/** Every command and every option, two columns. */
export function formatHelp(): string {
  const commands = COMMANDS.map(({ words, argument, summary }) => [
    `mayfly-server ${words.join(' ')}${argument === undefined ? '' : ` ${argument}`}`,
    summary,
  ])
  const options = Object.entries(OPTIONS).map(([name, option]) => [
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
    'MAYFLY_SERVER_KEY holds the server key (32 bytes, base64url) where DIR/server.key is not wanted.',
  ].join('\n')
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left = '']) => left.length))
  return rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`)
}
