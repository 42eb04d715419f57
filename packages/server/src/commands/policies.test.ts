import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@mayfly/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findManagedDocument } from '../policies/policy-documents.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { findCommand } from './commands.ts'

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const document = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })

let server: TestServer
let folder: string
let printed: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayfly-'))
  server = await startTestServer({ databaseUrl: `sqlite:${join(folder, 'mayfly.db')}` })
  printed = []
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

async function run(...words: string[]): Promise<void> {
  const command = findCommand(words)
  if (!command) throw new Error(`There is no command ${words.join(' ')}.`)
  const { config, clock, random } = server.context
  await command.run({
    words: words.slice(command.words.length),
    options: {},
    config,
    operator: 'ops',
    clock,
    random,
    print: (text) => void printed.push(text),
    openStore: () => openStore({ url: config.databaseUrl, clock, random }),
  })
}

test('imported documents count before those that come with the server, on a server that runs', async () => {
  const { store } = server.context
  expect(await findManagedDocument(READ_ONLY, store)).toContain('s3:Get*')
  const place = join(folder, 'policies')
  await mkdir(join(place, 'job-function'), { recursive: true })
  await writeFile(join(place, 'ReadOnlyAccess.json'), document('s3:ListAllMyBuckets'))
  await writeFile(join(place, 'job-function', 'Billing'), document('ce:*'))
  const before = await store.policyChanges.count()
  await run('policies', 'import', place)
  expect(printed).toEqual(['2 policies count as imported.'])
  expect(await store.policyChanges.count()).toBe(before + 1)
  expect(await findManagedDocument(READ_ONLY, store)).toBe(document('s3:ListAllMyBuckets'))
  expect(await findManagedDocument('arn:aws-cn:iam::aws:policy/job-function/Billing', store)).toBe(document('ce:*'))
  printed = []
  await run('policies', 'list')
  expect(printed.filter((line) => line.includes('\timported ')).map((line) => line.split('\t')[0])).toEqual([
    READ_ONLY,
    'arn:aws:iam::aws:policy/job-function/Billing',
  ])
  expect(printed).toContain('arn:aws:iam::aws:policy/SecurityAudit\tpredefined')
})

test('nothing is taken when one file cannot be read, and the file is named', async () => {
  const place = join(folder, 'policies')
  await mkdir(place)
  await writeFile(join(place, 'ReadOnlyAccess.json'), document('s3:*'))
  await writeFile(join(place, 'Other.json'), '{"Statement":[]}')
  await expect(run('policies', 'import', place)).rejects.toThrow('Other.json')
  expect((await server.context.store.managedPolicies.list({ limit: 1 })).items).toEqual([])
  await expect(run('policies', 'import', join(folder, 'nowhere'))).rejects.toThrow('There is no')
  await expect(run('policies', 'import')).rejects.toThrow('Which file')
})
