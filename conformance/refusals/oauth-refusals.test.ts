/** Every no of sso-oidc and its pages, as it goes over the wire of a running server. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visit } from '../harness/browser-person.ts'
import { alice, bob } from '../harness/example.ts'
import { alter, momentIn, operate } from '../harness/operator.ts'
import { Person, textOf } from '../harness/person.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { membersOf, oauthRefusal, refusalOf } from './wire-client.ts'
import { type Registered, type Tokens, WirePerson } from './wire-person.ts'

let server: ServerProcess
let person: WirePerson
let client: Registered

beforeAll(async () => {
  server = await ServerProcess.start()
  person = await WirePerson.start(server.origin)
  client = await person.register()
})
afterAll(async () => {
  person?.stop()
  await server?.stop()
})

const PENDING = oauthRefusal(
  'AuthorizationPendingException',
  'authorization_pending',
  'Nobody has allowed the sign-in yet. Ask again after the interval.',
)
const UNKNOWN_DEVICE_CODE = oauthRefusal(
  'InvalidGrantException',
  'invalid_grant',
  'The device code is unknown, was used, or belongs to another client.',
)
const INVALID_REFRESH_TOKEN = oauthRefusal('InvalidGrantException', 'invalid_grant', 'Invalid refresh token provided')

const invalidCode = (text: string) =>
  oauthRefusal('InvalidGrantException', 'invalid_grant', `The authorization code ${text}. Start the sign-in again.`)

const UNAUTHORIZED = {
  status: 401,
  type: 'UnauthorizedException',
  __type: 'com.amazonaws.switchboard.portal#UnauthorizedException',
  message: 'Session token not found or invalid',
}

describe('a device code', () => {
  const begin = async () => membersOf(await person.startDevice(client))

  test('is pending for two polls back to back, and a third at once is told to slow down', async () => {
    const { deviceCode } = await begin()
    expect(refusalOf(await person.poll(client, deviceCode))).toEqual(PENDING)
    expect(refusalOf(await person.poll(client, deviceCode))).toEqual(PENDING)
    expect(refusalOf(await person.poll(client, deviceCode))).toEqual(
      oauthRefusal(
        'SlowDownException',
        'slow_down',
        'Asked too early. The interval is five seconds longer from now on.',
      ),
    )
  })

  test('that the person denied is refused, at every poll', async () => {
    const { deviceCode, verificationUriComplete } = await begin()
    await visit(new Person(), String(verificationUriComplete), { ...bob, decision: 'deny' })
    const denied = oauthRefusal('AccessDeniedException', 'access_denied', 'The sign-in was denied in the browser.')
    expect(refusalOf(await person.poll(client, deviceCode))).toEqual(denied)
    expect(refusalOf(await person.poll(client, deviceCode))).toEqual(denied)
  })

  test('that nobody allowed in time has expired, and its page says the same of it as of one that never was', async () => {
    const { deviceCode, userCode } = await begin()
    const expire = 'update device_authorizations set expires_at = ? where user_code = ?'
    expect(alter(server, expire, momentIn(-1), String(userCode))).toBe(1)
    expect(refusalOf(await person.poll(client, deviceCode))).toEqual(
      oauthRefusal('ExpiredTokenException', 'expired_token', 'The device code has expired. Start the sign-in again.'),
    )
    const browser = new Person()
    await visit(browser, `${server.origin}/device`, { ...bob, decision: 'ignore' })
    const [expired, unknown] = await Promise.all(
      [String(userCode), 'BBBB-BBBB'].map((code) =>
        visit(browser, `${server.origin}/device?user_code=${code}`, {
          ...bob,
          decision: 'allow',
        }),
      ),
    )
    expect(expired?.status).toBe(unknown?.status)
    const withoutCode = (html = '', code: string) => textOf(html).replaceAll(code, 'CODE')
    expect(withoutCode(expired?.html, String(userCode))).toBe(withoutCode(unknown?.html, 'BBBB-BBBB'))
  })

  test('works once; an unknown one, and that of another client, never', async () => {
    const { deviceCode, verificationUriComplete } = await begin()
    await visit(new Person(), String(verificationUriComplete), { ...bob, decision: 'allow' })
    const other = await person.register({ clientName: 'botocore-client-other' })
    expect(refusalOf(await person.poll(other, deviceCode))).toEqual(UNKNOWN_DEVICE_CODE)
    expect((await person.poll(client, deviceCode)).status).toBe(200)
    expect(refusalOf(await person.poll(client, deviceCode))).toEqual(UNKNOWN_DEVICE_CODE)
    expect(refusalOf(await person.poll(client, 'nonsense'))).toEqual(UNKNOWN_DEVICE_CODE)
  })

  test('is not to be had for a start URL that is not ours', async () => {
    expect(refusalOf(await person.startDevice(client, 'https://other.awsapps.com/start'))).toEqual(
      oauthRefusal('InvalidRequestException', 'invalid_request', 'The start URL names no instance of this server.'),
    )
  })
})

describe('an authorization code', () => {
  test('with a wrong verifier, without one, or for another redirect is refused, and still works with the right ones', async () => {
    const code = await person.codeFor(client, bob)
    const wrong = await person.redeem(client, code, { codeVerifier: 'x'.repeat(64) })
    expect(refusalOf(wrong)).toEqual(invalidCode('does not go with this code verifier'))
    expect(refusalOf(await person.redeem(client, code, { codeVerifier: undefined }))).toEqual(
      oauthRefusal('InvalidRequestException', 'invalid_request', 'This grant needs codeVerifier.'),
    )
    const elsewhere = await person.redeem(client, code, { redirectUri: 'http://127.0.0.1:1/oauth/callback' })
    expect(refusalOf(elsewhere)).toEqual(invalidCode('was issued for another redirect URI'))
    expect((await person.redeem(client, code)).status).toBe(200)
  })

  test('used a second time is refused, and what was issued for it works no longer', async () => {
    const code = await person.codeFor(client, bob)
    const tokens = membersOf(await person.redeem(client, code)) as unknown as Tokens
    expect((await person.portal('/assignment/accounts', tokens.accessToken)).status).toBe(200)
    expect(refusalOf(await person.redeem(client, code))).toEqual(
      invalidCode('was used before, so the tokens issued for it no longer work'),
    )
    expect(refusalOf(await person.portal('/assignment/accounts', tokens.accessToken))).toEqual(UNAUTHORIZED)
    expect(refusalOf(await person.refresh(client, tokens.refreshToken))).toEqual(INVALID_REFRESH_TOKEN)
  })

  test('that lay about until it expired is refused', async () => {
    const code = await person.codeFor(client, bob)
    expect(alter(server, 'update authorization_codes set expires_at = ? where consumed_at is null', momentIn(-1))).toBe(
      1,
    )
    expect(refusalOf(await person.redeem(client, code))).toMatchObject({
      status: 400,
      type: 'InvalidGrantException',
      error: 'invalid_grant',
    })
  })

  test('goes to no foreign address: the person sees a page that says so', async () => {
    const url = person.authorizeUrl(client, { redirect_uri: 'https://elsewhere.example/oauth/callback' })
    const page = await new Person().open(url)
    expect(page).toMatchObject({ status: 400, url })
    expect(textOf(page.html)).toContain('answered at an address that it did not register. Nothing was sent there.')
  })

  test.each([
    ['without the client that it is for', { client_id: 'nobody' }, 'That did not work'],
    ['at another loopback path', { redirect_uri: 'http://127.0.0.1:1/elsewhere' }, 'did not register'],
  ] as const)('asked for %s is refused on a page', async (_, parameters, words) => {
    const url = person.authorizeUrl(client, parameters)
    const page = await new Person().open(url)
    expect(page).toMatchObject({ status: 400, url })
    expect(textOf(page.html)).toContain(words)
  })

  test.each([
    ['with a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['with no challenge', { code_challenge: '' }, 'invalid_request'],
    ['with another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['for a scope that was not registered', { scopes: 'sso:account:access other:scope' }, 'invalid_scope'],
  ] as const)('asked for %s is refused to the client, with its state', async (_, parameters, error) => {
    await new Person().open(person.authorizeUrl(client, parameters))
    const answer = person.takeReturned()?.searchParams
    expect(answer?.get('error')).toBe(error)
    expect(answer?.get('state')).toBe('a-state')
    expect(answer?.get('error_description')).toBeTruthy()
    expect(answer?.has('code')).toBe(false)
  })

  test('that the person denied comes back as access_denied', async () => {
    await visit(new Person(), person.authorizeUrl(client), { ...bob, decision: 'deny' })
    const answer = person.takeReturned()?.searchParams
    expect([answer?.get('error'), answer?.get('state'), answer?.has('code')]).toEqual([
      'access_denied',
      'a-state',
      false,
    ])
  })
})

describe('a client', () => {
  test('with a wrong secret is not known', async () => {
    const answer = await person.poll({ clientId: client.clientId, clientSecret: 'wrong' }, 'nonsense')
    expect(refusalOf(answer)).toEqual(
      oauthRefusal('InvalidClientException', 'invalid_client', 'The client is not registered with this server.', 401),
    )
  })

  test.each([
    [
      'for an issuer that is not ours',
      { issuerUrl: 'https://other.awsapps.com/start' },
      'InvalidRequestException',
      'invalid_request',
    ],
    [
      'that would be answered on a foreign http page',
      { redirectUris: ['http://elsewhere.example/'] },
      'InvalidRedirectUriException',
      'invalid_redirect_uri',
    ],
    ['of another type', { clientType: 'confidential' }, 'InvalidClientMetadataException', 'invalid_client_metadata'],
    ['for an unknown grant', { grantTypes: ['password'] }, 'UnsupportedGrantTypeException', 'unsupported_grant_type'],
  ] as const)('%s is not registered', async (_, members, type, error) => {
    const answer = await person.post('/client/register', {
      clientName: 'a tool',
      clientType: 'public',
      grantTypes: ['authorization_code'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      ...members,
    })
    const refusal = refusalOf(answer)
    expect(refusal).toMatchObject({ status: 400, type, __type: type, error })
    expect(refusal['message']).toBe(refusal['error_description'])
  })
})

describe('a session', () => {
  const noAccess = {
    status: 403,
    type: 'ForbiddenException',
    __type: 'com.amazonaws.switchboard.portal#ForbiddenException',
    message: 'No access',
  }

  test('that signed out opens nothing, and is refreshed no more', async () => {
    const { tokens } = await person.signIn(bob)
    expect((await person.portal('/logout', tokens.accessToken, 'POST')).status).toBe(200)
    expect(refusalOf(await person.portal('/assignment/accounts', tokens.accessToken))).toEqual(UNAUTHORIZED)
    expect(refusalOf(await person.portal('/logout', tokens.accessToken, 'POST'))).toEqual(UNAUTHORIZED)
    expect(refusalOf(await person.refresh(client, tokens.refreshToken))).toEqual(INVALID_REFRESH_TOKEN)
  })

  test('without the role, or for an account that nobody has, gets no credentials and learns no more', async () => {
    const { tokens } = await person.signIn(bob)
    const ask = (account: string, role: string) =>
      person.portal(`/federation/credentials?account_id=${account}&role_name=${role}`, tokens.accessToken)
    expect(refusalOf(await ask('111122223333', 'AdministratorAccess'))).toEqual(noAccess)
    expect(refusalOf(await ask('222233334444', 'NoSuchRole'))).toEqual(noAccess)
    expect(refusalOf(await ask('999999999999', 'AdministratorAccess'))).toEqual(noAccess)
    expect(refusalOf(await person.portal('/assignment/roles?account_id=999999999999', tokens.accessToken))).toEqual(
      noAccess,
    )
  })

  test('of a user who is disabled ends at once, while the server runs, and begins anew when enabled', async () => {
    const { client, tokens } = await person.signIn(bob)
    expect(await operate(server, 'users', 'disable', 'bob')).toMatchObject({ status: 0, stdout: 'bob is disabled.\n' })
    expect(refusalOf(await person.portal('/assignment/accounts', tokens.accessToken))).toEqual(UNAUTHORIZED)
    expect(refusalOf(await person.refresh(client, tokens.refreshToken))).toEqual(INVALID_REFRESH_TOKEN)
    const { deviceCode, verificationUriComplete } = membersOf(await person.startDevice(client))
    const page = await visit(new Person(), String(verificationUriComplete), { ...bob, decision: 'allow' })
    expect(page.status).toBe(403)
    expect(textOf(page.html)).toContain('The user name or the password is not right.')
    expect(refusalOf(await person.poll(client, deviceCode))).toEqual(PENDING)
    expect(await operate(server, 'users', 'enable', 'bob')).toMatchObject({ status: 0, stdout: 'bob is enabled.\n' })
    expect((await person.signIn(bob)).tokens.accessToken).toMatch(/^aoa/)
  })

  test('of a user who is disabled between allowing and the next poll is not begun', async () => {
    const device = membersOf(await person.startDevice(client))
    await visit(new Person(), String(device['verificationUriComplete']), { ...bob, decision: 'allow' })
    const code = await person.codeFor(client, bob)
    await operate(server, 'users', 'disable', 'bob')
    const refused = oauthRefusal(
      'AccessDeniedException',
      'access_denied',
      'This user may not sign in. Ask your administrator.',
    )
    expect(refusalOf(await person.poll(client, device['deviceCode']))).toEqual(refused)
    expect(refusalOf(await person.redeem(client, code))).toEqual(refused)
    await operate(server, 'users', 'enable', 'bob')
  })
})

describe('a user who mistyped too often', () => {
  const signInPage = (password: string) =>
    visit(new Person(), person.authorizeUrl(client), { userName: 'bob', password, decision: 'ignore' })

  test('waits, keeps what was signed in, and may try at once when the operator unlocks', async () => {
    const { tokens } = await person.signIn(bob)
    let page = await signInPage('wrong')
    for (let turn = 0; turn < 12 && page.status === 403; turn++) page = await signInPage('wrong')
    expect(page.status).toBe(429)
    expect(textOf(page.html)).toMatch(/There were too many attempts\. Try again in \d+ seconds?\./)
    // Whoever guesses shall not sign the owner out.
    expect((await person.portal('/assignment/accounts', tokens.accessToken)).status).toBe(200)
    // The pause of five minutes, so that the test need not be quick.
    expect(
      alter(server, "update sign_in_attempts set blocked_until = ? where subject = 'user:bob'", momentIn(300)),
    ).toBe(1)
    page = await signInPage(bob.password)
    expect(page.status).toBe(429)
    expect(textOf(page.html)).toContain('Try again in 5 minutes.')
    expect(await operate(server, 'users', 'unlock', 'bob')).toMatchObject({ status: 0, stdout: 'bob may try again.\n' })
    expect((await signInPage(bob.password)).status).toBe(200)
  })

  test('is not told from one who does not exist, and is no other user', async () => {
    const page = await visit(new Person(), person.authorizeUrl(client), { ...alice, decision: 'ignore' })
    expect(page.status).toBe(200)
    const nobody = () =>
      visit(new Person(), person.authorizeUrl(client), { userName: 'nobody', password: 'x', decision: 'ignore' })
    let answer = await nobody()
    for (let turn = 0; turn < 12 && answer.status === 403; turn++) answer = await nobody()
    expect(answer.status).toBe(429)
  })
})
