/** Whole journeys, and afterwards a search for every secret in all that was printed, logged, recorded and stored. */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseBase32, stepAt, totpAt } from '../../packages/identity-center/src/sign-in/totp.ts'
import { DEVELOPMENT } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { type Page, textOf } from '../harness/person.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { signedCall } from '../harness/signed-call.ts'
import { readToken } from '../harness/tokens.ts'
import {
  allowDevice,
  ask,
  Callback,
  createToken,
  DEVICE_CODE,
  obtainTokens,
  Person,
  type RoleKeys,
  refreshing,
  startDevice,
  takeRole,
} from './attacker.ts'
import { identify } from './signing.ts'

const PASSWORD = 'Correct-horse-7-battery'
const NEW_PASSWORD = 'Another-staple-8-battery'

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** Every value of every table, as text. */
function dump(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true })
  const tables = database.prepare(`select name from sqlite_master where type = 'table'`).all()
  const rows = tables.map(({ name }) => database.prepare(`select * from "${String(name)}"`).all())
  database.close()
  return JSON.stringify(rows)
}

describe('a server from its first start on', () => {
  let server: ServerProcess
  const secrets = new Map<string, string>()
  const know = (what: string, secret: unknown): string => {
    expect([what, String(secret).length >= 6]).toEqual([what, true])
    secrets.set(what, String(secret))
    return String(secret)
  }

  /** Takes a link, registers a factor and does all that a person can do, wrongly and rightly. */
  beforeAll(async () => {
    server = await ServerProcess.start({ args: ['--log-level', 'info'] })
    const { origin } = server
    const link = know('the one-time link', /\/link\/(\S+)/.exec(server.output)?.[1])
    const person = new Person()
    const enrolment = await followLink(person, `${origin}/link/${link}`)
    const seed = know('the authenticator’s seed', /class="secret">([A-Z2-7 ]+)</.exec(enrolment.html)?.[1])
    const bytes = parseBase32(seed) ?? new Uint8Array()
    secrets.set('the authenticator’s seed, unspaced', seed.replaceAll(' ', ''))
    const registered = await person.submit(enrolment, { code: totpAt(bytes, stepAt(new Date())), name: 'Phone' })
    const codes = [...registered.html.matchAll(/<li>([0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5})<\/li>/g)].map(
      ([, code]) => code,
    )
    expect(codes).toHaveLength(10)
    for (const [index, code] of codes.entries()) know(`recovery code ${index}`, code)
    for (const [name, value] of person.cookies(origin)) know(`the cookie ${name}`, value)
    secrets.set('the password', PASSWORD)
    const callback = await Callback.start()
    const { client, tokens, code, proof } = await obtainTokens(origin, person, callback)
    know('the client secret', client.clientSecret)
    know('the authorization code', code)
    know('the code verifier', proof.codeVerifier)
    know('an access token', tokens.accessToken)
    know('a refresh token', tokens.refreshToken)
    const refreshed = await createToken(origin, client, refreshing(tokens.refreshToken))
    know('a refreshed access token', refreshed.body['accessToken'])
    know('a refreshed refresh token', refreshed.body['refreshToken'])
    const device = await startDevice(origin, client)
    know('the device code', device.deviceCode)
    await allowDevice(person, origin, device.userCode)
    const polled = await createToken(origin, client, { grantType: DEVICE_CODE, deviceCode: device.deviceCode })
    know('the device’s access token', polled.body['accessToken'])
    const accounts = JSON.parse(
      (await ask(origin, '/assignment/accounts', { headers: { 'x-amz-sso_bearer_token': tokens.accessToken } })).body,
    )
    const role = { account_id: accounts.accountList[0].accountId, role_name: 'AdministratorAccess' }
    const keys = await takeRole(origin, tokens.accessToken, role)
    know('a secret access key', keys.secretAccessKey)
    know('a session token', keys.sessionToken)
    expect((await identify(origin, keys)).status).toBe(200)
    await identify(origin, { ...keys, secretAccessKey: know('a wrong secret access key', 'x'.repeat(40)) })
    await useLongTermKey(origin, keys)
    await recover(person, origin, codes[0] ?? '')
    await mistype(origin)
    // Wrong ones at the right place, and right ones at the wrong place.
    await createToken(origin, client, refreshing(know('a wrong refresh token', `aor_${'z'.repeat(49)}`)))
    await ask(origin, `/assets/${tokens.accessToken}`)
    await ask(origin, `/start?token=${tokens.accessToken}&code=${code}`)
    await ask(origin, `/assignment/accounts?next_token=${tokens.refreshToken}`, {
      headers: { 'x-amz-sso_bearer_token': tokens.accessToken },
    })
    await ask(origin, '/device', { headers: { authorization: `Bearer ${tokens.accessToken}` } })
    await ask(origin, `/link/${link}`)
    callback.stop()
  })
  afterAll(() => server.stop())

  async function followLink(person: Person, link: string): Promise<Page> {
    return person.submit(await person.open(link), {
      userName: 'root-of-all',
      givenName: 'Ada',
      familyName: 'First',
      email: 'ada@acme.example',
      newPassword: PASSWORD,
      newPasswordAgain: PASSWORD,
    })
  }

  /** Makes a long-term key and signs with it, and puts its secret where its id or a name belongs. */
  async function useLongTermKey(origin: string, administrator: RoleKeys): Promise<void> {
    const call = signedCall(origin, administrator)
    await call('iam', 'CreateUser', { UserName: 'build' })
    const { AccessKey } = await call('iam', 'CreateAccessKey', { UserName: 'build' })
    const { AccessKeyId: accessKeyId, SecretAccessKey } = AccessKey as Record<string, string>
    const secretAccessKey = know('the secret of a long-term key', SecretAccessKey)
    expect((await identify(origin, { accessKeyId: accessKeyId ?? '', secretAccessKey })).status).toBe(200)
    // Without a slash or a plus it passes for an id or a name.
    const plain = know('another secret of a key', `${'x1Y'.repeat(13)}z`)
    for (const secret of [secretAccessKey, plain]) {
      for (const [operation, input] of [
        ['GetAccessKeyLastUsed', { AccessKeyId: secret }],
        ['DeleteAccessKey', { UserName: 'build', AccessKeyId: secret }],
        ['GetUser', { UserName: secret }],
      ] as const) {
        await expect(call('iam', operation, input)).rejects.toBeDefined()
      }
      await identify(origin, { accessKeyId: secret, secretAccessKey })
      await ask(origin, '/sign-in', { headers: { 'user-agent': `tool/1 (${secret})` } })
    }
  }

  /** Signs in with a recovery code, and changes the password. */
  async function recover(person: Person, origin: string, code: string): Promise<void> {
    const other = new Person()
    const first = await other.submit(await other.open(`${origin}/sign-in`), {
      userName: 'root-of-all',
      password: PASSWORD,
    })
    know('the cookie of a pending sign-in', other.cookies(origin).get('mayfly-sign-in'))
    expect(textOf(first.html)).toContain('Second factor')
    const page = await other.open(`${origin}/sign-in/mfa?with=recovery-code`)
    await other.submit(page, { code })
    const { antiForgeryToken } = JSON.parse((await person.open(`${origin}/portal/me`)).html)
    const headers = {
      cookie: `mayfly-session=${person.cookies(origin).get('mayfly-session')}`,
      'content-type': 'application/json',
      'x-mayfly-anti-forgery': know('an anti-forgery token', antiForgeryToken),
    }
    const body = JSON.stringify({ currentPassword: PASSWORD, newPassword: know('the new password', NEW_PASSWORD) })
    expect((await ask(origin, '/portal/password', { method: 'POST', headers, body })).status).toBe(204)
  }

  /** Types a password where the user name belongs, and a wrong one too often. */
  async function mistype(origin: string): Promise<void> {
    const stranger = new Person()
    const page = await stranger.open(`${origin}/sign-in`)
    const typed = know('a password in the place of a user name', 'My-own-password-9')
    await stranger.submit(page, { userName: typed, password: 'x' })
    const wrong = know('a wrong password', 'Nearly-the-right-1')
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await stranger.submit(page, { userName: 'root-of-all', password: wrong })
    }
  }

  test('says the one-time link once, where the operator sees it, and no other secret anywhere', () => {
    const link = secrets.get('the one-time link') ?? ''
    expect(server.output.split(link)).toHaveLength(2)
    const told = [...secrets].filter(([what]) => what !== 'the one-time link')
    expect(told.length).toBeGreaterThan(25)
    expect(told.filter(([, secret]) => server.output.includes(secret)).map(([what]) => what)).toEqual([])
    expect(server.output).toContain('"operation":"sso:GetRoleCredentials"')
  })

  test('stores none of them in plain text: not in a table, not in a record, not in a free page of a file', () => {
    const stored = dump(join(server.data, 'mayfly.db'))
    expect(stored).toContain('GetRoleCredentials')
    const bytes = filesBelow(server.data).map((file) => readFileSync(file).toString('latin1'))
    const found = [...secrets].filter(
      ([, secret]) => stored.includes(secret) || bytes.some((text) => text.includes(secret)),
    )
    expect(found.map(([what]) => what)).toEqual([])
  })

  test('has refused and throttled sign-ins on record', () => {
    const database = new DatabaseSync(join(server.data, 'mayfly.db'), { readOnly: true })
    const events = JSON.stringify(database.prepare('select * from audit_events').all())
    database.close()
    expect(events).toContain('ThrottlingException')
    expect(events).toContain('AuthenticationFailed')
    expect(events).toContain('InvalidGrantException')
  })

  test('keeps its folder, its key and its database to itself, and no secret in its process title', () => {
    expect(statSync(server.data).mode & 0o077).toBe(0)
    for (const file of filesBelow(server.data)) expect([file, statSync(file).mode & 0o177]).toEqual([file, 0])
    const title = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')
    expect([...secrets].filter(([, secret]) => title.includes(secret))).toEqual([])
  })
})

