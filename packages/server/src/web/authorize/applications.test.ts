import { challengeOf } from '@mayfly/identity-center/oauth/pkce'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { REDIRECT_URI, VERIFIER } from '../../testing/journeys.ts'
import { createTestApplication, type TestApplication } from '../../testing/test-application.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { givePassword, type Shown, TestBrowser } from '../testing/test-browser.ts'

let server: TestServer
let browser: TestBrowser
let application: TestApplication

beforeEach(async () => {
  server = await startTestServer()
  await givePassword(server, 'alice')
  await givePassword(server, 'bob')
  application = await createTestApplication(server)
})
afterEach(() => server.close())

async function consent(changes: Record<string, string> = {}, userName = 'alice'): Promise<Shown> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: application.arn,
    redirect_uri: REDIRECT_URI,
    code_challenge_method: 'S256',
    code_challenge: challengeOf(VERIFIER),
    ...changes,
  })
  browser = new TestBrowser(server)
  const path = `/authorize?${query}`
  const { location } = await browser.signIn(userName, undefined, path)
  return browser.open(location ?? '')
}

const codeOf = ({ location }: Shown): string => new URL(location ?? '').searchParams.get('code') ?? ''

test('a person who is assigned lets an application in, and its code buys tokens for a signed caller', async () => {
  const page = await consent()
  expect(page.html).toContain('notebook')
  expect(page.html).toContain('Know who you are')
  expect(page.html).not.toContain('not verified')
  const code = codeOf(await browser.send(page, { decision: 'allow' }))
  const shown = { code, redirectUri: REDIRECT_URI, codeVerifier: VERIFIER }
  const tokens = await application.createToken({ grantType: 'authorization_code', ...shown })
  expect(tokens.scope).toEqual(['openid', 'aws', 'sts:identity_context'])
})

test('a person who is not assigned is told so, and nothing is sent to the application', async () => {
  const page = await consent({}, 'bob')
  expect(page.status).toBe(403)
  expect(page.html).toContain('You may not use the application notebook.')
  expect(page.location).toBeUndefined()
})

test('whoever loses the assignment while the page is shown gets no code', async () => {
  const page = await consent()
  const alice = await server.context.store.users.findByUserName('alice')
  await application.change('DeleteApplicationAssignment', { PrincipalType: 'USER', PrincipalId: alice?.id })
  const answer = await browser.send(page, { decision: 'allow' })
  expect(answer.status).toBe(403)
  expect(answer.location).toBeUndefined()
})

test('an address that is not registered, a disabled application and one without the grant are refused here', async () => {
  const foreign = await consent({ redirect_uri: 'https://evil.example/' })
  expect(foreign).toMatchObject({ status: 400, location: undefined })
  await application.change('UpdateApplication', { Status: 'DISABLED' })
  expect(await consent()).toMatchObject({ status: 400, location: undefined })
  await application.change('UpdateApplication', { Status: 'ENABLED' })
  await application.change('DeleteApplicationGrant', { GrantType: 'authorization_code' })
  expect(await consent()).toMatchObject({ status: 400, location: undefined })
})

test('a scope that the application does not have is refused', async () => {
  const refused = await consent({ scope: 'sso:account:access' })
  expect(new URL(refused.location ?? '').searchParams.get('error')).toBe('invalid_scope')
  await application.change('PutApplicationAccessScope', { Scope: 'sso:account:access' })
  expect((await consent({ scope: 'sso:account:access' })).html).toContain('AWS accounts and roles')
})
