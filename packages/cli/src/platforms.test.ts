/** What differs by system, as values: paths, words, and places. Windows and macOS are decided here, and never run. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agentFolders, fitsSocket, proofFile } from './hot/agent-door.ts'
import { splitCommand } from './machine/command-words.ts'
import type { Platform } from './machine/machine.ts'
import { configPath, credentialsPath, expandPath, joinPath, ownFolder } from './shared-config/paths.ts'
import { formatOwnProcess, helperPath, parseOwnProcess } from './shared-config/profile-form.ts'
import { shellWord } from './shared-config/shell-word.ts'

interface System {
  readonly platform: Platform
  readonly home: string
  readonly env: Readonly<Record<string, string>>
}

const linux: System = { platform: 'linux', home: '/home/ana', env: { WORK: '/work' } }
const darwin: System = { platform: 'darwin', home: '/Users/ana', env: { WORK: '/work' } }
const win32: System = { platform: 'win32', home: 'C:\\Users\\Ana Maria', env: { WORK: 'D:\\work' } }

test.each([
  [linux, '/home/ana/.aws/config', '/home/ana/.aws/credentials', '/home/ana/.mayfly'],
  [darwin, '/Users/ana/.aws/config', '/Users/ana/.aws/credentials', '/Users/ana/.mayfly'],
  [
    win32,
    'C:\\Users\\Ana Maria\\.aws\\config',
    'C:\\Users\\Ana Maria\\.aws\\credentials',
    'C:\\Users\\Ana Maria\\.mayfly',
  ],
])('on $platform the files lie where the AWS CLI looks', (system, config, credentials, own) => {
  expect([configPath(system), credentialsPath(system), ownFolder(system)]).toEqual([config, credentials, own])
})

test.each([
  [linux, '~/x', '/home/ana/x'],
  [linux, '$WORK/x', '/work/x'],
  [linux, '%WORK%/x', '%WORK%/x'],
  [linux, '~\\x', '~\\x'],
  [darwin, `$${'{WORK}'}/x`, '/work/x'],
  [darwin, '~', '/Users/ana'],
  [win32, '~\\x', 'C:\\Users\\Ana Maria\\x'],
  [win32, '~/x', 'C:\\Users\\Ana Maria\\x'],
  [win32, '%WORK%\\x', 'D:\\work\\x'],
  [win32, '$WORK\\x', 'D:\\work\\x'],
  [win32, '%NOTHING%\\x', '%NOTHING%\\x'],
])('on $platform a configured path is expanded as Python does it: %#', (system, path, expanded) => {
  expect(expandPath(path, system)).toBe(expanded)
})

test('AWS_CONFIG_FILE is taken with its variables, on each system', () => {
  for (const system of [linux, darwin, win32]) {
    const env = { ...system.env, AWS_CONFIG_FILE: '~/.aws/other' }
    expect(configPath({ ...system, env })).toBe(joinPath(system, system.home, '.aws', 'other'))
  }
})

describe.each([linux, darwin, win32])('on $platform', (system) => {
  /** Letters that a file system, a shell or an INI file may stumble over, but no line end and no control character. */
  const word = fc.string({ unit: fc.constantFrom(...'ab Z9_-.:/@+=,;#\'"\\$`&|<>()[]{}*?!~^äß€'), minLength: 1 })

  test('a word to paste comes out of the shell as it went in', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (texts) => {
        const line = texts.map((text) => shellWord(text, system.platform)).join(' ')
        expect(splitCommand(line, system.platform)).toEqual(texts)
      }),
      { numRuns: 2000 },
    )
  })

  test('a sealed profile names a program in the home folder, and a reader finds the role again', () => {
    const role = { sessionName: 'my corp', accountId: '111122223333', roleName: 'Read+Only@x' }
    const command = formatOwnProcess(system, role)
    expect(splitCommand(command, system.platform)?.[0]).toBe(helperPath(system))
    expect(parseOwnProcess(command, system.platform)).toEqual(role)
  })

  test('the agent is looked for below home first, and its proof beside it', () => {
    const [first = ''] = agentFolders({ ...system, userId: system.platform === 'win32' ? undefined : 501 })
    expect(first).toBe(joinPath(system, system.home, '.mayfly', 'agent'))
    expect(proofFile(first, system.platform)).toBe(joinPath(system, first, 'proof'))
  })
})

test('a home that is too long for a socket has a short place, for this user and home alone', () => {
  const home = `/Users/${'a'.repeat(120)}`
  const [short = '', ...others] = agentFolders({ home, platform: 'darwin', userId: 501 })
  expect(others).toEqual([])
  expect(short).toMatch(/^\/tmp\/mayfly-501-[0-9a-f]{12}$/)
  expect(fitsSocket(short)).toBe(true)
})
