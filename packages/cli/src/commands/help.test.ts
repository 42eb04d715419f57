/** Help, as wide as a terminal. */

import { expect, test } from 'vitest'
import { commands } from '../commands.ts'
import { formatCommandList, formatHelp } from './help.ts'

const tooLong = (text: string): readonly string[] => text.split('\n').filter(({ length }) => length > 80)

test('the list of commands ends at 80 columns', () => {
  expect(tooLong(formatCommandList(commands, ''))).toEqual([])
})

test('every command is in it, once', () => {
  const listed = formatCommandList(commands, '').match(/^ {2}[a-z][a-z -]*?(?= {2,})/gm) ?? []
  expect(listed.map((words) => words.trim()).sort()).toEqual(commands.map(({ words }) => words).sort())
})

test.each(commands.map(({ words, load }) => ({ words, load })))(
  'the help of $words ends at 80 columns',
  async ({ words, load }) => {
    const command = await load()
    // The example is one line, to be pasted.
    expect(tooLong(formatHelp(command, words)).filter((line) => !line.includes(command.example))).toEqual([])
  },
)
