/** tag: tags and colours of profiles, by which they are found and told apart. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { readTagRules, tagsPath, updateTagRules } from '../finding/tags.ts'
import { TAG_COLOURS, type TagRule } from '../hot/prompt-tags.ts'
import { formatPieces } from '../machine/picker-screen.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import type { IniEdit } from '../shared-config/ini-editor.ts'
import { type Command, findOption, jsonOption, type OptionValues } from './command.ts'

export const tag: Command = {
  words: 'tag',
  summary: 'tag and colour profiles by name or pattern; without words, list what is tagged',
  options: [
    { name: '--colour', value: 'COLOUR', summary: 'the colour in the picker and the prompt', choices: TAG_COLOURS },
    { name: '--confirm', summary: 'mayfly use asks before it goes there' },
    { name: '--no-confirm', summary: 'mayfly use does not ask' },
    { name: '--remove', summary: 'take tags, colour and confirmation away' },
    jsonOption('{ rules: [{ pattern, tags, colour, confirm }] }'),
  ],
  parameters: { usage: '[PATTERN [TAG …]]', most: 33 },
  example: "mayfly tag 'prod-*' production --colour red --confirm",
  async run(options, machine, { parameters: [pattern, ...tags] }) {
    if (pattern === undefined) {
      if (isChange(options)) throw new ArgumentRefusal('Which profiles?', "Name them: mayfly tag 'prod-*' …")
    } else {
      await updateTagRules(machine, [createEdit(pattern, tags, options)])
    }
    const rules = await readTagRules(machine)
    if (options['json'] === true) machine.terminal.write(formatJson(rules))
    else machine.terminal.write(formatText(rules, tagsPath(machine), machine.terminal.styled))
    return 0
  },
}

const isChange = (options: OptionValues): boolean =>
  ['colour', 'confirm', 'no-confirm', 'remove'].some((name) => options[name] !== undefined)

/** What was not said stays as it is. */
function createEdit(pattern: string, tags: readonly string[], options: OptionValues): IniEdit {
  const section = { type: 'profile', name: pattern } as const
  const odd = tags.find((each) => /[\s,]|\p{Cc}/u.test(each))
  if (odd !== undefined) throw new Refusal('invalid', `A tag is one word: ${JSON.stringify(odd)}`)
  if (options['remove'] === true) return { section, isDeleted: true }
  const confirm = options['confirm'] === true ? 'yes' : options['no-confirm'] === true ? 'no' : undefined
  const colour = findOption(options, 'colour')
  const values = {
    ...(tags.length > 0 && { tags: tags.join(', ') }),
    ...(colour !== undefined && { colour }),
    ...(confirm !== undefined && { confirm }),
  }
  if (Object.keys(values).length > 0) return { section, values }
  throw new ArgumentRefusal('Nothing to tag it with.', `For instance: mayfly tag '${pattern}' production --colour red`)
}

const formatJson = (rules: readonly TagRule[]): string =>
  `${JSON.stringify(
    {
      rules: rules.map(({ pattern, tags, colour, confirms }) => ({
        pattern,
        tags,
        colour: colour ?? null,
        confirm: confirms ?? null,
      })),
    },
    undefined,
    2,
  )}\n`

function formatText(rules: readonly TagRule[], path: string, hasColours: boolean): string {
  if (rules.length === 0) return `Nothing is tagged yet. What you tag is kept in ${path}.\n`
  const width = Math.max(...rules.map(({ pattern }) => pattern.length))
  const lines = rules.map(({ pattern, tags, colour, confirms }) => {
    const name = { text: pattern.padEnd(width), colour: colour === 'none' ? undefined : colour }
    const words = [...tags, ...(colour ? [`(${colour})`] : []), ...(confirms ? ['(asks)'] : [])]
    return `${formatPieces([name], hasColours)}  ${words.join(' ')}`.trimEnd()
  })
  return `${lines.join('\n')}\n`
}
