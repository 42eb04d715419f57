/** What AWS CLIs after 2.9.19 send differently, against a running server (identity-center §2.8). */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visit } from '../harness/browser-person.ts'
import { bob } from '../harness/example.ts'
import { Person } from '../harness/person.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { ask, membersOf } from './wire-client.ts'
import { WirePerson } from './wire-person.ts'

const RESOLVED = 'https://ssoins-7223b1e5f2a94c60.portal.us-east-1.app.aws'

let server: ServerProcess
let person: WirePerson

beforeAll(async () => {
  server = await ServerProcess.start()
  person = await WirePerson.start(server.origin)
})
afterAll(async () => {
  person?.stop()
  await server?.stop()
})

describe('the probe of the start URL', () => {
  test.each(['/start', '/start/', '/'])('HEAD %s leads to a name of AWS, which carries the region', async (path) => {
    const answer = await ask(`${server.origin}${path}`, { method: 'HEAD' })
    expect([answer.status, answer.headers['location'], answer.text]).toEqual([302, `${RESOLVED}/`, ''])
  })

  test('GET shows the portal all the same', async () => {
    const answer = await ask(server.startUrl)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^text\/html/)
  })
})

describe.each([
  ['its own start URL', () => server.startUrl],
  ['its own start URL with a slash', () => `${server.startUrl}/`],
  ['the bare address', () => server.origin],
  ['the name in awsapps.com', () => 'https://mayfly-example.awsapps.com/start'],
  ['the name in awsapps.com as the CLI writes it', () => 'https://mayfly-example.awsapps.com/start/'],
  ['the resolved address', () => RESOLVED],
  ['the resolved address with a slash', () => `${RESOLVED}/`],
  ['the older resolved address', () => 'https://ssoins-7223b1e5f2a94c60.us-east-1.portal.amazonaws.com'],
  ['the identity store', () => 'https://d-9067a1b2c3.awsapps.com/start'],
])('%s', (_, startUrl) => {
  test('is an issuer, and signs in by PKCE with `scopes`', async () => {
    const client = await person.register({
      grantTypes: ['authorization_code', 'refresh_token'],
      issuerUrl: startUrl(),
    })
    const answer = await person.redeem(client, await person.codeFor(client, bob))
    expect(answer.status).toBe(200)
    const { accessToken, refreshToken, tokenType, expiresIn } = membersOf(answer)
    expect({ tokenType, expiresIn }).toEqual({ tokenType: 'Bearer', expiresIn: 3600 })
    expect(refreshToken).toMatch(/^aor/)
    expect((await person.portal('/assignment/accounts', String(accessToken))).status).toBe(200)
  })

  test('is a start URL of the device grant', async () => {
    const client = await person.register({ grantTypes: undefined, redirectUris: undefined, issuerUrl: undefined })
    const started = await person.startDevice(client, startUrl())
    expect(started.status).toBe(200)
    const { deviceCode, verificationUriComplete } = membersOf(started)
    await visit(person.browser, String(verificationUriComplete), { ...bob, decision: 'allow' })
    expect((await person.poll(client, deviceCode)).status).toBe(200)
  })
})

test('`scope` of the standard does as well as `scopes`', async () => {
  const client = await person.register()
  const url = new URL(person.authorizeUrl(client))
  url.searchParams.delete('scopes')
  url.searchParams.set('scope', 'sso:account:access')
  await visit(person.browser, url.href, { ...bob, decision: 'allow' })
  const code = person.takeReturned()?.searchParams.get('code') ?? ''
  expect((await person.redeem(client, code)).status).toBe(200)
})

test('a legacy client without scopes gets a token of eight hours and nothing to refresh it with', async () => {
  const client = await person.register({
    clientName: 'botocore-client-1795236637',
    scopes: undefined,
    grantTypes: undefined,
    redirectUris: undefined,
    issuerUrl: undefined,
  })
  const { deviceCode, verificationUriComplete } = membersOf(await person.startDevice(client))
  await visit(new Person(), String(verificationUriComplete), { ...bob, decision: 'allow' })
  const token = membersOf(await person.poll(client, deviceCode))
  // No longer than the session in the browser, which lasts as long and began before.
  expect(token['expiresIn']).toBeGreaterThan(28_700)
  expect(token['expiresIn']).toBeLessThanOrEqual(28_800)
  expect(token).not.toHaveProperty('refreshToken')
})
