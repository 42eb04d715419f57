import { expect, test } from 'vitest'
import { putIntoDotenv, takeFromDotenv } from './dotenv.ts'
import { findShell, formatScript, type Shell } from './shell-script.ts'

const script = (shell: Shell, value: string) =>
  formatScript(shell, { set: { AWS_REGION: value }, unset: ['AWS_PROFILE'] })

test('PowerShell takes a text as it is, with every kind of quote', () => {
  expect(script('powershell', `a'b’c $x \`n "`)).toBe(
    `Remove-Item Env:AWS_PROFILE -ErrorAction SilentlyContinue\n$Env:AWS_REGION='a''b’’c $x \`n "'\n`,
  )
})

test('cmd.exe takes a text in quotes, and none with a quote or a percent sign', () => {
  expect(script('cmd', 'eu-west-1')).toBe('set AWS_PROFILE=\nset AWS_REGION=eu-west-1\n')
  expect(script('cmd', 'a & b | c')).toBe('set AWS_PROFILE=\nset "AWS_REGION=a & b | c"\n')
  expect(() => script('cmd', '%PATH%')).toThrow('cannot be written safely for cmd.exe')
  expect(() => script('cmd', 'a"b')).toThrow('cannot be written safely for cmd.exe')
})

test('a .env file holds what AWS reads, and clears nothing', () => {
  const set = { AWS_REGION: 'x', MAYFLY_PROFILE: 'p' }
  expect(formatScript('dotenv', { set, unset: ['AWS_PROFILE'] })).toBe('AWS_REGION=x\n')
  expect(() => script('dotenv', `'"`)).toThrow('cannot be written safely for a .env file')
})

test.each([
  ['linux', 'fish', '/bin/bash', 'fish'],
  ['linux', 'node', '/usr/bin/zsh', 'zsh'],
  ['linux', 'dash', '/usr/bin/fish', 'bash'],
  ['linux', undefined, undefined, 'bash'],
  ['darwin', undefined, '/opt/homebrew/bin/fish', 'fish'],
  ['darwin', undefined, '/bin/tcsh', 'bash'],
] as const)('on %s, started by %s, with SHELL=%s: %s', (platform, parent, own, shell) => {
  expect(findShell({ env: { SHELL: own }, platform, parent })).toBe(shell)
})

test('on Windows cmd.exe is known by its PROMPT', () => {
  expect(findShell({ env: { PROMPT: '$P$G' }, platform: 'win32', parent: undefined })).toBe('cmd')
  expect(findShell({ env: {}, platform: 'win32', parent: undefined })).toBe('powershell')
})

test('a .env file without a last line end, an empty one, and one with a key twice', () => {
  expect(putIntoDotenv('A=1', { AWS_REGION: 'x' })).toBe('A=1\nAWS_REGION=x\n')
  expect(putIntoDotenv('', { AWS_REGION: 'x' })).toBe('AWS_REGION=x\n')
  expect(putIntoDotenv('AWS_REGION=a\n\n# b\nAWS_REGION=c\n', { AWS_REGION: 'x' })).toBe('AWS_REGION=x\n\n# b\n')
  expect(takeFromDotenv('A=1\nAWS_REGION=x\n# AWS_REGION=y\n', ['AWS_REGION'])).toBe('A=1\n# AWS_REGION=y\n')
  expect(takeFromDotenv('', ['AWS_REGION'])).toBe('')
})
