/** The cache, byte for byte as AWS CLI 2.36.7 wrote it. */

import { expect, test } from 'vitest'
import { roleCacheFileName } from '../role-credentials/role-cache.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { formatPythonJson } from './python-json.ts'
import { listTokens, parseInstant, readToken, registrationFileName, tokenFileName, writeToken } from './token-cache.ts'

const startUrl = 'https://d-9067aaaaaa.awsapps.com/start'
const session = { sessionName: 'my-sso', startUrl, region: 'us-east-1' }
const legacy = { startUrl, region: 'us-east-1' }
const PATH = '~/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json'
const RECORDED =
  '{"startUrl": "https://d-9067aaaaaa.awsapps.com/start", "region": "us-east-1", "accessToken": "aoaAAAAAG2b3f", "expiresAt": "2026-11-21T09:28:53Z", "clientId": "hfY", "clientSecret": "eyJraWQ", "registrationExpiresAt": "2027-02-19T01:28:53Z", "refreshToken": "aorAAAAAG16c"}'
const token = {
  startUrl,
  region: 'us-east-1',
  accessToken: 'aoaAAAAAG2b3f',
  expiresAt: new Date('2026-11-21T09:28:53.900Z'),
  clientId: 'hfY',
  clientSecret: 'eyJraWQ',
  registrationExpiresAt: new Date('2027-02-19T01:28:53Z'),
  refreshToken: 'aorAAAAAG16c',
}

test('file names are those that the AWS CLI gave its files', () => {
  expect(tokenFileName(session)).toBe('0ad374308c5a4e22f723adf10145eafad7c4031c.json')
  expect(tokenFileName(legacy)).toBe('226e242e15da499c9f361c7de662bbc989200e04.json')
  expect(registrationFileName(session, ['sso:account:access'])).toBe('24dacaeaf7ecc7fd1802c1de8e861d8df5186b30.json')
  expect(registrationFileName(legacy, undefined)).toBe('9991d8d7c0a0f083baa5dccb41077be3bec961a6.json')
  const role = { accountId: '123456789012', roleName: 'AdministratorAccess', ...session }
  expect(roleCacheFileName(role)).toBe('c61222fe4c86bb5d3638873744d4cab00a0bf176.json')
  const legacyRole = { accountId: '123456789012', roleName: 'ReadOnly', startUrl }
  expect(roleCacheFileName(legacyRole)).toBe('dc53d3b254fae03ae8fd8c96132ebf7582225578.json')
})

test('JSON is that of Python: blanks, and nothing but ASCII', () => {
  expect(formatPythonJson({ a: ['ü', null, 1], b: 'a"\n\u2028', c: '😀', d: undefined })).toBe(
    '{"a": ["\\u00fc", null, 1], "b": "a\\"\\n\\u2028", "c": "\\ud83d\\ude00"}',
  )
})

test('a token is written in one line without a line end, for its owner alone', async () => {
  const machine = createTestMachine()
  await writeToken(machine, session, token)
  expect(machine.text(PATH)).toBe(RECORDED)
  expect(machine.disk.get('/home/alice/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json')?.mode).toBe(0o600)
  expect(await readToken(machine, session)).toMatchObject({ found: 'token', token: { refreshToken: 'aorAAAAAG16c' } })
})

test('members of other tools stay in the file', async () => {
  const machine = createTestMachine({ files: { [PATH]: '{"accessToken": "x", "expiresAt": "x", "tool": {"a": 1}}' } })
  await writeToken(machine, session, token)
  expect(machine.text(PATH)).toBe(RECORDED.replace('}', ', "tool": {"a": 1}}'))
})

test('a file that another program is just writing is read again until it is whole', async () => {
  const machine = createTestMachine()
  let reads = 0
  const torn = { ...machine.files, readText: async () => ['', RECORDED.slice(0, 50), RECORDED][reads++] }
  expect(await readToken({ ...machine, files: torn }, session)).toMatchObject({ found: 'token' })
  expect(reads).toBe(3)
})

test('a file that stays broken, or lacks what a token needs, is damaged; a missing one is nothing', async () => {
  for (const content of [
    '',
    '{',
    '[]',
    'null',
    '{"accessToken": "x"}',
    '{"expiresAt": "2026-11-21T09:28:53Z"}',
    '{"accessToken": "x", "expiresAt": "soon"}',
  ]) {
    const machine = createTestMachine({ files: { [PATH]: content } })
    expect(await readToken(machine, session)).toMatchObject({ found: 'damaged' })
  }
  expect(await readToken(createTestMachine(), session)).toEqual({ found: 'nothing' })
})

test('moments are read as every tool writes them', () => {
  const moment = new Date('2026-11-21T09:28:53Z')
  for (const text of [
    '2026-11-21T09:28:53Z',
    '2026-11-21T09:28:53UTC',
    '2026-11-21T09:28:53.000Z',
    '2026-11-21T10:28:53+01:00',
    '2026-11-21T09:28:53',
  ]) {
    expect(parseInstant(text)).toEqual(moment)
  }
  for (const text of ['', 'soon', 12, undefined, '2026-13-41T00:00:00Z']) expect(parseInstant(text)).toBeUndefined()
})

test('tokens of all tools are listed, and what cannot be read is passed over', async () => {
  const folder = '~/.aws/sso/cache'
  const machine = createTestMachine({
    files: {
      [`${folder}/a.json`]: '{"accessToken": "1", "region": "eu-west-1", "expiresAt": "2026-11-21T09:28:53Z"}',
      [`${folder}/b.json`]: '{"clientId": "x", "clientSecret": "y"}',
      [`${folder}/c.json`]: '{',
      [`${folder}/session.db`]: '{"accessToken": "2"}',
      [`${folder}/d.json`]: '{"accessToken": "3"}',
    },
  })
  expect((await listTokens(machine)).map(({ accessToken, region }) => [accessToken, region])).toEqual([
    ['1', 'eu-west-1'],
    ['3', undefined],
  ])
})

test('on Windows the cache lies below USERPROFILE, with the separators of Windows', async () => {
  const machine = createTestMachine({ platform: 'win32', home: 'C:\\Users\\alice' })
  await writeToken(machine, session, token)
  expect([...machine.disk.keys()]).toEqual([
    'C:\\Users\\alice\\.aws\\sso\\cache\\0ad374308c5a4e22f723adf10145eafad7c4031c.json',
  ])
})
