/** The main parts of an organization are set up in the admin console; then every user says what they may get into. */

import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../harness/chromium.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { PortalPerson } from '../organization/founder.ts'
import { expectedAccess, type Plan, type PlannedUser } from '../organization/plan.ts'
import { finders } from './admin-finders.ts'
import { PortalBrowser, type Visitor } from './portal-browser.ts'

const founder = { userName: 'founder', password: 'mayfly-example' } as const
const PASSWORD = 'Every-1-of-us'

const user = (number: number, groups: readonly string[]): PlannedUser => ({
  userName: `user-${number}`,
  givenName: `Given ${number}`,
  familyName: 'Family',
  email: `user-${number}@whole.example`,
  groups,
})

/** What is assigned, as the wizard takes it: every account with every principal and every permission set. */
const GRIDS = [
  { accounts: ['One', 'Two', 'Three'], groups: ['Readers', 'Builders'], users: [], sets: ['Look'] },
  { accounts: ['Two'], groups: ['Builders'], users: ['user-3'], sets: ['Build', 'Look'] },
] as const

const plan: Plan = {
  units: [{ name: 'Workloads' }],
  accounts: ['One', 'Two', 'Three'].map((name) => ({ name, email: `${name}@whole.example`, unit: 'Workloads' })),
  groups: ['Readers', 'Builders'],
  users: [user(1, ['Readers']), user(2, ['Readers', 'Builders']), user(3, []), user(4, [])],
  permissionSets: [
    { name: 'Look', description: '', sessionDuration: 'PT1H', managedPolicies: ['ReadOnlyAccess'] },
    { name: 'Build', description: '', sessionDuration: 'PT1H', managedPolicies: ['PowerUserAccess'] },
  ],
  assignments: GRIDS.flatMap(({ accounts, groups, users, sets }) =>
    accounts.flatMap((account) =>
      sets.flatMap((permissionSet) => [
        ...groups.map((principal) => ({ account, permissionSet, principalType: 'GROUP' as const, principal })),
        ...users.map((principal) => ({ account, permissionSet, principalType: 'USER' as const, principal })),
      ]),
    ),
  ),
}

describe.skipIf(chromiumPath === undefined)('an organization', () => {
  let server: ServerProcess
  let browser: PortalBrowser
  let visitor: Visitor

  beforeAll(async () => {
    const seed = fileURLToPath(new URL('../organization/seed.yaml', import.meta.url))
    server = await ServerProcess.start({ env: { MAYFLY_EXAMPLE: seed } })
    browser = await PortalBrowser.launch()
    visitor = await browser.visitor(server.origin)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const { button, choose, dialog, field, heading, option, text } = finders(() => visitor)
  const open = (page: string) => visitor.open(`#/admin/${page}`, founder)
  const confirm = (name: string) => dialog().getByRole('button', { name, exact: true }).click()
  const pick = async (placeholder: string, name: string) => {
    await visitor.page.getByPlaceholder(placeholder).fill(name)
    await option(new RegExp(`^${name}`)).click()
  }

  test('that was set up in the console gives every user what the plan says, and nothing else', async () => {
    for (const { name } of plan.units) await createUnit(name)
    for (const account of plan.accounts) await createAccount(account)
    for (const name of plan.groups) await createGroup(name)
    for (const set of plan.permissionSets) await createPermissionSet(set.name, set.managedPolicies[0] ?? '')
    const links = new Map<string, string>()
    for (const one of plan.users) links.set(one.userName, await createUser(one))
    for (const grid of GRIDS) await assign(grid)
    expect(visitor.violations).toEqual([])

    const found: string[] = []
    for (const [userName, link] of links) {
      const person = await PortalPerson.follow(server.origin, link, PASSWORD)
      for (const role of await person.access()) found.push(`${userName} ${role}`)
    }
    expect(found.sort()).toEqual(expectedAccess(plan))
  })

  async function createUnit(name: string): Promise<void> {
    await open('accounts')
    await text('Management').waitFor()
    await choose('More', 'Create organizational unit')
    await dialog().getByLabel('Name', { exact: true }).fill(name)
    await confirm('Create')
    await text(`${name} was created.`).waitFor()
  }

  async function createAccount({ name, email, unit }: Plan['accounts'][number]): Promise<void> {
    await open('accounts')
    await button('Create account').click()
    await field('Account name').fill(name)
    await field('Email address').fill(email)
    await confirm('Create account')
    await button(`Move ${name}`).click()
    await dialog().getByRole('button', { name: /^Into/ }).click()
    await option(`Root / ${unit}`).click()
    await confirm('Move')
    await text(`${name} was moved.`).waitFor()
  }

  async function createGroup(name: string): Promise<void> {
    await open('groups')
    await button('Create group').first().click()
    await dialog().getByLabel('Name', { exact: true }).fill(name)
    await confirm('Create group')
    await heading(name).waitFor()
  }

  async function createPermissionSet(name: string, predefined: string): Promise<void> {
    await open('permission-sets/create')
    await visitor.page.getByLabel(predefined).check()
    await button('Next').click()
    await field('Name').fill(name)
    await button('Next').click()
    await button('Create permission set').click()
    await heading(name).waitFor()
  }

  /** The link with which the user chooses a password. */
  async function createUser({ userName, givenName, familyName, email, groups }: PlannedUser): Promise<string> {
    await open('users/create')
    await field('User name').fill(userName)
    await field('Email address (optional)').fill(email)
    await field('First name').fill(givenName)
    await field('Last name').fill(familyName)
    for (const group of groups) await pick('Find a group', group)
    await button('Create user').click()
    await heading(`${userName} was created`).waitFor()
    await button('Copy the one-time link').click()
    return visitor.clipboard()
  }

  async function assign({ accounts, groups, users, sets }: (typeof GRIDS)[number]): Promise<void> {
    await open('assign')
    for (const name of accounts) await visitor.page.getByRole('checkbox', { name, exact: true }).check()
    await button('Next').click()
    for (const name of [...groups, ...users]) await pick('Find a user or a group', name)
    await button('Next').click()
    for (const name of sets) await visitor.page.getByRole('checkbox', { name, exact: true }).check()
    await button('Next').click()
    await button(/^Make \d+ assignments$/).click()
    await text(/^All \d+ assigned$/).waitFor()
  }
})
