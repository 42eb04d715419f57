/** What README and the guides tell to type are commands that there are, with options that they have. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commonOptions } from '../../packages/cli/src/commands/command.ts'
import { commands } from '../../packages/cli/src/commands.ts'
import { root } from '../harness/root.ts'

const guides = readdirSync(join(root, 'docs/guides')).map((name) => `docs/guides/${name}`)

/** Each `mayfly …` of a block of code, of a line between backticks, or of a table: up to what is another program's. */
function typedIn(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8')
  const blocks = [...text.matchAll(/^(?: {4,}|\$ )?(mayfly [a-z].*)$/gm)].map(([, line = '']) => line)
  const spans = [...text.matchAll(/`(mayfly [a-z][^`]*)`/g)].map(([, line = '']) => line.replaceAll('\n', ' '))
  return [...blocks, ...spans].map((line) => line.replace(/\s+(--|#|[|>&;]+)(\s.*)?$|[|>;].*$/, '').trim())
}

async function problemOf(line: string): Promise<string | undefined> {
  const [, ...words] = line.split(/\s+/)
  const named = commands
    .filter((entry) => ` ${words.join(' ')} `.startsWith(` ${entry.words} `))
    .sort((one, other) => other.words.length - one.words.length)[0]
  if (!named) return commands.some((entry) => entry.words.startsWith(`${words[0]} `)) ? undefined : 'no such command'
  const { options } = await named.load()
  const known = [...options, ...commonOptions].map(({ name }) => name)
  const unknown = words.filter((word) => /^--[a-z]/.test(word)).map((word) => word.replace(/[=,.):].*$/, ''))
  return unknown.find((word) => !known.includes(word) && word !== '--help')
}

test.each(['README.md', ...guides])('%s tells to type what there is', async (page) => {
  const problems = await Promise.all(typedIn(page).map(async (line) => [line, await problemOf(line)] as const))
  expect(problems.filter(([, problem]) => problem !== undefined)).toEqual([])
})

test('a command or an option that is not there is seen', async () => {
  const lines = ['mayfly keys plan --no-such', 'mayfly nosuch', 'mayfly keys plan KEY --snippets']
  expect(await Promise.all(lines.map(problemOf))).toEqual(['--no-such', 'no such command', undefined])
  expect(typedIn('docs/guides/replace-long-term-keys.md')).toContain('mayfly keys retire --timer crontab')
})
