/** Codes, tokens and clients under attack: confused with each other, replayed, raced and outlived, on a running server. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, engines } from '../harness/engines.ts'
import { alice, bob } from '../harness/example.ts'
import { root } from '../harness/root.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import {
  allowDevice,
  ask,
  Callback,
  createProof,
  createToken,
  DEVICE_CODE,
  listAccounts,
  type OidcAnswer,
  obtainCode,
  obtainTokens,
  Person,
  redemption,
  refreshing,
  register,
  registerRaw,
  signIn,
  startDevice,
  takeRole,
} from './attacker.ts'
import { identify } from './signing.ts'

const AT_ONCE = 20

/** Asks many times before it waits for any answer. */
const race = <T>(task: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: AT_ONCE }, task))
const winners = (answers: readonly OidcAnswer[]): OidcAnswer[] => answers.filter(({ status }) => status === 200)
const losses = (answers: readonly OidcAnswer[]): Set<string> =>
  new Set(answers.filter(({ status }) => status !== 200).map(({ error }) => error))

describe.each(engines)('grants on $name', (engine: Engine) => {
  let server: ServerProcess
  let origin: string
  let callback: Callback
  let close = async (): Promise<void> => {}
  let skipped: string | undefined
  let database: string | undefined

  beforeAll(async () => {
    const opened = await engine.open()
    if ('skip' in opened) {
      skipped = opened.skip
      return
    }
    close = opened.close
    database = opened.database
    server = await ServerProcess.start(database === undefined ? {} : { database })
    origin = server.origin
    callback = await Callback.start()
  })
  afterAll(async () => {
    callback?.stop()
    await server?.stop()
    await close()
  })

  const claim = (name: string, attack: () => Promise<void>): void =>
    test(name, async ({ skip }) => {
      if (skipped !== undefined) return skip(skipped)
      await attack()
    })

  const visitor = async (who: typeof alice | typeof bob = alice): Promise<Person> => {
    const person = new Person()
    await signIn(person, origin, who)
    return person
  }

  claim('of twenty who redeem one authorization code at once one gets tokens, and the others end them', async () => {
    const person = await visitor()
    const client = await register(origin)
    const proof = createProof()
    const code = await obtainCode(origin, person, client, { callback, proof })
    const answers = await race(() => createToken(origin, client, redemption(code, callback, proof)))
    expect(winners(answers)).toHaveLength(1)
    expect(losses(answers)).toEqual(new Set(['InvalidGrantException']))
    const [won] = winners(answers)
    expect((await listAccounts(origin, String(won?.body['accessToken']))).status).toBe(401)
    const again = await createToken(origin, client, refreshing(String(won?.body['refreshToken'])))
    expect(again.error).toBe('InvalidGrantException')
  })

  claim('of twenty who poll with one device code at once one gets tokens, and it is worth nothing later', async () => {
    const client = await register(origin)
    const device = await startDevice(origin, client)
    await allowDevice(await visitor(), origin, device.userCode)
    const poll = () => createToken(origin, client, { grantType: DEVICE_CODE, deviceCode: device.deviceCode })
    const answers = await race(poll)
    expect(winners(answers)).toHaveLength(1)
    expect(losses(answers)).toEqual(new Set(['InvalidGrantException']))
    expect((await poll()).error).toBe('InvalidGrantException')
    expect((await listAccounts(origin, String(winners(answers)[0]?.body['accessToken']))).status).toBe(200)
  })

  claim('a device that two people decide about at once has one answer', async () => {
    const client = await register(origin)
    const device = await startDevice(origin, client)
    const people = [await visitor(alice), await visitor(bob)]
    const pages = await Promise.all(
      people.map(async (person) =>
        person.submit(await person.open(`${origin}/device`), { user_code: device.userCode }),
      ),
    )
    const decided = await Promise.all(
      people.map((person, index) => {
        const page = pages[index]
        if (!page) throw new Error('no page')
        return person.submit(page, {}, { button: index === 0 ? 'decision=allow' : 'decision=deny' })
      }),
    )
    expect(decided.filter(({ html }) => /Your device is signed in|Access was denied/.test(html))).toHaveLength(1)
  })

  claim('twenty who refresh at once all go on, and what they got dies together', async () => {
    const { client, tokens } = await obtainTokens(origin, await visitor(), callback)
    const answers = await race(() => createToken(origin, client, refreshing(tokens.refreshToken)))
    expect(winners(answers)).toHaveLength(AT_ONCE)
    const all = answers.map(({ body }) => String(body['accessToken']))
    expect(new Set(all).size).toBe(AT_ONCE)
    const out = await ask(origin, '/logout', { method: 'POST', headers: { 'x-amz-sso_bearer_token': all[3] ?? '' } })
    expect(out.status).toBe(200)
    const after = await Promise.all(all.map((token) => listAccounts(origin, token)))
    expect(new Set(after.map(({ status }) => status))).toEqual(new Set([401]))
    for (const { body } of answers) {
      const { error } = await createToken(origin, client, refreshing(String(body['refreshToken'])))
      expect(error).toBe('InvalidGrantException')
    }
  })

  claim('whoever signs out while others refresh is signed out: nothing that was won in the race works', async () => {
    const { client, tokens } = await obtainTokens(origin, await visitor(), callback)
    const leaving = new Promise<void>((resolve, reject) =>
      setTimeout(
        () =>
          ask(origin, '/logout', { method: 'POST', headers: { 'x-amz-sso_bearer_token': tokens.accessToken } }).then(
            () => resolve(),
            reject,
          ),
        10,
      ),
    )
    const answers = await race(() => createToken(origin, client, refreshing(tokens.refreshToken)))
    await leaving
    for (const { body } of winners(answers)) {
      expect((await listAccounts(origin, String(body['accessToken']))).status).toBe(401)
      const next = await createToken(origin, client, refreshing(String(body['refreshToken'])))
      expect(next.error).toBe('InvalidGrantException')
    }
  })

  claim('no token stands in for another, and no code for a token', async () => {
    const person = await visitor()
    const { client, tokens, code } = await obtainTokens(origin, person, callback)
    const device = await startDevice(origin, client)
    const session = person.cookies(origin).get('mayfly-session') ?? ''
    for (const text of [tokens.refreshToken, code, device.deviceCode, session, client.clientSecret, client.clientId]) {
      expect((await listAccounts(origin, text)).status).toBe(401)
    }
    for (const text of [tokens.accessToken, code, device.deviceCode, session, client.clientSecret]) {
      expect((await createToken(origin, client, refreshing(text))).error).toBe('InvalidGrantException')
    }
    for (const text of [tokens.accessToken, tokens.refreshToken, device.deviceCode]) {
      const answer = await createToken(origin, client, redemption(text, callback, createProof()))
      expect(answer.error).toBe('InvalidGrantException')
    }
    for (const text of [tokens.accessToken, tokens.refreshToken, code, device.userCode]) {
      const answer = await createToken(origin, client, { grantType: DEVICE_CODE, deviceCode: text })
      expect(answer.error).toBe('InvalidGrantException')
    }
    // None of these was a replay: the family lives.
    expect((await listAccounts(origin, tokens.accessToken)).status).toBe(200)
    const cookie = { cookie: `mayfly-session=${tokens.accessToken}` }
    expect((await ask(origin, '/portal/me', { headers: cookie })).status).toBe(401)
  })

  claim('one client’s code, device code and refresh token are worth nothing to another', async () => {
    const person = await visitor()
    const other = await register(origin)
    const { client, tokens } = await obtainTokens(origin, person, callback)
    const proof = createProof()
    const code = await obtainCode(origin, person, client, { callback, proof })
    const device = await startDevice(origin, client)
    await allowDevice(person, origin, device.userCode)
    const grants = [
      refreshing(tokens.refreshToken),
      redemption(code, callback, proof),
      { grantType: DEVICE_CODE, deviceCode: device.deviceCode },
    ]
    for (const grant of grants) expect((await createToken(origin, other, grant)).error).toBe('InvalidGrantException')
    const mixed = [
      { clientId: client.clientId, clientSecret: other.clientSecret },
      { clientId: other.clientId, clientSecret: client.clientSecret },
      { clientId: client.clientId, clientSecret: 'x' },
      { clientId: client.clientId, clientSecret: `${client.clientSecret} ` },
      { clientId: `${client.clientId.slice(0, -2)}AA`, clientSecret: client.clientSecret },
    ]
    for (const mix of mixed) {
      for (const grant of grants) expect((await createToken(origin, mix, grant)).error).toBe('InvalidClientException')
    }
    // All of it still works for its own client.
    for (const grant of grants) expect((await createToken(origin, client, grant)).status).toBe(200)
  })

  claim('a registration of another server is none here', async () => {
    const elsewhere = await ServerProcess.start()
    try {
      const foreign = await register(elsewhere.origin)
      const answer = await createToken(origin, foreign, refreshing('x'))
      expect(answer.error).toBe('InvalidClientException')
      const page = await ask(
        origin,
        `/authorize?${new URLSearchParams({ client_id: foreign.clientId, redirect_uri: 'http://127.0.0.1/oauth/callback' })}`,
      )
      expect([page.status, page.headers['location']]).toEqual([400, undefined])
    } finally {
      await elsewhere.stop()
    }
  })

  claim(
    'neither a wrong verifier nor another redirect address is a way to the tokens, or uses the code up',
    async () => {
      const client = await register(origin)
      const proof = createProof()
      const code = await obtainCode(origin, await visitor(), client, { callback, proof })
      const right = redemption(code, callback, proof)
      const wrong = [
        { ...right, codeVerifier: createProof().codeVerifier },
        { ...right, codeVerifier: proof.codeChallenge },
        { ...right, codeVerifier: '' },
        { ...right, redirectUri: 'http://127.0.0.1/oauth/callback' },
        { ...right, redirectUri: `${callback.redirectUri}/` },
        { ...right, redirectUri: callback.redirectUri.replace('127.0.0.1', 'localhost') },
      ]
      for (const grant of wrong) expect((await createToken(origin, client, grant)).status).toBe(400)
      expect((await createToken(origin, client, right)).status).toBe(200)
    },
  )

  claim('a client that registered for one grant cannot use another', async () => {
    const client = await register(origin, { grantTypes: ['refresh_token'] })
    expect((await createToken(origin, client, { grantType: DEVICE_CODE, deviceCode: 'x' })).error).toBe(
      'UnauthorizedClientException',
    )
    const { error } = await registerRaw(origin, { clientName: 'x', clientType: 'public', grantTypes: ['password'] })
    expect(error).toBe('UnsupportedGrantTypeException')
  })

  claim('ending a session in the portal ends its role credentials; signing out leaves those that run', async () => {
    const person = await visitor()
    const { tokens } = await obtainTokens(origin, person, callback)
    const keys = await takeRole(origin, tokens.accessToken)
    expect((await identify(origin, keys)).status).toBe(200)
    const { antiForgeryToken } = JSON.parse((await person.open(`${origin}/portal/me`)).html)
    const { sessions } = JSON.parse((await person.open(`${origin}/portal/sessions`)).html)
    const current = sessions.find((session: { current: boolean }) => session.current)
    const headers = {
      cookie: `mayfly-session=${person.cookies(origin).get('mayfly-session')}`,
      'x-mayfly-anti-forgery': antiForgeryToken,
    }
    expect((await ask(origin, `/portal/sessions/${current.id}`, { method: 'DELETE', headers })).status).toBe(204)
    expect((await identify(origin, keys)).status).toBe(403)
    expect((await listAccounts(origin, tokens.accessToken)).status).toBe(401)
    expect((await ask(origin, '/portal/me', { headers })).status).toBe(401)
  })

  claim('a disabled user loses everything at once: session, codes, tokens, role credentials', async () => {
    const person = await visitor(bob)
    const { client, tokens } = await obtainTokens(origin, person, callback)
    const keys = await takeRole(origin, tokens.accessToken)
    const proof = createProof()
    const code = await obtainCode(origin, person, client, { callback, proof })
    const device = await startDevice(origin, client)
    await allowDevice(person, origin, device.userCode)
    const words = ['--data', server.data, ...(database === undefined ? [] : ['--database', database])]
    const command = (verb: string) =>
      runProgram(process.execPath, [`${root}/packages/server/bin/mayfly-server.cjs`, 'users', verb, 'bob', ...words], {
        env: { PATH: process.env['PATH'] ?? '' },
      })
    expect(await command('disable')).toMatchObject({ status: 0, stderr: '' })
    const answers = await Promise.all([
      createToken(origin, client, redemption(code, callback, proof)),
      createToken(origin, client, { grantType: DEVICE_CODE, deviceCode: device.deviceCode }),
      createToken(origin, client, refreshing(tokens.refreshToken)),
    ])
    expect(winners(answers)).toEqual([])
    expect((await listAccounts(origin, tokens.accessToken)).status).toBe(401)
    expect((await person.open(`${origin}/portal/me`)).status).toBe(401)
    expect((await signIn(new Person(), origin, bob)).status).toBe(403)
    await expect.poll(async () => (await identify(origin, keys)).status, { timeout: 3000 }).toBe(403)
    expect(await command('enable')).toMatchObject({ status: 0, stderr: '' })
    // What was taken away does not come back.
    expect((await createToken(origin, client, refreshing(tokens.refreshToken))).error).toBe('InvalidGrantException')
    expect((await identify(origin, keys)).status).toBe(403)
  })
})
