import { expect, test } from 'vitest'
import { createCompletionTable } from '../commands/complete.ts'
import { commands } from '../commands.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { completeLine } from './completion.ts'
import { readQuestion } from './completion-line.ts'
import { createCompletionNames } from './completion-names.ts'
import { recordUse } from './frecency.ts'

const CONFIG = `[profile dev]
sso_account_id = 111111111111
sso_role_name = Admin
[profile "with space"]
[profile a:b]
[profile sealed]
credential_process = /x/mayfly-credentials --sso-session corp --account-id 222222222222 --role-name ReadOnly
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
`
const machine = createTestMachine({ files: { '~/.aws/config': CONFIG, '~/.aws/credentials': '[keys]\n' } })
const names = createCompletionNames(machine, ['bash', 'zsh'])

async function values(line: string): Promise<readonly string[] | 'files'> {
  const replies = await completeLine(line.split(' '), await createCompletionTable(commands), names)
  return replies === 'files' ? replies : replies.map(({ value }) => value)
}

test('the first word is a command, the next one goes on with it', async () => {
  expect(await values('')).toEqual(expect.arrayContaining(['sso', 'login', 'use', 'exec', 'storage']))
  expect(await values('')).not.toContain('complete')
  expect(await values('sso ')).toEqual(expect.arrayContaining(['login', 'logout']))
  expect(await values('configure ')).toContain('sso-session')
})

test('options of the command and those of every command, but none twice', async () => {
  const offered = await values('credentials --format env --')
  expect(offered).toEqual(expect.arrayContaining(['--no-sign-in', '--profile', '--region']))
  expect(offered).not.toContain('--format')
})

test('an option takes its choices, profiles, sessions, regions, accounts, roles or files', async () => {
  expect(await values('credentials --format ')).toContain('fish')
  expect(await values('whoami --profile ')).toEqual(['dev', 'with space', 'a:b', 'sealed', 'keys'])
  expect(await values('whoami --profile=')).toContain('--profile=dev')
  expect(await values('sso login --sso-session ')).toEqual(['corp'])
  expect(await values('whoami --region ')).toContain('eu-west-1')
  expect(await values('credentials --account-id ')).toEqual(['111111111111', '222222222222'])
  expect(await values('credentials --role-name ')).toEqual(['Admin', 'ReadOnly'])
  expect(await values('whoami --ca-bundle ')).toBe('files')
})

test('words beside the options are what the usage line says', async () => {
  expect(await values('use ')).toContain('dev')
  expect(await values('--region x use ')).toContain('dev')
  expect(await values('tag ')).toContain('dev')
  expect(await values('hook ')).toEqual(['install', 'remove', 'bash', 'zsh'])
  expect(await values('exec dev -- ls ')).toBe('files')
})

test('profiles that are used come first', async () => {
  await recordUse(machine, 'sealed')
  expect((await values('use '))[0]).toBe('sealed')
})

test('a file that no tool can read still gives its names', async () => {
  const torn = createTestMachine({
    files: { '~/.aws/config': `[profile one]\nbroken\n[profile one]\n[profile two\n[profile three]` },
  })
  const replies = await createCompletionNames(torn, []).profiles()
  expect(replies.map(({ value }) => value)).toEqual(['one', 'three'])
})

test('bash gets the last piece alone, quoted unless the word is in quotes already', () => {
  const replies = [{ value: 'a:b' }, { value: 'with space' }, { value: 'dev' }]
  const answer = (line: string, piece: string) => readQuestion('bash', [line, piece]).format(replies)
  expect(answer('mayfly use a:', '')).toBe('b\n')
  expect(answer('mayfly use a', 'a')).toBe('a:b\n')
  expect(answer('mayfly use w', 'w')).toBe('with\\ space\n')
  expect(answer('mayfly use with\\ s', 'with\\ s')).toBe('with\\ space\n')
  expect(answer("mayfly use 'w", "'w")).toBe('with space\n')
  const odd = readQuestion('bash', [`mayfly use "o`, '"o']).format([{ value: 'o"$(x)`y`\\!' }])
  expect(odd).toBe(`o\\"\\$(x)\\\`y\\\`\\\\"'!'""\n`)
  expect(readQuestion('bash', ["mayfly use 'o", "'o"]).format([{ value: `o'$(x)` }])).toBe(`o'\\''$(x)\n`)
  expect(readQuestion('bash', ['A=1 /opt/mayfly use ', '']).typed).toEqual(['use', ''])
})

test('zsh and fish get everything with a word about it, PowerShell what begins so', () => {
  const replies = [{ value: 'a:b', about: '1: x' }, { value: 'dev' }]
  expect(readQuestion('zsh', ['use', 'd']).format(replies)).toBe('a\\:b:1: x\ndev\n')
  expect(readQuestion('fish', ['use', 'd']).format(replies)).toBe('a:b\t1: x\ndev\n')
  expect(readQuestion('powershell', ['use', 'word:d']).format(replies)).toBe('dev\n')
  expect(readQuestion('fish', ['x', '']).format('files')).toBe(':files\n')
})
