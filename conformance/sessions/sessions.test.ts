/** Sessions: two identities on one portal, one of them signed out at the server, and a fresh one on request. */

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { visit } from '../harness/browser-person.ts'
import { alice, DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { type Page, Person } from '../harness/person.ts'
import { root } from '../harness/root.ts'
import { missingSecretService } from '../harness/secret-service.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'
import { readToken, tokenFile } from '../harness/tokens.ts'
import { SealedHome } from '../sealed/sealed-home.ts'

/** Two sso-sessions on the same portal, each with a profile of its own. */
function writeConfig(home: Home, startUrl: string): void {
  const profile = (name: string, session: string, accountId: string, role: string) =>
    `[profile ${name}]\nsso_session = ${session}\nsso_account_id = ${accountId}\nsso_role_name = ${role}\nregion = us-east-1\n`
  const session = (name: string) =>
    `[sso-session ${name}]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`
  home.write(
    '.aws/config',
    profile('dev', 'work', DEVELOPMENT, 'ReadOnlyAccess') +
      profile('prod', 'night', PRODUCTION, 'AdministratorAccess') +
      session('work') +
      session('night'),
  )
}

describe.each(['shared', 'sealed'] as const)('with %s storage', (mode) => {
  let place: SealedHome
  beforeEach(async (context) => {
    context.skip(mode === 'sealed' && missingSecretService !== undefined, missingSecretService)
    place = await SealedHome.open({ keychain: mode === 'sealed' })
    writeConfig(place.home, place.server.startUrl)
    if (mode === 'sealed') await place.mayfly('storage sealed')
  })
  afterEach(() => place?.close())

  test('one session ends at the server and here, and the other goes on', async () => {
    const login = await place.mayfly('login --all')
    expect([login.status, login.stderr]).toEqual([0, ''])
    expect(place.home.opened()).toHaveLength(2)
    for (const name of ['dev', 'prod'])
      expect((await place.ask(`credentials --profile ${name}`)).stdout).toContain('AccessKeyId')
    expect((await place.mayfly('login --all')).stdout.match(/is signed in already/g)).toHaveLength(2)
    expect(place.home.opened()).toHaveLength(2)

    const out = await place.mayfly('logout --sso-session work --json')
    expect(JSON.parse(out.stdout)).toEqual({
      sessions: [{ session: 'work', startUrl: place.server.startUrl, told: true }],
    })
    const status = JSON.parse((await place.mayfly('status --json')).stdout)
    expect(status.storage).toBe(mode)
    expect(status.sessions.map(({ state }: { state: string }) => state)).toEqual(['signed-out', 'signed-in'])
    expect(status.profiles.map(({ expiresAt }: { expiresAt: string | null }) => expiresAt !== null)).toEqual([
      false,
      true,
    ])
    const gone = await place.ask('credentials --profile dev --no-sign-in')
    expect(gone.stderr).toContain('Token for work does not exist')
    // Another account, so that the portal is asked.
    const kept = await place.ask(
      `credentials --sso-session night --account-id ${DEVELOPMENT} --role-name ReadOnlyAccess --no-sign-in`,
    )
    expect(kept.stdout, kept.stderr).toContain('AccessKeyId')
  }, 60_000)

  test('who is signed in to which session can be told, and is forgotten with a sign-out', async () => {
    await place.mayfly('login --all')
    const asked = await place.mayfly('status --identities')
    expect([asked.stderr, asked.stdout.match(/\balice\b/g)?.length]).toEqual(['', 2])
    await place.mayfly('logout --profile dev')
    const { sessions } = JSON.parse((await place.mayfly('status --json')).stdout)
    expect(sessions.map(({ identity }: { identity: string | null }) => identity)).toEqual([null, 'alice'])
  }, 60_000)

  test('fifty processes at once still show one page', async () => {
    const runs = await Promise.all(
      Array.from({ length: 50 }, () => place.ask('credentials --profile dev', { timeout: 120_000 })),
    )
    for (const { status, stdout, stderr } of runs) {
      expect(status, stderr).toBe(0)
      expect(stdout).toContain('SecretAccessKey')
    }
    expect(place.home.opened()).toHaveLength(1)
  }, 150_000)
})

describe.runIf(hasTmux)('a browser that stays signed in', () => {
  let server: ServerProcess
  let home: Home
  let terminal: Tmux | undefined
  const shift = { NODE_OPTIONS: `--require=${join(root, 'conformance/refusals/clock-shift.cjs')}` }
  let data: string
  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'mayfly-sessions-'))
    server = await ServerProcess.start({ data })
    home = new Home()
    writeConfig(home, server.startUrl)
  })
  afterEach(async () => {
    await terminal?.stop()
    terminal = undefined
    await server.stop()
    rmSync(data, { recursive: true, force: true })
    home.remove()
  })

  /** Signs in with `person`'s browser; the page that it first showed, and what the terminal said at the end. */
  async function login(person: Person, words: string, env: Record<string, string> = {}) {
    await terminal?.stop()
    terminal = await Tmux.start([process.execPath, MAYFLY, 'login', '--no-browser', ...words.split(' ')], {
      env: home.env(env),
      columns: 1000,
    })
    const screen = await terminal.until(/^http\S+\/authorize\?\S+/m)
    const first = await person.open(/^http\S+\/authorize\?\S+/m.exec(screen)?.[0] ?? '')
    let page: Page = first
    if (page.html.includes('type="password"')) page = await person.submit(page, alice, { action: '/sign-in' })
    await person.submit(page, {}, { button: 'decision=allow' })
    const end = await terminal.until('Successfully logged into Start URL')
    return { askedForPassword: first.html.includes('type="password"'), end, terminal }
  }

  test('is used as it is, unless a fresh session was asked for: then it asks for the password again', async () => {
    const person = new Person()
    expect(await login(person, '--sso-session work')).toMatchObject({ askedForPassword: true })
    expect(await login(person, '--sso-session work')).toMatchObject({ askedForPassword: false })
    expect(await login(person, '--sso-session work --fresh')).toMatchObject({ askedForPassword: true })
  }, 60_000)

  test('gives back an old session near its end: that is told, and a new one offered', async () => {
    const person = new Person()
    await login(person, '--sso-session work')
    const { port } = server
    await server.stop()
    // Seven and a half hours later; a session lasts eight.
    const later = { ...shift, MAYFLY_TEST_CLOCK_SHIFT: '27000' }
    server = await ServerProcess.start({ data, port, env: later })
    const second = await login(person, '--sso-session work', later)
    expect(second.askedForPassword).toBe(false)
    const offer = await second.terminal.until('End it and sign in anew? [y/N]:')
    expect(offer).toMatch(
      /The browser was still signed in: this is the session from before, and it ends at \d\d:\d\d\./,
    )
    await second.terminal.type('y\n')
    const screen = await second.terminal.until((text) => (text.match(/^http\S+\/authorize/gm)?.length ?? 0) === 2)
    const address = screen.match(/^http\S+\/authorize\?\S+/gm)?.at(-1) ?? ''
    const page = await person.open(address)
    expect(page.html).toContain('type="password"')
    await person.submit(await person.submit(page, alice, { action: '/sign-in' }), {}, { button: 'decision=allow' })
    await second.terminal.until((text) => (text.match(/Successfully logged into/g)?.length ?? 0) === 2)
    expect(Date.parse(readToken(home, 'work')?.expiresAt ?? '') - Date.now()).toBeGreaterThan((27_000 + 3500) * 1000)
  }, 90_000)

  test('that ends soon is warned about on standard error of a terminal, once, and nowhere else', async () => {
    const person = new Person()
    await login(person, '--sso-session work')
    const { refreshToken: _, ...token } = readToken(home, 'work') ?? { refreshToken: '' }
    const expiresAt = new Date(Date.now() + 600_000).toISOString().replace(/\.\d+Z$/, 'Z')
    home.write(tokenFile('work'), JSON.stringify({ ...token, expiresAt }))
    const quiet = await runMayfly(home, ['whoami', '--profile', 'dev'])
    expect([quiet.status, quiet.stderr]).toEqual([0, ''])
    await terminal?.stop()
    const twice = `"$@"; "$@" 2>&1; echo end`
    terminal = await Tmux.start(['sh', '-c', twice, 'sh', process.execPath, MAYFLY, 'whoami', '--profile', 'dev'], {
      env: home.env(),
    })
    const screen = await terminal.until(/^end$/m)
    expect(screen.match(/work ends in 9 min\. To go on: mayfly login --sso-session work/g)).toHaveLength(1)
    expect(screen.match(/^Account/gm)).toHaveLength(2)
  }, 60_000)
})

