/** The wizard that assigns, where some of it cannot be done: what became of each, and those that failed once more. */

import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../harness/chromium.ts'
import { alice, DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { PortalPerson } from '../organization/founder.ts'
import { finders } from './admin-finders.ts'
import { PortalBrowser, type Visitor } from './portal-browser.ts'

const STAGING = '444455556666'
const POLICY = 'ReadReports'

describe.skipIf(chromiumPath === undefined)('the wizard that assigns', () => {
  let server: ServerProcess
  let browser: PortalBrowser
  let visitor: Visitor

  beforeAll(async () => {
    server = await ServerProcess.start()
    browser = await PortalBrowser.launch()
    visitor = await browser.visitor(server.origin)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const { button, field, heading, option, text } = finders(() => visitor)
  const row = (account: string) => visitor.page.getByRole('row', { name: account })

  test('tells which assignments failed and why, and makes those once the cause is gone', async () => {
    await createPolicy(DEVELOPMENT)
    await createPermissionSet()
    await visitor.open(
      `#/admin/assign?${[DEVELOPMENT, PRODUCTION, STAGING].map((id) => `account=${id}`).join('&')}`,
      alice,
    )
    await assign()
    await text('2 of 3 failed').waitFor()
    await text('Some assignments were not made').waitFor()
    await row('Acme Development').getByText('Assigned', { exact: true }).waitFor()
    await row('Acme Production').getByText(missing(PRODUCTION)).waitFor()
    await row('Acme Staging').getByText(missing(STAGING)).waitFor()
    expect(await visitor.look('admin-assign-failed')).toEqual([])

    await createPolicy(PRODUCTION)
    await button('Retry failed').click()
    await text('1 of 3 failed').waitFor()
    await row('Acme Production').getByText('Assigned', { exact: true }).waitFor()
    await row('Acme Staging').getByText(missing(STAGING)).waitFor()

    await createPolicy(STAGING)
    await button('Retry failed').click()
    await text('All 3 assigned').waitFor()
    expect(await button('Retry failed').isDisabled()).toBe(true)
    expect(await text('Some assignments were not made').count()).toBe(0)
    expect(visitor.violations).toEqual([])
    const access = await (await PortalPerson.signIn(server.origin, alice.userName, alice.password)).access()
    expect(access.filter((line) => line.endsWith(' Reports')).sort()).toEqual([
      'Acme Development Reports',
      'Acme Production Reports',
      'Acme Staging Reports',
    ])
  })

  const missing = (accountId: string) => `Policy arn:aws:iam::${accountId}:policy/${POLICY} does not exist`

  /** The account's own administrator writes it. */
  async function createPolicy(accountId: string): Promise<void> {
    const person = await PortalPerson.signIn(server.origin, alice.userName, alice.password)
    const credentials = await person.roleKeys(accountId, 'AdministratorAccess')
    const iam = new IAMClient({ region: 'us-east-1', endpoint: server.origin, credentials })
    const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' }]
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    await iam.send(new CreatePolicyCommand({ PolicyName: POLICY, PolicyDocument }))
  }

  async function createPermissionSet(): Promise<void> {
    await visitor.open('#/admin/permission-sets/create', alice)
    await visitor.page.getByLabel('Custom').check()
    await button('Next').click()
    await button('Add a customer managed policy').click()
    await field('Policy name').fill(POLICY)
    await button('Next').click()
    await field('Name').fill('Reports')
    await button('Next').click()
    await button('Create permission set').click()
    await heading('Reports').waitFor()
  }

  async function assign(): Promise<void> {
    // What the address has chosen is there when the page is; then the first step may be left.
    await text('(3 chosen)').waitFor()
    await button('Next').click()
    await visitor.page.getByPlaceholder('Find a user or a group').fill('Admin')
    await option('Administrators').click()
    await button('Next').click()
    await visitor.page.getByRole('checkbox', { name: 'Reports' }).check()
    await button('Next').click()
    await button('Make 3 assignments').click()
  }
})
