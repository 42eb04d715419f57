/** `mayfly console`: the links that it makes, opened in a real browser against the running server. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumPath } from '../harness/chromium.ts'
import { alice, bob, DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { PortalBrowser, type Visitor } from '../pages/portal-browser.ts'

let server: ServerProcess
let home: Home

beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach(() => {
  home = new Home()
  home.writeConfig(server.startUrl, [
    { name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
    { name: 'prod', accountId: PRODUCTION, roleName: 'AdministratorAccess' },
    { name: 'wrong', accountId: PRODUCTION, roleName: 'NoSuchRole' },
  ])
  // A browser that only notes what it was asked to open; the test opens it in a real one.
  home.write('note', `#!/bin/sh\nprintf '%s\\n' "$1" >> '${home.path}/noted'\n`, 0o700)
})
afterEach(() => home.remove())

const console_ = (...words: readonly string[]) =>
  runMayfly(home, ['console', ...words], { env: { BROWSER: `${home.path}/note` } })

const noted = (): readonly string[] => (home.read('noted') ?? '').split('\n').filter((line) => line !== '')

/** Signs the client in with its own browser, which the console does not share. */
const signIn = () => runMayfly(home, ['login', '--profile', 'dev'])

const EC2 = 'https://console.aws.amazon.com/ec2/home?region=eu-west-1'

test('what is opened is what is shown, and needs neither a session nor the network', async () => {
  const run = await console_('dev', 'ec2', '--region', 'ew1')
  const link = `${server.startUrl}/#/console?account_id=${DEVELOPMENT}&role_name=ReadOnlyAccess&destination=${encodeURIComponent(EC2)}`
  expect(run).toMatchObject({ status: 0, stderr: '' })
  expect(run.stdout).toContain(`\n${link}\n`)
  expect(noted()).toEqual([link])
  expect((await console_('dev', 'ec2', '--region', 'ew1', '--print')).stdout).toBe(`${link}\n`)
  expect(noted()).toHaveLength(1)
  expect(JSON.parse((await console_('dev', 'ec2', '--region', 'ew1', '--json')).stdout)).toEqual({
    profile: 'dev',
    accountId: DEVELOPMENT,
    role: 'ReadOnlyAccess',
    destination: EC2,
    link,
    opened: true,
  })
})

test('a link with a sign-in token is shown with --print alone, and stands on no command line', async () => {
  await signIn()
  const shown = await console_('dev', 's3', '--federate', '--print')
  expect(shown.stdout, shown.stderr).toMatch(/\/federation\?Action=login&.*SigninToken=/)
  const page = await fetch(shown.stdout.trim())
  expect(await page.text()).toContain('https://console.aws.amazon.com/s3/home?region=us-east-1')
  const running = console_('dev', '--federate')
  await expect.poll(noted, { timeout: 15_000 }).toHaveLength(1)
  const address = noted()[0] ?? ''
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/)
  // Another page that guesses, or another name for this computer, gets nothing and uses nothing up.
  expect((await fetch(new URL('/', address))).status).toBe(404)
  expect((await fetch(address.replace('127.0.0.1', 'localhost'))).status).toBe(404)
  expect((await fetch(address, { method: 'HEAD' })).status).toBe(405)
  const answer = await fetch(address, { redirect: 'manual' })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toMatch(/SigninToken=/)
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await running).toMatchObject({
    status: 0,
    stdout: 'The browser is signed in to the console as ReadOnlyAccess.\n',
    stderr: '',
  })
  await expect(fetch(address)).rejects.toThrow()
})

test('every refusal says what happened, and no link is made', async () => {
  const never = { MAYFLY_SIGN_IN: 'never' }
  const signedOut = await runMayfly(home, ['console', 'dev', '--federate', '--print'], { env: never })
  expect(signedOut).toMatchObject({ status: 255, stdout: '' })
  await signIn()
  const withdrawn = await console_('wrong', '--federate', '--print')
  expect(withdrawn).toMatchObject({ status: 254, stdout: '' })
  expect(withdrawn.stderr).toContain('No access')
  expect((await console_('nowhere')).stderr).toContain('The config profile (nowhere) could not be found')
  expect((await console_('dev', 'https://evil.example/')).stderr).toContain('no page of the AWS console')
  expect((await console_('dev', '--region', 'as1')).stderr).toContain('means several regions')
  expect((await console_('dev', '--duration', '60')).status).toBe(252)
  const refused = await console_('dev', '--federate', '--duration', '721')
  expect(refused.status).toBe(252)
  home.write('.aws/config', home.read('.aws/config')?.replaceAll(server.origin, 'http://127.0.0.1:9') ?? '')
  expect((await console_('dev', '--federate', '--print')).stderr).toContain('Could not connect')
  expect(noted()).toEqual([])
})