test('who signs in twice at once is told so, both sign-ins work, and the token of the last one stays', async () => {
  const server = await ServerProcess.start()
  const home = new Home()
  writeConfig(home, server.startUrl)
  const login = ['login', '--sso-session', 'work']
  const first = spawn(process.execPath, [MAYFLY, ...login, '--no-browser'], { env: home.env() })
  try {
    let said = ''
    for (const stream of [first.stdout, first.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    const ended = new Promise<number | null>((resolve) => first.on('close', resolve))
    const address = /https?:\/\/\S+authorize\S+/
    await expect.poll(() => said, { timeout: 10_000 }).toMatch(address)
    expect(said).not.toContain('Another sign-in')
    const second = await runMayfly(home, login)
    expect(second.status, second.stderr).toBe(0)
    expect(second.stderr).toMatch(/^Another sign-in to work has not ended yet, perhaps in another terminal\./)
    const between = readToken(home, 'work')?.accessToken
    await visit(new Person(), address.exec(said)?.[0] ?? '', { ...alice, decision: 'allow' })
    expect(await ended, said).toBe(0)
    expect(readToken(home, 'work')?.accessToken).not.toBe(between)
    expect((await runMayfly(home, ['credentials', '--profile', 'dev', '--no-sign-in'])).status).toBe(0)
    const third = await runMayfly(home, login)
    expect([third.status, third.stderr]).toEqual([0, expect.not.stringContaining('Another sign-in')])
  } finally {
    first.kill('SIGKILL')
    await server.stop()
    home.remove()
  }
})
