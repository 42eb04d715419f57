/** A profile says the same in both of its forms, to every tool that reads it. */

import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitCommand } from '../machine/command-words.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { getSsoConfiguration, getSsoProfile, isSsoProfile } from './profile.ts'
import { formatOwnProcess, helperPath, parseOwnProcess, profileValues } from './profile-form.ts'
import { loadSharedConfig } from './shared-config.ts'

const alice = { platform: 'linux', home: '/home/alice' } as const
const windows = { platform: 'win32', home: 'C:\\Users\\Alice Doe' } as const
const role = { sessionName: 'corp', accountId: '111122223333', roleName: 'ReadOnly' }
const legacy = { startUrl: 'https://x.awsapps.com/start#/', region: 'us-east-1', accountId: '1', roleName: 'R' }

test('the sealed form carries the credential_process, and takes every key that SDKs would prefer to it', () => {
  expect(profileValues(alice, 'sealed', role)).toEqual({
    credential_process:
      '/home/alice/.mayfly/bin/mayfly-credentials --sso-session corp --account-id 111122223333 --role-name ReadOnly',
    sso_session: undefined,
    sso_account_id: undefined,
    sso_role_name: undefined,
    sso_start_url: undefined,
    sso_region: undefined,
    sso_registration_scopes: undefined,
  })
})

test('the shared form carries the keys of AWS, and takes a credential_process away only when it is ours', () => {
  const keys = { sso_session: 'corp', sso_account_id: '111122223333', sso_role_name: 'ReadOnly' }
  expect(profileValues(alice, 'shared', role)).toEqual(keys)
  const theirs = new Map([['credential_process', '/opt/vault print']])
  expect(profileValues(alice, 'shared', role, theirs)).toEqual(keys)
  const own = new Map([['credential_process', formatOwnProcess(alice, role)]])
  expect(profileValues(alice, 'shared', role, own)).toEqual({ ...keys, credential_process: undefined })
})

test('a profile of the legacy form names its start URL in both forms', () => {
  const process = formatOwnProcess(alice, legacy)
  expect(process).toContain('--sso-start-url https://x.awsapps.com/start\\#/ --sso-region us-east-1')
  expect(parseOwnProcess(process, 'linux')).toEqual(legacy)
  expect(profileValues(alice, 'shared', legacy)).toMatchObject({
    sso_start_url: legacy.startUrl,
    sso_region: 'us-east-1',
  })
})

test('on Windows a path with blanks stands in double quotes', () => {
  expect(formatOwnProcess(windows, role)).toBe(
    '"C:\\Users\\Alice Doe\\.mayfly\\bin\\mayfly-credentials.exe" --sso-session corp --account-id 111122223333 --role-name ReadOnly',
  )
  expect(parseOwnProcess(formatOwnProcess(windows, role), 'win32')).toEqual(role)
})

test('what no quoting carries through every shell is refused', () => {
  expect(() => formatOwnProcess(windows, { ...role, sessionName: '100%' })).toThrow('cannot stand')
  expect(() => formatOwnProcess(alice, { ...role, sessionName: 'a\nb' })).toThrow('cannot stand')
})

test('commands of ours are known however they were written, and others are not ours', () => {
  const rest = '--sso-session corp --account-id 111122223333 --role-name ReadOnly'
  for (const command of [
    `mayfly-credentials ${rest}`,
    `mayfly credentials ${rest}`,
    `/usr/bin/node /opt/lib/mayfly.cjs credentials ${rest} --no-sign-in`,
    '"/home/a b/.mayfly/bin/mayfly-credentials" --sso-session=corp --account-id=111122223333 --role-name=ReadOnly',
  ]) {
    expect(parseOwnProcess(command, 'linux')).toEqual(role)
  }
  for (const command of [
    `mayfly status ${rest}`,
    `other-credentials ${rest}`,
    'mayfly credentials --profile dev',
    `vault run mayfly credentials ${rest}`,
    `mayfly-credentials --sso-session corp --account-id 1`,
    'mayfly-credentials "open',
    '',
  ]) {
    expect(parseOwnProcess(command, 'linux')).toBeUndefined()
  }
})

test('a sealed profile is a profile that signs in, to every command', async () => {
  const machine = createTestMachine({
    files: {
      '~/.aws/config':
        `[profile dev]\ncredential_process = ${formatOwnProcess(alice, role)}\nregion = eu-west-1\n` +
        `[profile old]\ncredential_process = ${formatOwnProcess(alice, legacy)}\n` +
        '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n',
    },
  })
  const config = await loadSharedConfig(machine)
  expect([...config.sealedProfiles]).toEqual(['dev', 'old'])
  expect(isSsoProfile(config.profiles.get('dev'))).toBe(true)
  expect(getSsoProfile(config, 'dev')).toMatchObject({ ...role, startUrl: 'https://corp.awsapps.com/start' })
  expect(getSsoProfile(config, 'old')).toMatchObject(legacy)
  expect(getSsoConfiguration(config, { profile: config.profiles.get('dev') })).toMatchObject({ sessionName: 'corp' })
})

test('sso_* keys beside our credential_process win, as they do in the SDKs', async () => {
  const machine = createTestMachine({
    files: {
      '~/.aws/config': `[profile dev]\ncredential_process = ${formatOwnProcess(alice, role)}\nsso_account_id = 9\n`,
    },
  })
  const config = await loadSharedConfig(machine)
  expect(config.sealedProfiles.size).toBe(0)
  expect(config.profiles.get('dev')?.get('sso_account_id')).toBe('9')
})

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/\p{Cc}/u.test(text))

test('fuzz: any name of a home or a session is read back from the command', () => {
  fc.assert(
    fc.property(word, word, (folder, sessionName) => {
      const machine = { platform: 'linux', home: `/home/${folder}` } as const
      const command = formatOwnProcess(machine, { ...role, sessionName })
      expect(splitCommand(command, 'linux')?.[0]).toBe(helperPath(machine))
      expect(parseOwnProcess(command, 'linux')).toEqual({ ...role, sessionName })
      // Where the INI readers of JavaScript and Go would cut a comment off.
      expect(command).not.toMatch(/(^|\s)[#;]/)
    }),
  )
})

test('a real shell takes the words apart as we do', () => {
  for (const sessionName of [
    "it's",
    'a b',
    '$HOME',
    '`id`',
    'a"b',
    'x;y',
    'u #v',
    '*',
    '~',
    '!x',
    'ü',
    '\\',
    '(a|b)&',
  ]) {
    const command = formatOwnProcess({ platform: 'linux', home: '/tmp' }, { ...role, sessionName })
    const [program = ''] = splitCommand(command, 'linux') ?? []
    const said = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${command.slice(program.length)}`], {
      encoding: 'utf8',
    })
    expect(said.split('\n')[1]).toBe(sessionName)
  }
})

test('a name that begins with a dash is no option', () => {
  const role = { sessionName: '-s', accountId: '111122223333', roleName: '--help' }
  const command = formatOwnProcess({ platform: 'linux', home: '/h' }, role)
  expect(command).toBe(
    '/h/.mayfly/bin/mayfly-credentials --sso-session=-s --account-id 111122223333 --role-name=--help',
  )
  expect(parseOwnProcess(command, 'linux')).toEqual(role)
})
