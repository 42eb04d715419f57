/** The access portal in a real browser, against the real server: every page, its policy, its accessibility, its weight. */

import { gzipSync } from 'node:zlib'
import { ListAccountsCommand, SSOClient } from '@aws-sdk/client-sso'
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { Secret, TOTP } from 'otpauth'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { visit } from '../harness/browser-person.ts'
import { chromiumPath } from '../harness/chromium.ts'
import { alice, bob, DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { Person } from '../harness/person.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { PortalBrowser, type Visitor } from './portal-browser.ts'

/** What the portal may weigh until its first page stands, after gzip (docs/performance.md). */
const FIRST_LOAD = 400_000

describe.skipIf(chromiumPath === undefined)('the access portal', () => {
  let server: ServerProcess
  let browser: PortalBrowser
  let visitor: Visitor

  beforeAll(async () => {
    server = await ServerProcess.start()
    browser = await PortalBrowser.launch()
    console.log(`pictures of the portal: ${browser.pictures}`)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })
  beforeEach(async () => {
    visitor = await browser.visitor(server.origin)
  })
  afterEach(async () => {
    const { violations } = visitor
    await visitor.close()
    expect(violations).toEqual([])
  })

  const button = (name: string | RegExp) => visitor.page.getByRole('button', { name, exact: true })
  const field = (name: string) => visitor.page.getByLabel(name, { exact: true })
  const text = (words: string | RegExp) => visitor.page.getByText(words).first()
  const accessKeys = (accountId: string, roleName: string) =>
    `#/access-keys?account_id=${accountId}&role_name=${roleName}`

  test('what the policy refuses is noticed: markup from a text, and an inline style', async () => {
    await visitor.open('#/', alice)
    await visitor.page
      .evaluate(() => {
        document.body.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))
        document.createElement('p').innerHTML = '<b>text</b>'
      })
      .catch(() => undefined)
    await expect.poll(() => visitor.violations.length).toBe(2)
    visitor.violations.length = 0
  })

  test('someone finds an account by a part of its number and sees what may be done there', async () => {
    await visitor.open('#/', alice)
    await button('Acme Development').waitFor()
    expect(await visitor.look('accounts')).toEqual([])
    await visitor.page.getByPlaceholder('Find accounts').fill('2222-3333')
    await button('Acme Production').waitFor({ state: 'detached' })
    await button('Acme Development').click()
    const link = visitor.page.getByRole('link', { name: /^Access keys of ReadOnlyAccess in Acme Development/ })
    await link.waitFor()
    expect(await visitor.look('accounts-unfolded')).toEqual([])
    await link.click()
    await text('mayfly configure sso').waitFor()
    await visitor.page.goBack()
    await link.waitFor()
    await visitor.page.getByPlaceholder('Find accounts').fill('no such account')
    await text('No account matches').waitFor()
    expect(await visitor.look('accounts-no-match')).toEqual([])
  })

  test('the keyboard alone finds an account and opens its access keys', async () => {
    await visitor.open('#/', alice)
    await button('Acme Development').waitFor()
    const { keyboard } = visitor.page
    await keyboard.press('Tab')
    expect(await visitor.page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the page')
    await keyboard.press('Enter')
    expect(await visitor.page.evaluate(() => document.activeElement?.id)).toBe('main')
    await visitor.page.getByPlaceholder('Find accounts').focus()
    await keyboard.type('production')
    await button('Acme Production').focus()
    await keyboard.press('Enter')
    const link = visitor.page.getByRole('link', { name: /^Access keys of .* in Acme Production/ }).first()
    await link.focus()
    await keyboard.press('Enter')
    await visitor.page.waitForURL('**/access-keys**')
    await text('mayfly configure sso').waitFor()
  })

  test('the credentials that are copied are honoured by this server, and masked until they are asked for', async () => {
    await visitor.open(accessKeys(DEVELOPMENT, 'ReadOnlyAccess'), alice)
    await button('Get credentials').click()
    await text(/^Valid for \d+ (h|min)/).waitFor()
    await button('Copy the environment lines with credentials').click()
    const copied = variablesOf(await visitor.clipboard())
    const shown = await visitor.page.locator('main').innerText()
    expect(shown).toContain(copied['AWS_ACCESS_KEY_ID'])
    expect(shown).not.toContain(copied['AWS_SECRET_ACCESS_KEY'])
    expect(shown).not.toContain(copied['AWS_SESSION_TOKEN'])
    expect(await visitor.look('access-keys-credentials')).toEqual([])

    const sts = new STSClient({
      endpoint: copied['AWS_ENDPOINT_URL'] ?? '',
      region: copied['AWS_REGION'] ?? '',
      credentials: {
        accessKeyId: copied['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: copied['AWS_SECRET_ACCESS_KEY'] ?? '',
        sessionToken: copied['AWS_SESSION_TOKEN'] ?? '',
      },
    })
    const identity = await sts.send(new GetCallerIdentityCommand({}))
    expect(identity.Arn).toMatch(/:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/alice$/)

    await button('Show values').click()
    expect(await visitor.page.locator('main').innerText()).toContain(copied['AWS_SECRET_ACCESS_KEY'])
    for (const [tab, name] of [
      ['Credentials file', 'access-keys-file'],
      ['Single values', 'access-keys-values'],
    ] as const) {
      await visitor.page.getByRole('tab', { name: tab }).click()
      expect(await visitor.look(name)).toEqual([])
    }
  })

  test('credentials are renewed before they end, and can be renewed by hand', async () => {
    await visitor.open('#/', alice)
    await visitor.page.clock.install()
    await visitor.open(accessKeys(DEVELOPMENT, 'AdministratorAccess'), alice)
    await button('Get credentials').click()
    await text(/^Valid for (59 min|1 h)/).waitFor()
    const copy = async (): Promise<string> => {
      await button('Copy the environment lines with credentials').click()
      return variablesOf(await visitor.clipboard())['AWS_ACCESS_KEY_ID'] ?? ''
    }
    const first = await copy()
    await button('Renew').click()
    await expect.poll(copy).not.toBe(first)
    const second = await copy()
    await visitor.page.clock.fastForward('54:00')
    await text(/^Valid for (5|6) min/).waitFor()
    expect(await copy()).toBe(second)
    await visitor.page.clock.fastForward('02:00')
    await expect.poll(copy).not.toBe(second)
  })

  test('going back after a sign-out shows nothing of what was there', async () => {
    await visitor.open('#/sessions', alice)
    await button('Sign out of this browser').click()
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await text('You are signed out').waitFor()
    await visitor.page.goBack()
    await visitor.page.waitForURL('**/sign-in?next=%2Fstart%23%2Fsessions')
  })

  test('the access keys page has the lines for mayfly, and for the AWS CLI new and old', async () => {
    await visitor.open(accessKeys(DEVELOPMENT, 'ReadOnlyAccess'), alice)
    await text('mayfly configure sso').waitFor()
    await button('Copy the profile').click()
    expect(await visitor.clipboard()).toContain(`sso_start_url = ${server.startUrl}\n`)
    expect(await visitor.look('access-keys')).toEqual([])

    await visitor.page.getByRole('tab', { name: 'AWS CLI 2.13+' }).click()
    await button('Copy the profile for the AWS CLI').click()
    expect(await visitor.clipboard()).toMatch(/^sso_start_url = https:\/\/[a-z0-9-]+\.awsapps\.com\/start$/m)
    await button('Copy the environment lines').click()
    expect(await visitor.clipboard()).toContain(`export AWS_ENDPOINT_URL='${server.origin}'`)
    await button('PowerShell').click()
    await button('Copy the environment lines').click()
    expect(await visitor.clipboard()).toContain(`$Env:AWS_ENDPOINT_URL = '${server.origin}'`)
    expect(await visitor.look('access-keys-aws-cli')).toEqual([])

    await visitor.page.getByRole('tab', { name: 'AWS CLI before 2.13' }).click()
    await button('Copy the command that writes the files').click()
    expect(await visitor.clipboard()).toBe(
      `mayfly-server client-files "$HOME/mayfly-client-files" --endpoint ${server.origin}`,
    )
    expect(await visitor.look('access-keys-old-aws-cli')).toEqual([])
  })

  test('a deep link survives the sign-in and opens the access keys of an account that has no console', async () => {
    const destination = encodeURIComponent('https://us-east-1.console.aws.amazon.com/s3/home?region=us-east-1')
    const fragment = `#/console?account_id=${PRODUCTION}&role_name=AdministratorAccess&destination=${destination}`
    await visitor.open(fragment, alice)
    await text('This account has no management console').waitFor()
    expect(new URL(visitor.page.url()).hash).toBe(fragment)
    expect(await visitor.look('console-link')).toEqual([])
  })

  test('a deep link that leads elsewhere, or to what is not assigned, says why it leads nowhere', async () => {
    const link = (accountId: string, roleName: string, more = '') =>
      `#/console?account_id=${accountId}&role_name=${roleName}${more}`
    await visitor.open(link(PRODUCTION, 'AdministratorAccess', '&destination=https%3A%2F%2Fexample.org'), alice)
    await text('This link does not lead to the AWS console').waitFor()
    expect(await visitor.look('console-refused')).toEqual([])
    await visitor.open(link('999999999999', 'AdministratorAccess'), alice)
    await text('You have no access to this account').waitFor()
    expect(await visitor.look('console-no-account')).toEqual([])
    await visitor.open(link(PRODUCTION, 'NoSuchAccess'), alice)
    await text('You do not have this permission set').waitFor()
    expect(await visitor.look('console-no-permission-set')).toEqual([])
    await visitor.open('#/console?account_id=1', alice)
    await text('This link is not complete').waitFor()
    await visitor.open('#/nowhere', alice)
    await text('There is no such page').waitFor()
    expect(await visitor.look('no-page')).toEqual([])
  })

  test('a program is listed under the session that let it in, and ending it ends its access', async () => {
    const accessToken = await letProgramIn(server)
    const sso = new SSOClient({ endpoint: server.origin, region: 'us-east-1' })
    await sso.send(new ListAccountsCommand({ accessToken }))
    await visitor.open('#/sessions', alice)
    await text('This browser').waitFor()
    expect(await visitor.look('sessions')).toEqual([])
    await button('Sign out portal-journey').click()
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await button('Sign out portal-journey').waitFor({ state: 'detached' })
    await expect(sso.send(new ListAccountsCommand({ accessToken }))).rejects.toMatchObject({
      name: 'UnauthorizedException',
    })
  })

  test('ending all other sessions signs the other browser out, and not this one', async () => {
    const other = await browser.visitor(server.origin)
    await other.open('#/', alice)
    await visitor.open('#/sessions', alice)
    await button('End all other sessions').click()
    expect(await visitor.look('sessions-end')).toEqual([])
    await button('End sessions').click()
    await expect.poll(() => visitor.page.getByRole('button', { name: /^End session:/ }).count()).toBe(0)
    await text('This browser').waitFor()
    await other.page.getByRole('link', { name: 'Sessions', exact: true }).click()
    await other.page.waitForURL('**/sign-in?next=%2Fstart%23%2Fsessions')
    expect(other.violations).toEqual([])
    await other.close()
  })

  test('an authenticator is added by its QR code, renamed, resynced, and removed with the password', async () => {
    await visitor.open('#/security', alice)
    await text('No authenticator yet').waitFor()
    expect(await visitor.look('security')).toEqual([])
    await button('Add authenticator').click()
    const picture = visitor.page.getByAltText('QR code for the authenticator app')
    await picture.waitFor()
    expect(await picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(0)
    expect(await visitor.look('security-add')).toEqual([])
    await button('Copy the key').click()
    const totp = new TOTP({ secret: Secret.fromBase32(await visitor.clipboard()) })
    await field('Code').fill(totp.generate())
    await button('Add').click()
    await text('Save your recovery codes').waitFor()
    expect(await visitor.look('security-recovery-codes')).toEqual([])
    await button('I have saved them').click()
    await text(/^\d+ codes left$/).waitFor()

    await change('Authenticator app', 'Rename')
    await field('Name').fill('My phone')
    await button('Rename').click()
    await button('Change My phone').waitFor()
    expect(await visitor.look('security-authenticator')).toEqual([])

    await change('My phone', 'Resync')
    const later = (steps: number) => totp.generate({ timestamp: Date.now() + steps * 30_000 })
    await field('First code').fill(later(3))
    await field('The code after it').fill(later(4))
    expect(await visitor.look('security-resync')).toEqual([])
    await button('Resync').click()
    await field('First code').waitFor({ state: 'detached' })

    await button('Create new codes').click()
    await field('Current password').fill(alice.password)
    await button('Create codes').click()
    await button('I have saved them').click()

    await change('My phone', 'Remove')
    await field('Current password').fill('not the password')
    await button('Remove').click()
    await visitor.page.getByRole('alert').waitFor()
    await field('Current password').fill(alice.password)
    await button('Remove').click()
    await text('No authenticator yet').waitFor()
  })

  test('a password is changed with the current one, a simple one is refused, and the next sign-in takes the new one', async () => {
    const changed = { ...bob, password: 'Nobody else knows this: 7' }
    await visitor.open('#/security', bob)
    await button('Change password').click()
    await field('Current password').fill(bob.password)
    const confirm = visitor.page.getByRole('dialog').getByRole('button', { name: 'Change password' })
    await field('New password').fill('too simple')
    await field('New password, once more').fill('another')
    await text('The two new passwords differ.').waitFor()
    expect(await visitor.look('security-password')).toEqual([])
    await field('New password, once more').fill('too simple')
    await confirm.click()
    await visitor.page.getByRole('alert').getByText('an upper-case letter').waitFor()
    expect(await visitor.look('security-password-refused')).toEqual([])
    await field('New password').fill(changed.password)
    await field('New password, once more').fill(changed.password)
    await confirm.click()
    await text('Your password was changed').waitFor()
    await button(/^Bob/).click()
    await visitor.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await visitor.page.waitForURL('**/sign-out')
    await visitor.open('#/security', changed)
    await text('Recovery codes').waitFor()
  })

  test('a shortcut is made, kept in this browser, copied, followed and deleted', async () => {
    await visitor.open('#/shortcuts', alice)
    await text('No shortcuts yet').waitFor()
    await button('Create shortcut').click()
    await visitor.page.getByRole('button', { name: /^Account/ }).click()
    await visitor.page.getByRole('option', { name: /Production/ }).click()
    await visitor.page.getByRole('button', { name: /^Permission set/ }).click()
    await visitor.page.getByRole('option', { name: /AdministratorAccess/ }).click()
    await field('Destination (optional)').fill('https://example.org/')
    await text('This is not a page of the AWS Management Console.').waitFor()
    expect(await visitor.look('shortcuts-create')).toEqual([])
    await field('Destination (optional)').fill('https://console.aws.amazon.com/cloudwatch/home')
    await field('Name (optional)').fill('Alarms')
    await button('Create').click()
    await visitor.open('#/shortcuts', alice)
    await button('Copy link of Alarms').click()
    expect(await visitor.clipboard()).toBe(
      `${server.startUrl}/#/console?account_id=${PRODUCTION}&role_name=AdministratorAccess&destination=https%3A%2F%2Fconsole.aws.amazon.com%2Fcloudwatch%2Fhome`,
    )
    expect(await visitor.look('shortcuts')).toEqual([])
    await visitor.page.getByRole('link', { name: 'Alarms' }).click()
    await text('This account has no management console').waitFor()
    await visitor.page.goBack()
    await button('Delete Alarms').click()
    await text('No shortcuts yet').waitFor()
  })

  test('light, dark and compact are kept for the next visit', async () => {
    await visitor.open('#/', alice)
    await button('Appearance').click()
    await visitor.page.getByRole('menuitemcheckbox', { name: 'Dark' }).click()
    await button('Appearance').click()
    await visitor.page.getByRole('menuitemcheckbox', { name: 'Compact' }).click()
    await visitor.open('#/', alice)
    await button('Acme Development').waitFor()
    const classes = await visitor.page.evaluate(() => document.body.className)
    expect(classes).toContain('awsui-dark-mode')
    expect(classes).toContain('awsui-compact-mode')
  })

  test('what is fetched until the accounts are shown stays under 400 KB', async () => {
    const bodies: Promise<Buffer>[] = []
    await visitor.open('#/', alice)
    visitor.page.on('response', (response) => bodies.push(response.body().catch(() => Buffer.alloc(0))))
    await visitor.open('#/', alice)
    await button('Acme Development').waitFor()
    const weight = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0)
    expect(weight).toBeGreaterThan(100_000)
    expect(weight).toBeLessThan(FIRST_LOAD)
  })

  async function change(device: string, what: string): Promise<void> {
    await button(`Change ${device}`).click()
    await visitor.page.getByRole('menuitem', { name: what }).click()
  }
})

/** Signs alice in elsewhere, lets a program in by the device grant, and answers its access token. */
async function letProgramIn(server: ServerProcess): Promise<string> {
  const oidc = new SSOOIDCClient({ endpoint: server.origin, region: 'us-east-1' })
  const client = await oidc.send(
    new RegisterClientCommand({
      clientName: 'portal-journey',
      clientType: 'public',
      scopes: ['sso:account:access'],
    }),
  )
  const { clientId, clientSecret } = client
  const started = await oidc.send(
    new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: server.startUrl }),
  )
  await visit(new Person(), started.verificationUriComplete ?? '', { ...alice, decision: 'allow' })
  const tokens = await oidc.send(
    new CreateTokenCommand({
      clientId,
      clientSecret,
      deviceCode: started.deviceCode,
      grantType: 'urn:ietf:params:oauth:grant-type:device_code',
    }),
  )
  return tokens.accessToken ?? ''
}

/** Reads `export NAME='value'` lines. */
function variablesOf(lines: string): Record<string, string> {
  return Object.fromEntries([...lines.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]))
}
