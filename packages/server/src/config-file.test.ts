import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseCommandLine } from './config.ts'
import { readEnvironment } from './config-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayfly-config-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function configOf(text: string, argv: readonly string[] = [], env: Record<string, string> = {}) {
  const file = join(folder, 'mayfly.yaml')
  await writeFile(file, text)
  const all = [...argv, '--config', file]
  return parseCommandLine(all, await readEnvironment(all, env)).config
}

const SETTINGS = `# how we run it
public-url: https://sign-in.example.com
port: 8080
trust-proxy: [10.0.0.0/8, 192.0.2.1]
quota:
  permissionSets: 5000
smtp-url: smtp://mail:p%40ss@mail.example.com
unsigned-calls-per-minute: 60
`

test('a file sets what options and variables set, lists and maps too', async () => {
  expect(await configOf(SETTINGS)).toMatchObject({
    publicUrl: 'https://sign-in.example.com',
    port: 8080,
    trustedProxies: ['10.0.0.0/8', '192.0.2.1'],
    quotas: { permissionSets: 5000 },
    smtp: { host: 'mail.example.com', port: 587, tls: 'starttls', user: 'mail', password: 'p@ss' },
    unsignedCallsPerMinute: 60,
  })
  expect(await configOf('{"port": 1, "host": "::1"}')).toMatchObject({ port: 1, host: '::1' })
  expect(await configOf('# nothing\n')).toMatchObject({ port: 7373 })
})

test('an option counts before a variable, a variable before the file', async () => {
  expect(await configOf(SETTINGS, ['--port', '1'], { MAYFLY_PORT: '2' })).toMatchObject({ port: 1 })
  expect(await configOf(SETTINGS, [], { MAYFLY_PORT: '2' })).toMatchObject({ port: 2 })
})

test('a secret may lie in a file that a variable names', async () => {
  await writeFile(join(folder, 'database'), 'postgres://db/mayfly\n')
  const env = await readEnvironment([], { MAYFLY_DATABASE_FILE: join(folder, 'database') })
  expect(parseCommandLine([], env).config.databaseUrl).toBe('postgres://db/mayfly')
  await expect(readEnvironment([], { MAYFLY_SERVER_KEY_FILE: '/nowhere/key' })).rejects.toMatchObject({
    message: 'MAYFLY_SERVER_KEY_FILE: the file /nowhere/key cannot be read.',
  })
})

test.each([
  ['port: 1\npublicurl: x\n', /mayfly\.yaml, line 2: There is no setting publicurl\. Did you mean public-url\?/],
  ['port: 1\n\nhost: {a: {b: [c, {d: {}}]}}\nport: 2\n', /line 4: /],
  ['- port\n', /line 1: Write one setting a line/],
  ['a: [b\n', /line \d: /],
  ['config: other.yaml\n', /There is no setting config/],
])('a file that makes no sense is refused with its name, the line and what to write', async (text, message) => {
  await expect(configOf(text)).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(message) })
})

test.each([['http://mail'], ['smtp://'], ['smtps://user:secret@host/path']])('%s is no mail server', async (url) => {
  const refused = await configOf(`smtp-url: "${url}"\n`).catch((error: Error) => error.message)
  expect(refused).toMatch(/--smtp-url wants/)
  expect(refused).not.toContain('secret@')
})
