/** Quoting, for each shell. */
import { expect, test } from 'vitest'
import { formatVariables } from './shell-lines.ts'

test('each shell gets its own words, one line a variable', () => {
  const variables = [
    ['AWS_ACCESS_KEY_ID', 'ASIAEXAMPLE'],
    ['AWS_SESSION_TOKEN', 'a/b+c=='],
  ] as const
  expect(formatVariables('posix', variables)).toBe(
    "export AWS_ACCESS_KEY_ID='ASIAEXAMPLE'\nexport AWS_SESSION_TOKEN='a/b+c=='",
  )
  expect(formatVariables('powershell', variables)).toBe(
    "$Env:AWS_ACCESS_KEY_ID = 'ASIAEXAMPLE'\n$Env:AWS_SESSION_TOKEN = 'a/b+c=='",
  )
  expect(formatVariables('cmd', variables)).toBe('set "AWS_ACCESS_KEY_ID=ASIAEXAMPLE"\nset "AWS_SESSION_TOKEN=a/b+c=="')
})

test('a POSIX shell runs nothing that stands in a value', () => {
  expect(formatVariables('posix', [['X', '$(id) `id` "a" \\ !']])).toBe('export X=\'$(id) `id` "a" \\ !\'')
  expect(formatVariables('posix', [['X', "it's"]])).toBe("export X='it'\\''s'")
})

test('PowerShell keeps every kind of single quote', () => {
  expect(formatVariables('powershell', [['X', "a'b$(id)"]])).toBe("$Env:X = 'a''b$(id)'")
  expect(formatVariables('powershell', [['X', 'a\u2019b']])).toBe("$Env:X = 'a\u2019\u2019b'")
})

test('the Command Prompt keeps & | < > ^, and has no line for a quote or a percent sign', () => {
  expect(formatVariables('cmd', [['X', 'a&b|c<d>e^f']])).toBe('set "X=a&b|c<d>e^f"')
  expect(formatVariables('cmd', [['X', '100%']])).toBeUndefined()
  expect(formatVariables('cmd', [['X', 'a"b']])).toBeUndefined()
})

test('no shell is given a line break or another control character', () => {
  for (const shell of ['posix', 'powershell', 'cmd'] as const) {
    for (const value of ['a\nid', 'a\rid', 'a\u0000', 'a\u007f']) {
      expect(formatVariables(shell, [['X', value]])).toBeUndefined()
    }
  }
})
