/** The portal is asked where nothing fresh was written down, and at most once about each account. */

import { days, hours } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import { writeAccessIndex } from '../../account-access/access-index.ts'
import { ConnectionRefusal } from '../../machine/connection.ts'
import type { HttpResponse } from '../../machine/http.ts'
import { loadSettings } from '../../shared-config/settings.ts'
import { tokenFileName } from '../../sign-in/token-cache.ts'
import { createTestMachine, jsonAnswer } from '../../testing/test-machine.ts'
import { openReaches } from './account-reach.ts'

const ACCOUNT = '222233334444'
const SSO = { sessionName: 'acme', startUrl: 'https://acme.awsapps.com/start', region: 'eu-west-1' }
const CONFIG = `[sso-session acme]
sso_start_url = ${SSO.startUrl}
sso_region = ${SSO.region}
[profile dev]
sso_session = acme
sso_account_id = ${ACCOUNT}
sso_role_name = Named
`
const TOKEN = { startUrl: SSO.startUrl, region: SSO.region, accessToken: 'token', expiresAt: '2026-12-21T09:00:00Z' }

const granted = (...roles: string[]): HttpResponse =>
  jsonAnswer(200, { roleList: roles.map((roleName) => ({ roleName, accountId: ACCOUNT })) })

async function prepare(
  answer: () => HttpResponse,
  { indexed, token = TOKEN }: { indexed?: string[]; token?: object | undefined } = {},
) {
  const machine = createTestMachine({ now: '2026-11-21T01:30:00Z', files: { '~/.aws/config': CONFIG }, answer })
  if (token) await machine.files.write(`${machine.home}/.aws/sso/cache/${tokenFileName(SSO)}`, JSON.stringify(token))
  if (indexed) {
    const accounts = [{ accountId: ACCOUNT, accountName: 'Acme Dev', roles: indexed }]
    await writeAccessIndex(machine, { ...SSO, takenAt: machine.clock.now(), accounts })
  }
  return { machine, settings: await loadSettings(machine, {}) }
}

test('what setup wrote down today counts without a question', async () => {
  const { machine, settings } = await prepare(() => granted('Other'), { indexed: ['Admin'] })
  await machine.clock.advance(hours(23))
  expect(await openReaches(machine, settings)(ACCOUNT)).toMatchObject({
    reaches: [{ roles: ['Admin'], source: 'index', accountName: 'Acme Dev' }],
  })
  expect(machine.requests).toEqual([])
})

test('what is older is asked again, once, and the account keeps its name', async () => {
  const { machine, settings } = await prepare(() => granted('Other'), { indexed: ['Admin'] })
  await machine.clock.advance(days(2))
  const reaches = openReaches(machine, settings)
  await Promise.all([reaches(ACCOUNT), reaches(ACCOUNT)])
  expect(await reaches(ACCOUNT)).toMatchObject({
    reaches: [{ roles: ['Other'], source: 'portal', accountName: 'Acme Dev' }],
    unasked: [],
  })
  expect(machine.requests).toHaveLength(1)
})

test('signed out, what was written down counts however old, or else what profiles name; and it is said', async () => {
  const { machine, settings } = await prepare(() => granted(), { indexed: ['Admin'], token: {} })
  await machine.clock.advance(days(9))
  const found = await openReaches(machine, settings)(ACCOUNT)
  expect(found).toMatchObject({ reaches: [{ roles: ['Admin'], source: 'index' }], unasked: [{ session: 'acme' }] })
  const fresh = await prepare(() => granted(), { token: {} })
  expect(await openReaches(fresh.machine, fresh.settings)(ACCOUNT)).toMatchObject({
    reaches: [{ roles: ['Named'], source: 'profile' }],
  })
})

test('the portal says no: no session reaches the account, whatever a profile names', async () => {
  const { machine, settings } = await prepare(() => jsonAnswer(403, {}, 'ForbiddenException'))
  expect(await openReaches(machine, settings)(ACCOUNT)).toEqual({ reaches: [], unasked: [] })
})

test('a portal that cannot be reached is not asked about the next account', async () => {
  const { machine, settings } = await prepare(() => {
    throw new ConnectionRefusal('Could not connect')
  })
  const reaches = openReaches(machine, settings)
  await reaches(ACCOUNT)
  const asked = machine.requests.length
  expect((await reaches('999988887777')).unasked).toMatchObject([{ session: 'acme', why: 'Could not connect' }])
  expect(machine.requests).toHaveLength(asked)
})
