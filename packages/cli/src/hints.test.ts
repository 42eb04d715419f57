/** Whatever Mayfly tells people to type is a command that it has, with options that this has. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commonOptions } from './commands/command.ts'
import { commands } from './commands.ts'

const FOLDER = import.meta.dirname

/** Words behind `mayfly` that are no command line: names of things, and sentences. */
const PROSE = /^(data key|access |replies|that (sets|changes|is at work|reads) )/

/** A source without its comments, a value that is put into a text standing as `VALUE`. */
const readSource = (path: string): string =>
  readFileSync(path, 'utf8')
    .replaceAll(/^\s*(\/\*\*|\*|\/\/).*$/gm, '')
    .replaceAll(/\$\{[^{}]*\}/g, ' VALUE ')
    .replaceAll(/\$\{[^{}]*\}/g, ' VALUE ')
    .replaceAll(/\\+n/g, '\n')

/** `storage sealed --passphrase` out of a sentence that says so. */
const listLines = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w/.@>-])mayfly ([a-z][^\n;:,()"'`…]*)/g)].map(
    ([, line]) => (line ?? '').split('. ')[0] ?? '',
  )

async function findFault(line: string): Promise<string | undefined> {
  const words = line.trim().split(' ')
  const entry = commands
    .filter((each) => `${line} `.startsWith(`${each.words} `) || line.startsWith(`${each.words}.`))
    .toSorted((one, other) => other.words.length - one.words.length)[0]
  const isGroup = commands.some((each) => each.words.startsWith(`${words[0]} `))
  if (!entry) return isGroup && words.length === 1 ? undefined : 'no such command'
  const { options } = await entry.load()
  const known = new Set([...options, ...commonOptions].map(({ name }) => name))
  const end = words.indexOf('--')
  const unknown = words
    .slice(0, end < 0 ? undefined : end)
    .filter((word) => /^--[a-z]/.test(word) && !known.has(word.replace(/[=.].*$/, '')))
  return unknown.length === 0 ? undefined : `no option ${unknown.join(', ')}`
}

test('every command line in a message can be typed', async () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('testing'),
  )
  const lines = new Set(files.flatMap((name) => listLines(readSource(join(FOLDER, name)))))
  expect(lines.size).toBeGreaterThan(60)
  const faults: string[] = []
  for (const line of lines) {
    const fault = PROSE.test(line) ? undefined : await findFault(line)
    if (fault !== undefined) faults.push(`mayfly ${line}: ${fault}`)
  }
  expect(faults).toEqual([])
})
