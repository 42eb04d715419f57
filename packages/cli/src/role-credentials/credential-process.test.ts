import { expect, test } from 'vitest'
import { createTestMachine } from '../testing/test-machine.ts'
import { runCredentialProcess } from './credential-process.ts'

const run = (stdout: string, exitCode = 0, stderr = ''): Promise<unknown> =>
  runCredentialProcess(createTestMachine({ runProgram: () => ({ exitCode, stdout, stderr }) }), 'tool', {})

test('what the program prints must be the JSON of version 1', async () => {
  const full = {
    Version: 1,
    AccessKeyId: 'A',
    SecretAccessKey: 'B',
    SessionToken: 'C',
    Expiration: '2026-11-21T02:29:33+00:00',
  }
  expect(await run(JSON.stringify(full))).toEqual({
    accessKeyId: 'A',
    secretAccessKey: 'B',
    sessionToken: 'C',
    expiration: new Date('2026-11-21T02:29:33Z'),
  })
  await expect(run(JSON.stringify({ ...full, Version: 2 }))).rejects.toThrow(
    "Unsupported version '2' for credential process provider, supported versions: 1",
  )
  await expect(run('{}')).rejects.toThrow('<Version key not provided>')
  await expect(run(JSON.stringify({ Version: 1, AccessKeyId: 'A' }))).rejects.toThrow(
    "Missing required key in response: 'SecretAccessKey'",
  )
  await expect(run('oops')).rejects.toThrow('the program did not print JSON')
})

test('a program that fails is told with what it said', async () => {
  await expect(run('', 1, 'no session\n')).rejects.toThrow(
    'Error when retrieving credentials from custom-process: no session',
  )
  await expect(runCredentialProcess(createTestMachine(), 'nope', {})).rejects.toThrow('spawn nope ENOENT')
})
