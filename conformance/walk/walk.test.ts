/** Every operation and every page: as nobody, as a developer, as an administrator of another account, with a long-term key. */

import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Service } from '../../packages/server/src/operation/service.ts'
import { findService } from '../../packages/server/src/services/services.ts'
import { createIamUser } from '../../packages/server/src/testing/iam-users.ts'
import { roleCredentials, signInWithPkce } from '../../packages/server/src/testing/journeys.ts'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'
import { ServiceException } from '../../packages/wire/src/model/service-exception.ts'
import type { SigningCredentials } from '../../packages/wire/src/signature-v4.ts'

const ACCOUNT = '222233334444'
const MANAGEMENT = '111122223333'
const EVERYTHING = 'arn:aws:iam::aws:policy/AdministratorAccess'

let server: TestServer
let developer: SigningCredentials
let administrator: SigningCredentials
let longTermKey: SigningCredentials

beforeAll(async () => {
  server = await startTestServer()
  developer = await keysOf('bob', 'PowerUserAccess')
  administrator = await keysOf('alice', 'AdministratorAccess')
  longTermKey = (await createIamUser(server, { accountId: MANAGEMENT, attached: [EVERYTHING] })).credentials
})
afterAll(() => server.close())

async function keysOf(person: string, roleName: string): Promise<SigningCredentials> {
  const { tokens } = await signInWithPkce(server, person)
  return await roleCredentials(server.client('sso'), tokens.accessToken, { accountId: ACCOUNT, roleName })
}

interface Published {
  readonly name: string
  readonly answers: boolean
  /** Calls it with nothing in it: whoever may not ask is told before anything is looked at. */
  call(credentials?: SigningCredentials): Promise<string>
}

/** Every operation of every model that is served. */
const operations = (): Published[] =>
  [...server.context.wire.models].flatMap(([service, model]) =>
    Object.keys(model.operations).map((operation) => ({
      name: `${service}:${operation}`,
      answers: (findService(service) as Service).audiences[operation] !== undefined,
      async call(credentials) {
        const client = server.client(service, credentials ? { credentials } : {})
        try {
          await client.call(operation, {})
          return 'answered'
        } catch (error) {
          if (error instanceof ServiceException) return error.name
          throw error
        }
      },
    })),
  )

const REFUSALS = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'UnauthorizedException',
])
/** An operation that nobody answers refuses everybody alike. */
const UNKNOWN = new Set(['UnknownOperationException', 'InvalidAction', 'UnknownOperation'])

const readList = (file: string): string[] =>
  readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

/** Compares with a checked-in list; `UPDATE_LISTS=1` writes it, for reading it in the diff. */
function expectListed(file: string, names: readonly string[]): void {
  const url = new URL(`../${file}`, import.meta.url)
  const lines = readFileSync(url, 'utf8').split('\n')
  const head = lines.filter((line) => line.startsWith('#'))
  if (process.env['UPDATE_LISTS'] === '1') writeFileSync(url, `${[...head, ...names].join('\n')}\n`)
  else expect(names).toEqual(readList(file))
}

async function answeredTo(credentials?: SigningCredentials): Promise<string[]> {
  const names: string[] = []
  for (const { name, answers, call } of operations()) {
    const answer = await call(credentials)
    if (answers) expect(answer, name).not.toBe('InternalServerException')
    else expect(UNKNOWN.has(answer) || REFUSALS.has(answer), `${name}: ${answer}`).toBe(true)
    if (answers && !REFUSALS.has(answer)) names.push(name)
  }
  return names
}

describe('operations', () => {
  test('nobody is answered only what conformance/open-to-anyone.txt lists', async () => {
    expectListed('open-to-anyone.txt', await answeredTo())
  })

  test('a developer of one account is answered only what conformance/open-to-developers.txt lists', async () => {
    expectListed('open-to-developers.txt', await answeredTo(developer))
  })

  test('an administrator of another account only what conformance/open-to-account-administrators.txt lists', async () => {
    expectListed('open-to-account-administrators.txt', await answeredTo(administrator))
  })

  test('a long-term key of the management account that may do anything only what conformance/open-to-long-term-keys.txt lists', async () => {
    const names = await answeredTo(longTermKey)
    const unasked = readList('open-to-anyone.txt')
    expect(names.filter((name) => !/^(sts|iam):/.test(name) && !unasked.includes(name))).toEqual([])
    expectListed('open-to-long-term-keys.txt', names)
  })
})

/** What a page does with whoever is not signed in. */
type Manner = 'anyone' | 'sign-in' | '401' | 'link' | 'form'

/** Every route, and how it meets a stranger. A route that is not named here fails. */
const PAGES: Readonly<Record<string, Manner>> = JSON.parse(readFileSync(new URL('pages.json', import.meta.url), 'utf8'))

const FILLED = { token: 'A'.repeat(43), id: '00000000-0000-4000-8000-000000000000', '*': 'no-such-file.js' }

const fill = (path: string): string =>
  path.replace(/:(\w+)/g, (_, name: 'token' | 'id') => FILLED[name] ?? 'x').replace('*', FILLED['*'])

describe('pages', () => {
  test('every route is named in pages.json, and none that is gone', async () => {
    const routes = (await server.routes())
      .filter((route) => !route.endsWith('/~aws'))
      .map((route) => route.replace(/assets-plain\/.*/, 'assets-plain/:name'))
    expect(Object.keys(PAGES).sort()).toEqual([...new Set(routes)].filter((route) => !route.startsWith('HEAD ')).sort())
  })

  test.each(Object.entries(PAGES))('%s: %s', async (route, manner) => {
    const [method = 'GET', path = '/'] = route.split(' ')
    const isForm = method === 'POST' && manner !== '401'
    const response = await server.inject({
      method: method as 'GET',
      url: fill(path),
      ...(method === 'GET'
        ? {}
        : { headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' } }),
      ...(method === 'GET' ? {} : { payload: isForm ? 'a=b' : '{}' }),
    })
    const location = String(response.headers['location'] ?? '')
    switch (manner) {
      case 'anyone':
        expect(response.statusCode).toBeLessThan(405)
        expect(response.headers['set-cookie'] ?? '').not.toContain('session=')
        break
      case 'sign-in':
        expect(response.statusCode, response.body).toBe(303)
        expect(location).toMatch(/^\/sign-in/)
        break
      case '401':
        expect(response.statusCode, response.body).toBe(401)
        break
      case 'link':
        expect(response.statusCode).toBeGreaterThanOrEqual(400)
        break
      case 'form':
        expect([303, 400, 403], response.body).toContain(response.statusCode)
        expect(location === '' || location.startsWith('/sign-')).toBe(true)
        break
    }
  })
})
