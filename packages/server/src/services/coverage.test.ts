import { readFile, writeFile } from 'node:fs/promises'
import type { ServiceName } from '@mayfly/wire/model/service-model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedClients } from '../testing/administrator.ts'
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

const conformance = (file: string): URL => new URL(`../../../../conformance/${file}`, import.meta.url)
const readConformance = (file: string): Promise<string> => readFile(conformance(file), 'utf8')

async function linesOf(file: string): Promise<{ readonly service: ServiceName; readonly operation: string }[]> {
  const lines = (await readConformance(file)).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [service = '', operation = ''] = line.split(':')
    return { service: service as ServiceName, operation }
  })
}

/** A checked-in list may only shrink. `UPDATE_LISTS=1` takes out what is no longer true, and adds nothing. */
async function expectOnly(file: string, names: readonly string[]): Promise<void> {
  const lines = (await readConformance(file)).split('\n')
  const listed = lines.filter((line) => line !== '' && !line.startsWith('#'))
  expect(
    names.filter((name) => !listed.includes(name)),
    `not in conformance/${file}, which may only shrink`,
  ).toEqual([])
  const gone = listed.filter((name) => !names.includes(name))
  if (gone.length > 0 && process.env['UPDATE_LISTS'] === '1') {
    await writeFile(conformance(file), lines.filter((line) => !gone.includes(line)).join('\n'))
    return
  }
  expect(gone, `to be taken out of conformance/${file}: UPDATE_LISTS=1 does it`).toEqual([])
}

test('every published operation is answered, but for those that conformance/not-implemented.txt lists', async () => {
  // Of IAM only the roles, users, keys and policies of local accounts are meant to be answered.
  const missing = audiences().filter(({ name, audience }) => audience === undefined && !name.startsWith('iam:'))
  await expectOnly(
    'not-implemented.txt',
    missing.map(({ name }) => name),
  )
})

/** What stands in conformance/operations.json of AWS's operations, and of the endpoints that no model lists. */
interface Known {
  readonly service: string
  readonly operation: string
  readonly priority: 'core' | 'expected' | 'rare'
  /** Of an endpoint without a model; beside the path there may be words. */
  readonly method?: string
  readonly path?: string
}

/** Signing in at an outside identity provider (§4.5): part of no service that is administered here. */
const SIGN_IN_ELSEWHERE = 'saml-http'

async function knownOperations(): Promise<Known[]> {
  const known = JSON.parse(await readConformance('operations.json')) as Known[]
  return known.filter(({ service }) => service !== SIGN_IN_ELSEWHERE)
}

/** By its model, or by whether anything lies at the path of an endpoint that has none. */
async function isAnswered({ service, operation, method, path }: Known): Promise<boolean> {
  const served = audiences().find(({ name }) => name === `${service}:${operation}`)
  if (served) return served.audience !== undefined
  const url = path?.match(/\/\S*/)?.[0].replaceAll(/\{\w+\}/g, 'x')
  if (!service.endsWith('-http') || url === undefined) return false
  const { statusCode } = await server.inject({ method: method?.startsWith('POST') ? 'POST' : 'GET', url })
  return statusCode !== 404
}

test('what is not answered is rare, or stands in conformance/later.txt', async () => {
  const left: string[] = []
  for (const known of await knownOperations()) {
    if (known.priority !== 'rare' && !(await isAnswered(known))) left.push(`${known.service}:${known.operation}`)
  }
  await expectOnly('later.txt', left)
})

test('every operation of conformance/not-implemented.txt is known to be rare or to be left for later', async () => {
  const fine = new Set((await readConformance('later.txt')).split('\n'))
  for (const { service, operation, priority } of await knownOperations()) {
    if (priority === 'rare') fine.add(`${service}:${operation}`)
  }
  const names = (await linesOf('not-implemented.txt')).map(({ service, operation }) => `${service}:${operation}`)
  expect(names.filter((name) => !fine.has(name))).toEqual([])
})

test('what is not answered is refused with 400, in the name that clients of the service know', async () => {
  const administrator = await signedClients(server)
  for (const { service, operation } of await linesOf('not-implemented.txt')) {
    const refused = administrator(service).call(operation, {})
    const name = service === 'sts' ? 'InvalidAction' : 'UnknownOperationException'
    await expect(refused, operation).rejects.toMatchObject({
      name,
      statusCode: 400,
      message: expect.stringMatching(/./),
    })
  }
})

test('of iam there are the roles, users, keys and policies of local accounts, and nothing else', () => {
  expect(Object.keys(findService('iam')?.operations ?? {}).sort()).toEqual([
    'AttachRolePolicy',
    'AttachUserPolicy',
    'CreateAccessKey',
    'CreatePolicy',
    'CreateRole',
    'CreateUser',
    'DeleteAccessKey',
    'DeletePolicy',
    'DeleteRole',
    'DeleteRolePolicy',
    'DeleteUser',
    'DeleteUserPermissionsBoundary',
    'DeleteUserPolicy',
    'DetachRolePolicy',
    'DetachUserPolicy',
    'GetAccessKeyLastUsed',
    'GetAccountSummary',
    'GetLoginProfile',
    'GetPolicy',
    'GetPolicyVersion',
    'GetRole',
    'GetRolePolicy',
    'GetUser',
    'GetUserPolicy',
    'ListAccessKeys',
    'ListAttachedRolePolicies',
    'ListAttachedUserPolicies',
    'ListGroupsForUser',
    'ListPolicies',
    'ListRolePolicies',
    'ListRoles',
    'ListUserPolicies',
    'ListUserTags',
    'ListUsers',
    'PutRolePolicy',
    'PutUserPermissionsBoundary',
    'PutUserPolicy',
    'TagRole',
    'TagUser',
    'UntagUser',
    'UpdateAccessKey',
    'UpdateAssumeRolePolicy',
    'UpdateUser',
  ])
})

test('nobody is asked who he is for the operations of conformance/open-to-anyone.txt, and for no other', async () => {
  const open = audiences().filter(({ audience }) => audience === 'anyone')
  await expectOnly(
    'open-to-anyone.txt',
    open.map(({ name }) => name),
  )
})
