import { expect, test } from 'vitest'
import { launchOfProgram, listCandidates } from './program-lookup.ts'

const linux = { platform: 'linux', env: { PATH: '/usr/bin::/opt/my tools' } }
const windows = {
  platform: 'win32',
  env: { Path: 'C:\\Windows;"C:\\Program Files\\Amazon"', PATHEXT: '.EXE;.CMD', ComSpec: 'C:\\Windows\\cmd.exe' },
}

test('a name is looked for along PATH, where an empty part is the folder one is in', () => {
  expect(listCandidates('aws', linux)).toEqual(['/usr/bin/aws', './aws', '/opt/my tools/aws'])
  expect(listCandidates('./aws', linux)).toEqual(['./aws'])
  expect(listCandidates('aws', { platform: 'linux', env: {} })).toEqual(['/bin/aws', '/usr/bin/aws'])
  expect(listCandidates('', linux)).toEqual([])
})

test('on Windows the extensions of PATHEXT are tried in each folder of Path, and never in the folder one is in', () => {
  expect(listCandidates('aws', windows)).toEqual([
    'C:\\Windows\\aws.exe',
    'C:\\Windows\\aws.cmd',
    'C:\\Program Files\\Amazon\\aws.exe',
    'C:\\Program Files\\Amazon\\aws.cmd',
  ])
  expect(listCandidates('Aws.Exe', windows)[0]).toBe('C:\\Windows\\Aws.Exe')
  expect(listCandidates('.\\aws', windows)).toEqual(['.\\aws.exe', '.\\aws.cmd'])
  expect(listCandidates('python3.11', { platform: 'win32', env: { PATH: 'C:\\p' } })[0]).toBe('C:\\p\\python3.11.com')
})

test('a program of Windows is started by itself, a batch file by cmd.exe with every special character behind a caret', () => {
  const words = ['a b', '100%', 'x"y\\', '&calc']
  expect(launchOfProgram('C:\\bin\\aws.exe', words, windows)).toEqual({ file: 'C:\\bin\\aws.exe', args: words })
  expect(launchOfProgram('C:\\my bin\\aws.cmd', words, windows)).toEqual({
    file: 'C:\\Windows\\cmd.exe',
    args: ['/d', '/s', '/c', '"C:\\my^ bin\\aws.cmd ^"a^ b^" ^"100^%^" ^"x\\^"y\\\\^" ^"^&calc^""'],
    isVerbatim: true,
  })
  expect(launchOfProgram('C:\\aws.bat', ['a\r\ncalc'], windows)).toBeUndefined()
})
