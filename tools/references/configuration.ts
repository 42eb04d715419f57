/** The server's part of docs/reference/configuration.md: every option, and the variable that stands for it. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OPTIONS, VARIABLES, variableOf } from '../../packages/server/src/config.ts'
import { FILE_KEYS } from '../../packages/server/src/config-file.ts'
import { root } from '../build/target.ts'

const BEGIN = '<!-- written by tools/write-references.ts -->'
const END = '<!-- end -->'

/** The page as it is, with what stands between the two marks written anew. */
export async function writeConfiguration(): Promise<string> {
  const page = readFileSync(join(root, 'docs/reference/configuration.md'), 'utf8')
  const [before, rest] = [page.slice(0, page.indexOf(BEGIN)), page.slice(page.indexOf(END))]
  return `${before}${BEGIN}\n\n${[...optionTable(), '', ...variableTable(), '', ...fileKeys()].join('\n')}\n\n${rest}`
}

const optionTable = (): string[] => [
  '| option | variable | what, and what counts without it |',
  '| --- | --- | --- |',
  ...Object.entries(OPTIONS).flatMap(([name, option]) => {
    const variable = variableOf(name)
    const words = `--${name}${'value' in option ? ` ${option.value}` : ''}`
    return variable === undefined ? [] : [`| \`${words}\` | \`${variable}\` | ${option.summary} |`]
  }),
]

const variableTable = (): string[] => [
  '| variable alone | what, and what counts without it |',
  '| --- | --- |',
  ...Object.entries(VARIABLES).map(([name, summary]) => `| \`${name}\` | ${summary} |`),
]

const fileKeys = (): string[] => [
  'A file (`--config`, YAML or JSON) takes these names, with lists and maps where an option may be repeated:',
  `${[...FILE_KEYS.keys()].map((name) => `\`${name}\``).join(', ')}.`,
]
