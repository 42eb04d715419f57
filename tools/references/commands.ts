/** docs/reference/commands.md: every command and option of both programs. */

import { type CommandOption, commonOptions } from '../../packages/cli/src/commands/command.ts'
import { type CommandEntry, commands } from '../../packages/cli/src/commands.ts'
import { COMMANDS } from '../../packages/server/src/commands/commands.ts'
import { COMMAND_OPTIONS } from '../../packages/server/src/commands/options.ts'
import { OPTIONS } from '../../packages/server/src/config.ts'

export async function writeCommands(): Promise<string> {
  const sections = await Promise.all(commands.map(describeCommand))
  return `${[
    '# Commands',
    '',
    'Written by `tools/write-references.ts` from the commands themselves.',
    '',
    '## mayfly',
    '',
    'Exit codes are those of the AWS CLI, with a few more ([exit codes](exit-codes.md)).',
    'Options of every command:',
    '',
    ...optionTable(commonOptions),
    '',
    ...sections.flat(),
    '## mayfly-server',
    '',
    ...table(
      ['command', ''],
      [
        ['`mayfly-server`', 'serve, until it is told to stop'],
        ...COMMANDS.map(({ words, argument, summary }) => [
          code(['mayfly-server', ...words, argument].filter(Boolean).join(' ')),
          summary,
        ]),
      ],
    ),
    '',
    'Each option is also a variable: `--public-url` is `MAYFLY_PUBLIC_URL`.',
    '',
    ...table(
      ['option', ''],
      Object.entries(OPTIONS).map(([name, option]) => [
        code(`--${name}${'value' in option ? ` ${option.value}` : ''}`),
        option.summary,
      ]),
    ),
    '',
    'Options of single commands:',
    '',
    ...table(
      ['option', ''],
      Object.entries(COMMAND_OPTIONS).map(([name, option]) => [
        code(`--${name}${'value' in option ? ` ${option.value}` : ''}`),
        option.summary,
      ]),
    ),
  ].join('\n')}\n`
}

async function describeCommand({ words, summary, shortFor, load }: CommandEntry): Promise<string[]> {
  const head = [`### mayfly ${words}`, '']
  if (shortFor) return [...head, `Short for [mayfly ${shortFor}](#mayfly-${shortFor.replaceAll(' ', '-')}).`, '']
  const { options, parameters, example } = await load()
  const own = options.filter((option) => !commonOptions.includes(option))
  return [
    ...head,
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    ...(parameters ? [code(`mayfly ${words} [OPTIONS] ${parameters.usage}`), ''] : []),
    `    ${example}`,
    '',
    ...(own.length > 0 ? [...optionTable(own), ''] : []),
  ]
}

const optionTable = (options: readonly CommandOption[]): string[] =>
  table(
    ['option', ''],
    options.map(({ name, value, summary, choices }) => [
      code(value ? `${name} ${value}` : name),
      choices ? `${summary}: ${choices.map(code).join(', ')}` : summary,
    ]),
  )

const code = (text: string): string => `\`${text}\``

const table = (head: string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
