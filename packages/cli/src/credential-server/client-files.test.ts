import { expect, test } from 'vitest'
import { createTestMachine } from '../testing/test-machine.ts'
import { clientPath, fileNameOf, keepToken, writePrivately } from './client-files.ts'

const TOKEN = 'abcdefghijklmnopqrstuvwxyz-0123456789_ABCDE'

test('a token is made once and kept, without a line end, for its owner alone', async () => {
  const machine = createTestMachine()
  const token = await keepToken(machine, '/home/alice/dev.token')
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(machine.text('~/dev.token')).toBe(token)
  expect(machine.disk.get('/home/alice/dev.token')?.mode).toBe(0o600)
  expect(await keepToken(machine, '/home/alice/dev.token')).toBe(token)
})

test('a token that others can read is not used', async () => {
  const machine = createTestMachine({ files: { '~/dev.token': TOKEN } })
  expect(await keepToken(machine, '/home/alice/dev.token')).toBe(TOKEN)
  const file = machine.disk.get('/home/alice/dev.token')
  if (file) file.mode = 0o644
  await expect(keepToken(machine, '/home/alice/dev.token')).rejects.toThrow('Others can read the token')
})

test('a file that holds something else is not taken for a token', async () => {
  const machine = createTestMachine({ files: { '~/notes': 'buy milk' } })
  await expect(keepToken(machine, '/home/alice/notes')).rejects.toThrow('no token of mayfly serve')
  expect(machine.text('~/notes')).toBe('buy milk')
})

test('an environment is written anew, so that the mode of a former file does not count', async () => {
  const machine = createTestMachine({ files: { '~/dev.env': 'old' } })
  const file = machine.disk.get('/home/alice/dev.env')
  if (file) file.mode = 0o644
  await writePrivately(machine, '/home/alice/dev.env', 'new')
  expect(machine.disk.get('/home/alice/dev.env')?.mode).toBe(0o600)
})

test('several clients have several files, with names that no system takes for something else', () => {
  const machine = createTestMachine()
  expect(clientPath(machine, '~/{client}.env', 'dev', 2)).toBe('/home/alice/dev.env')
  expect(clientPath(machine, '~/{client}.env', '../../etc/passwd', 1)).toBe('/home/alice/%2e.%2F..%2Fetc%2Fpasswd.env')
  expect(clientPath(machine, '~/dev.env', 'dev', 1)).toBe('/home/alice/dev.env')
  expect(() => clientPath(machine, '~/dev.env', 'dev', 2)).toThrow('One file cannot hold')
  expect(fileNameOf('a:b*c')).not.toMatch(/[:*]/)
})
