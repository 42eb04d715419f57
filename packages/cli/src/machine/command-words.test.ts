import { expect, test } from 'vitest'
import { splitCommand, splitWords } from './command-words.ts'

test('words are split as Python shlex splits them', () => {
  expect(splitWords(`a "b c" 'd "e' f\\ g ""`)).toEqual(['a', 'b c', 'd "e', 'f g', ''])
  expect(splitWords(`"a\\"b\\c"`)).toEqual(['a"b\\c'])
  expect(splitWords(`'a\\'`)).toEqual(['a\\'])
  expect(splitWords('a\\')).toBeUndefined()
  expect(splitWords('"a')).toBeUndefined()
})

test('a command is split as a POSIX shell splits it', () => {
  expect(splitCommand(`/opt/my\\ tool --name "a b" 'c "d"'`, 'linux')).toEqual([
    '/opt/my tool',
    '--name',
    'a b',
    'c "d"',
  ])
  expect(splitCommand('tool "open', 'linux')).toBeUndefined()
})

test('on Windows a backslash is a part of a path, and doubles before a quote', () => {
  expect(splitCommand('"C:\\Program Files\\tool.exe" -x C:\\a\\b', 'win32')).toEqual([
    'C:\\Program Files\\tool.exe',
    '-x',
    'C:\\a\\b',
  ])
  expect(splitCommand('tool "say \\"hi\\""', 'win32')).toEqual(['tool', 'say "hi"'])
})
