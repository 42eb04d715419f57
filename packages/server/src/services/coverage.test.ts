import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { findService } from './services.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** `sso-oidc:CreateToken`, and who may ask for it; undefined for one that is not implemented. */
const audiences = () =>
  [...server.context.wire.models].flatMap(([name, model]) =>
    Object.keys(model.operations).map((operation) => ({
      name: `${name}:${operation}`,
      audience: findService(name)?.audiences[operation],
    })),
  )

/** A checked-in list may only shrink. `UPDATE_LISTS=1` takes out what is no longer true, and adds nothing. */
async function expectOnly(file: string, names: readonly string[]): Promise<void> {
  const url = new URL(`../../../../conformance/${file}`, import.meta.url)
  const lines = (await readFile(url, 'utf8')).split('\n')
  const listed = lines.filter((line) => line !== '' && !line.startsWith('#'))
  expect(
    names.filter((name) => !listed.includes(name)),
    `not in conformance/${file}, which may only shrink`,
  ).toEqual([])
  const gone = listed.filter((name) => !names.includes(name))
  if (gone.length > 0 && process.env['UPDATE_LISTS'] === '1') {
    await writeFile(url, lines.filter((line) => !gone.includes(line)).join('\n'))
    return
  }
  expect(gone, `to be taken out of conformance/${file}: UPDATE_LISTS=1 does it`).toEqual([])
}

test('every published operation is answered, but for those that conformance/not-implemented.txt lists', async () => {
  // Of IAM only the roles and policies of local accounts are meant to be answered.
  const missing = audiences().filter(({ name, audience }) => audience === undefined && !name.startsWith('iam:'))
  await expectOnly(
    'not-implemented.txt',
    missing.map(({ name }) => name),
  )
})

test('nobody is asked who he is for the operations of conformance/open-to-anyone.txt, and for no other', async () => {
  const open = audiences().filter(({ audience }) => audience === 'anyone')
  await expectOnly(
    'open-to-anyone.txt',
    open.map(({ name }) => name),
  )
})
