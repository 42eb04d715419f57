/** The admin console in a real browser, against the real server: journeys, its policy, its accessibility, its weight. */

import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumPath } from '../harness/chromium.ts'
import { alice, bob, DEVELOPMENT } from '../harness/example.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { finders } from './admin-finders.ts'
import { PortalBrowser, type Visitor } from './portal-browser.ts'

/** What the admin console may weigh until its first page stands, after gzip. */
const FIRST_LOAD = 650_000

describe.skipIf(chromiumPath === undefined)('the admin console', () => {
  let server: ServerProcess
  let browser: PortalBrowser
  let visitor: Visitor

  beforeAll(async () => {
    server = await ServerProcess.start()
    browser = await PortalBrowser.launch()
    console.log(`pictures of the admin console: ${browser.pictures}`)
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

  const { button, choose, dialog, field, heading, link, option, tabTo, text } = finders(() => visitor)

  test('whoever has no role in the management account is told so, and finds no way there in the portal', async () => {
    await visitor.open('#/', bob)
    await button('Acme Development').waitFor()
    expect(await link('Administration').count()).toBe(0)
    await visitor.open('#/admin/users', bob)
    await heading('You are not an administrator here').waitFor()
    expect(await visitor.look('admin-nobody')).toEqual([])
  })

  test('an administrator comes from the portal and sees what there is and what needs attention', async () => {
    await visitor.open('#/', alice)
    await link('Administration').click()
    await link('Users: 2').waitFor()
    await text('Whoever has no second factor signs in without one').waitFor()
    expect(await visitor.look('admin-dashboard')).toEqual([])
  })

  test('the keyboard alone creates a user, copies the link, and the link lets the person choose a password', async () => {
    await visitor.open('#/admin/users', alice)
    await link('alice').waitFor()
    expect(await visitor.look('admin-users')).toEqual([])
    await tabTo('Create user')
    await visitor.page.keyboard.press('Enter')
    await heading('Create user').waitFor()
    for (const [label, value] of [
      ['User name', 'carol'],
      ['Email address (optional)', 'carol@acme.example'],
      ['First name', 'Carol'],
      ['Last name', 'Chan'],
    ] as const) {
      await tabTo(label)
      await visitor.page.keyboard.type(value)
    }
    expect(await field('Display name').inputValue()).toBe('Carol Chan')
    await tabTo('API calls (2)')
    await visitor.page.keyboard.press('Enter')
    await text('aws identitystore create-user').waitFor()
    await text('Mayfly.InviteUser').waitFor()
    expect(await visitor.look('admin-create-user')).toEqual([])
    await tabTo('Create user')
    await visitor.page.keyboard.press('Enter')
    await heading('carol was created').waitFor()
    expect(await visitor.look('admin-one-time-link')).toEqual([])
    await tabTo('Copy the one-time link')
    await visitor.page.keyboard.press('Enter')
    const address = await visitor.clipboard()
    expect(address.startsWith(server.origin)).toBe(true)
    const carol = await browser.visitor(server.origin)
    await carol.page.goto(address)
    await carol.page.locator('input[type=password]').first().waitFor()
    expect(carol.violations).toEqual([])
    await carol.close()
  })

  test('a user is looked at from every side, changed, disabled, and deleted only by its name', async () => {
    await visitor.open('#/admin/users/create', alice)
    await field('User name').fill('dave')
    await field('First name').fill('Dave')
    await field('Last name').fill('Doe')
    await visitor.page.getByLabel('Not now').check()
    await button('Create user').click()
    await heading('dave').waitFor()
    for (const tab of ['Accounts', 'Groups', 'Applications', 'Attributes', 'Sign-in', 'Sessions']) {
      await visitor.page.getByRole('tab', { name: tab }).click()
      await visitor.page.waitForLoadState('networkidle')
      expect(await visitor.look(`admin-user-${tab.toLowerCase()}`)).toEqual([])
    }
    await visitor.page.getByRole('tab', { name: 'Attributes' }).click()
    await field('Email address (optional)').fill('dave@acme.example')
    await button('Contact, job and preferences').click()
    await field('Cost center (optional)').fill('4711')
    await button('Save').click()
    await dialog().getByRole('button', { name: 'Save' }).click()
    await text('dave was changed.').waitFor()
    await visitor.page.reload()
    await text('dave@acme.example').waitFor()
    await visitor.page.getByRole('tab', { name: 'Groups' }).click()
    await button('Add to groups').first().click()
    await dialog().getByPlaceholder('Find a group').fill('Dev')
    await visitor.page.getByRole('option', { name: 'Developers' }).click()
    await dialog().getByRole('button', { name: 'Add', exact: true }).click()
    await link('Developers').waitFor()
    await visitor.page.getByRole('tab', { name: 'Accounts' }).click()
    await text('PowerUserAccess').waitFor()

    await choose('Change user', 'Disable')
    await dialog().getByRole('button', { name: 'Disable' }).click()
    await text('dave was disabled.').waitFor()
    await text(/^Disabled$/).waitFor()
    await choose('Change user', 'Delete')
    const confirm = dialog().getByRole('button', { name: 'Delete user' })
    expect(await confirm.isDisabled()).toBe(true)
    expect(await visitor.look('admin-delete-user')).toEqual([])
    await field('To confirm, type dave').fill('dave')
    await confirm.click()
    await heading('Users').waitFor()
    await text('dave was deleted.').waitFor()
    await button('Calls').click()
    await text('SetUserStatus').waitFor()
    expect(await visitor.look('admin-calls')).toEqual([])
  })

  test('several users are disabled at once, enabled again, and put into a group where one of them is already', async () => {
    await visitor.open('#/admin/users', alice)
    await visitor.page.getByRole('checkbox', { name: 'bob' }).check()
    await choose('With the chosen', 'Disable')
    await dialog().getByRole('button', { name: 'Disable' }).click()
    await text('One user was disabled.').waitFor()
    await visitor.page.getByRole('checkbox', { name: 'bob' }).check()
    await choose('With the chosen', 'Enable')
    await dialog().getByRole('button', { name: 'Enable' }).click()
    await text('One user was enabled.').waitFor()
    await visitor.page.getByRole('checkbox', { name: 'alice' }).check()
    await visitor.page.getByRole('checkbox', { name: 'bob' }).check()
    await choose('With the chosen', 'Add to a group')
    await dialog().getByPlaceholder('Find a group').fill('Dev')
    await option('Developers').click()
    await dialog().getByRole('button', { name: 'Add', exact: true }).click()
    await text('1 of 2 calls were made; CreateGroupMembership was refused.').waitFor()
    expect(await visitor.look('admin-bulk-refused')).toEqual([])
    await button('Skip it and go on').click()
    await text('2 users were added to the group.').waitFor()
  })

  test('a group is created, filled and deleted', async () => {
    await visitor.open('#/admin/groups', alice)
    await link('Developers').waitFor()
    expect(await visitor.look('admin-groups')).toEqual([])
    await button('Create group').click()
    await dialog().getByLabel('Name', { exact: true }).fill('Guests')
    await dialog().getByRole('button', { name: 'Create group' }).click()
    await heading('Guests').waitFor()
    await button('Add users').first().click()
    await dialog().getByPlaceholder('Find a user').fill('bob')
    await visitor.page.getByRole('option', { name: /^bob/ }).click()
    expect(await visitor.look('admin-group-add')).toEqual([])
    await dialog().getByRole('button', { name: 'Add', exact: true }).click()
    await link('bob').waitFor()
    expect(await visitor.look('admin-group')).toEqual([])
    await button('Delete').click()
    await field('To confirm, type Guests').fill('Guests')
    await dialog().getByRole('button', { name: 'Delete group' }).click()
    await heading('Groups').waitFor()
  })

  test('the search at the top finds people, accounts and permission sets, and leads there', async () => {
    await visitor.open('#/admin', alice)
    const search = visitor.page.getByRole('combobox', { name: 'Search' })
    await search.fill('Acme Dev')
    await visitor.page.getByRole('option', { name: /Acme Development/ }).waitFor()
    await visitor.page.keyboard.press('ArrowDown')
    await visitor.page.keyboard.press('Enter')
    await heading('Acme Development').waitFor()
    expect(new URL(visitor.page.url()).hash).toBe(`#/admin/accounts/${DEVELOPMENT}`)
  })

  test('what is entered is not lost without a question', async () => {
    await visitor.open('#/admin/users/create', alice)
    await field('User name').fill('erin')
    await link('Groups').click()
    await text('What you entered on this page is not saved.').waitFor()
    await button('Stay').click()
    expect(await field('User name').inputValue()).toBe('erin')
    await link('Groups').click()
    await button('Leave').click()
    await heading('Groups').waitFor()
  })

  test('another role that may only look is refused a change, in the words of AWS', async () => {
    await visitor.open('#/admin/groups', alice)
    await choose(/^Role: AdministratorAccess/, /^ReadOnlyAccess/)
    await link('Developers').waitFor()
    await button('Create group').click()
    await dialog().getByLabel('Name', { exact: true }).fill('Refused')
    await dialog().getByRole('button', { name: 'Create group' }).click()
    await visitor.page
      .getByRole('alert')
      .getByText(/is not authorized to perform: identitystore:CreateGroup/)
      .waitFor()
    expect(await visitor.look('admin-refused')).toEqual([])
  })

  test('what is fetched until the first page stands stays under 650 KB', async () => {
    const bodies: Promise<Buffer>[] = []
    await visitor.open('#/admin', alice)
    visitor.page.on('response', (response) => bodies.push(response.body().catch(() => Buffer.alloc(0))))
    await visitor.open('#/admin', alice)
    await link(/^Users: \d/).waitFor()
    const weight = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0)
    console.log(`the admin console weighs ${weight} bytes`)
    expect(weight).toBeGreaterThan(300_000)
    expect(weight).toBeLessThan(FIRST_LOAD)
  })
})