describe('a client', () => {
  let server: ServerProcess
  let home: Home
  beforeAll(async () => {
    server = await ServerProcess.start()
    home = new Home()
    home.writeConfig(server.startUrl, [{ name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' }])
  })
  afterAll(async () => {
    await server.stop()
    home.remove()
  })

  test('prints no token, also with --debug; keeps what it must in files and folders of its own alone', async () => {
    const runs = [await runMayfly(home, ['login', '--debug', '--sso-session', 'acme'])]
    const token = readToken(home)
    const secrets = [token?.accessToken, token?.refreshToken, token?.clientSecret]
    const credentials = await runMayfly(home, ['credentials', '--profile', 'dev'])
    expect(credentials.status).toBe(0)
    const { SecretAccessKey, SessionToken } = JSON.parse(credentials.stdout)
    for (const command of [['whoami', '--profile', 'dev', '--debug'], ['status'], ['status', '--json'], ['profiles']]) {
      runs.push(await runMayfly(home, command))
    }
    runs.push(await runMayfly(home, ['credentials', '--profile', 'none', '--debug']))
    const printed = runs.map(({ stdout, stderr }) => stdout + stderr).join()
    for (const secret of [...secrets, SecretAccessKey, SessionToken]) {
      expect(secret).toBeTypeOf('string')
      expect(printed).not.toContain(secret)
    }
    const found = home.files().filter((file) => secrets.some((secret) => home.read(file)?.includes(secret ?? '')))
    expect(found.every((file) => file.startsWith('.aws/sso/cache/'))).toBe(true)
    for (const file of home.files().filter((name) => /^\.aws\/(sso|cli)\//.test(name))) {
      expect([file, statSync(join(home.path, file)).mode & 0o077]).toEqual([file, 0])
    }
    for (const folder of ['.aws/sso/cache', '.aws/cli/cache', '.mayfly', '.mayfly/locks']) {
      // Nobody else may put a file there; what lies in it is for its owner alone.
      expect([folder, statSync(join(home.path, folder)).mode & 0o022]).toEqual([folder, 0])
    }
    const logout = await runMayfly(home, ['logout'])
    expect(logout.status).toBe(0)
    const left = home
      .files()
      .filter((file) =>
        [SecretAccessKey, token?.accessToken, token?.refreshToken].some((secret) => home.read(file)?.includes(secret)),
      )
    expect(left).toEqual([])
  })
})