test('where no browser can be opened that is said, and the link is there to be opened elsewhere', async () => {
  const run = await runMayfly(home, ['console', 'dev'], { env: { BROWSER: '/no/such/browser' } })
  expect(run.stdout).toContain(`${server.startUrl}/#/console?`)
  expect(run.stderr).toBe('No browser could be opened here.\n')
  await signIn()
  const secret = await runMayfly(home, ['console', 'dev', '--federate'], { env: { BROWSER: '/no/such/browser' } })
  expect(secret).toMatchObject({ status: 255, stdout: '' })
  expect(secret.stderr).toContain('add --print')
})

describe.skipIf(chromiumPath === undefined)('in a real browser', () => {
  let browser: PortalBrowser
  let visitor: Visitor
  beforeAll(async () => {
    browser = await PortalBrowser.launch()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    visitor = await browser.visitor(server.origin)
  })
  afterEach(async () => {
    const { violations } = visitor
    await visitor.close()
    expect(violations).toEqual([])
  })

  const text = (words: string | RegExp) => visitor.page.getByText(words).first()

  test.each([
    ['dev', 'Acme Development', 'ReadOnlyAccess'],
    ['prod', 'Acme Production', 'AdministratorAccess'],
  ])('alice signs in on the way and is %s at the page that she asked for', async (profile, account, role) => {
    await console_(profile, 'ec2', '--region', 'ew1')
    await visitor.page.goto(noted()[0] ?? '')
    await visitor.signIn(alice.userName, alice.password)
    await visitor.page.getByRole('button', { name: 'Show who I am there' }).click()
    await visitor.page.waitForURL('**/federation?**')
    const shown = await visitor.page.locator('main').innerText()
    for (const words of [account, role, 'alice', EC2]) expect(shown).toContain(words)
  })

  test('a second role is opened beside the first: the browser needs no second sign-in', async () => {
    await console_('dev', 'ec2', '--region', 'ew1')
    await console_('prod', 's3')
    await visitor.page.goto(noted()[0] ?? '')
    await visitor.signIn(alice.userName, alice.password)
    await text('This account has no management console').waitFor()
    await visitor.page.goto('about:blank')
    await visitor.page.goto(noted()[1] ?? '')
    await visitor.page.getByRole('button', { name: 'Show who I am there' }).click()
    await visitor.page.waitForURL('**/federation?**')
    expect(await visitor.page.locator('main').innerText()).toContain('Acme Production')
  })

  test('a role that is not hers is told on the page', async () => {
    await console_('wrong', 'ec2')
    await visitor.page.goto(noted()[0] ?? '')
    await visitor.signIn(alice.userName, alice.password)
    await text('NoSuchRole is not assigned to you in Acme Production').waitFor()
    const other = await browser.visitor(server.origin)
    await other.page.goto(`${server.startUrl}/#/console?account_id=${PRODUCTION}&role_name=AdministratorAccess`)
    await other.signIn(bob.userName, bob.password)
    await other.page.getByText('AdministratorAccess is not assigned to you in Acme Production').waitFor()
    await other.close()
  })

  test('a federated browser is signed in with the role, without the portal', async () => {
    await signIn()
    const running = console_('dev', 'lambda', '--federate', '--region', 'ec1')
    await expect.poll(noted, { timeout: 15_000 }).toHaveLength(1)
    await visitor.page.goto(noted()[0] ?? '')
    await visitor.page.waitForURL('**/federation?**')
    const shown = await visitor.page.locator('main').innerText()
    for (const words of ['Acme Development', 'https://console.aws.amazon.com/lambda/home?region=eu-central-1'])
      expect(shown).toContain(words)
    expect((await running).status).toBe(0)
  })
})
