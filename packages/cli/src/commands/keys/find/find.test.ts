import { expect, test } from 'vitest'
import { keyId, secretOf } from '../../../long-term-keys/detection/testing/made-keys.ts'
import { run } from '../../../main.ts'
import { createTestMachine, type TestMachine } from '../../../testing/test-machine.ts'
import { noteKeys } from './key-note.ts'

const [A, B, C] = [keyId('111122223333', 1), keyId('052310077262', 2), keyId('444455556666', 3)]
const [a, b, c] = [secretOf(1), secretOf(2), secretOf(3)]
const FILES = {
  '~/.aws/credentials': `[default]\naws_access_key_id=${A}\naws_secret_access_key=${a}\n`,
  '~/work/.env': `AWS_ACCESS_KEY_ID=${A}\nAWS_SECRET_ACCESS_KEY=${a}\n`,
  '~/bait/.env': `AWS_ACCESS_KEY_ID=${B}\nAWS_SECRET_ACCESS_KEY=${b}\n`,
  '~/lone/.env': `AWS_SECRET_ACCESS_KEY=${c}\n`,
  '~/notes/id\u001b[2J.txt': `the key is ${C}\n`,
}

async function find(words: readonly string[] = [], files: Readonly<Record<string, string>> = FILES) {
  const machine: TestMachine = createTestMachine({ files })
  const exitCode = await run(['keys', 'find', ...words], machine)
  return { exitCode, stdout: machine.stdout(), stderr: machine.stderr() }
}

test('a key is told once, with all its places; secrets by their last four characters', async () => {
  const { stdout, exitCode } = await find()
  expect(stdout.split(A)).toHaveLength(2)
  expect(stdout).toContain(`${A}  account 111122223333  secret …${a.slice(-4)}`)
  expect(stdout).toContain('  ~/.aws/credentials:2')
  expect(stdout).toContain('  ~/work/.env:1')
  expect(stdout).toContain('A canary')
  expect(stdout).toContain(`A secret without its id, …${c.slice(-4)}`)
  expect(stdout).toContain('4 long-term keys in 5 places')
  expect(stdout).toContain('mayfly keys check')
  expect(exitCode).toBe(1)
})

test('lines fit into 80 columns, and names of files move no cursor', async () => {
  const { stdout } = await find()
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
})

test('a clean home is said to be clean', async () => {
  const { stdout, stderr, exitCode } = await find([], { '~/a': 'x' })
  expect([stdout, stderr, exitCode]).toEqual(['No long-term key found; 1 file (1 MB) looked at in 0.0 s.\n', '', 0])
})

test.each([[[]], [['--json']], [['--sarif']]])(
  'with %s nothing gives more of a secret than four characters',
  async (words) => {
    const { stdout } = await find(words)
    for (const secret of [a, b, c])
      for (let at = 0; at < 34; at += 1) expect(stdout).not.toContain(secret.slice(at, at + 6))
  },
)

test('JSON has all members of every finding', async () => {
  const { found } = JSON.parse((await find(['--json'])).stdout)
  expect(found).toHaveLength(5)
  for (const each of found)
    expect(Object.keys(each)).toEqual([
      ...['accessKeyId', 'accountId', 'isCanary', 'secret', 'kind', 'place', 'uses', 'access', 'lastUsed'],
    ])
})

test('what keys check was told is told again, with its age', async () => {
  const used = { at: '2026-01-01T10:00:00Z', service: 's3', region: 'eu-west-1' }
  const noted = { askedAt: '2026-01-02T00:00:00Z', state: 'live', userName: 'deploy' }
  const known = {
    version: 1,
    keys: { [A]: { ...noted, lastUsed: { ...used, askedAt: noted.askedAt, isOurs: false } } },
  }
  const files = { ...FILES, '~/.mayfly/known-keys.json': JSON.stringify(known) }
  const { stdout } = await find([], files)
  expect(stdout).toMatch(/ {2}Asked .* ago: live, of deploy, last used 2026-01-01 for s3 in\s+eu-west-1/)
  const { found } = JSON.parse((await find(['--json'], files)).stdout)
  const told = found.find((each: { accessKeyId: string }) => each.accessKeyId === A)
  expect(told.lastUsed).toEqual({
    ...used,
    at: '2026-01-01T10:00:00.000Z',
    isOurs: false,
    askedAt: '2026-01-02T00:00:00.000Z',
  })
})

test('SARIF names rules, places below the folder, and fingerprints that a changed line does not change', async () => {
  const log = JSON.parse((await find(['--sarif'])).stdout)
  const [{ results, tool, originalUriBaseIds }] = log.runs
  expect(log.version).toBe('2.1.0')
  expect(originalUriBaseIds).toEqual({ SRCROOT: { uri: 'file:///home/alice/' } })
  const levels = results.map(({ ruleId, level }: { ruleId: string; level: string }) => `${ruleId} ${level}`)
  expect(levels).toEqual([
    'long-term-key error',
    'canary-key note',
    'secret-access-key error',
    'long-term-key-id note',
    'long-term-key error',
  ])
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
  const at = ({ locations }: { locations: { physicalLocation: object }[] }) => locations[0]?.physicalLocation
  expect(at(results[0])).toEqual({
    artifactLocation: { uri: '.aws/credentials', uriBaseId: 'SRCROOT' },
    region: { startLine: 2, startColumn: 19 },
  })
  expect(JSON.stringify(at(results[3]))).toContain('notes/id%1B%5B2J.txt')
  const moved = await find(['--sarif'], { '~/.aws/credentials': `\n\n${FILES['~/.aws/credentials']}` })
  expect(JSON.parse(moved.stdout).runs[0].results[0].partialFingerprints).toEqual(results[0].partialFingerprints)
})

test('a path that is not there is refused', async () => {
  const { stderr, exitCode } = await find(['/nowhere'])
  expect(stderr).toContain('There is no file or folder /nowhere.')
  expect(exitCode).toBe(255)
})

test('what cannot go together is refused', async () => {
  expect((await find(['--json', '--sarif'])).exitCode).toBe(252)
  expect((await find(['--staged', '--everything'])).exitCode).toBe(252)
  expect((await find(['--staged', '--range', 'A..B'])).exitCode).toBe(252)
})

test('an end before the end is no clean bill: the exit code says that nobody knows', async () => {
  const { stdout, exitCode } = await find(['--seconds', '0.000001', '/home/alice/a'], { '~/a/b': 'x', '~/a/c': 'x' })
  expect(stdout).toContain('No long-term key found so far')
  expect(exitCode).toBe(255)
})

test('other commands end with a line about keys in AWS’s own files, canaries left out', async () => {
  const machine = createTestMachine({ files: FILES })
  const paths = { configPath: '/home/alice/.aws/config', credentialsPath: '/home/alice/.aws/credentials' }
  expect(await noteKeys(machine, paths)).toBe(
    '! 1 long-term key is still here. What would replace it: mayfly keys plan\n',
  )
  expect(await noteKeys(createTestMachine(), paths)).toBe('')
})
