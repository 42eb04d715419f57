/** The main parts of a whole organization are set up in the admin console; the end is the same as by AWS's tools. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { chromiumPath } from '../harness/chromium.ts'
import { PortalBrowser } from '../pages/portal-browser.ts'
import { ConsoleSetup } from './console-setup.ts'
import { AT_ONCE, createPlan, type Plan } from './plan.ts'
import { assignBySdk, setUpBySdk } from './sdk-setup.ts'
import { founder, WholeOrganization } from './whole-organization.ts'

const plan = createPlan()
let organization: WholeOrganization
let browser: PortalBrowser | undefined

beforeEach(async () => {
  organization = await WholeOrganization.start()
  browser = chromiumPath === undefined ? undefined : await PortalBrowser.launch()
})
afterEach(async () => {
  await browser?.close()
  await organization?.stop()
})

/** What the plan calls so. */
function planned<Kind extends 'units' | 'accounts' | 'permissionSets'>(kind: Kind, name: string): Plan[Kind][number] {
  const found = plan[kind].find((one) => one.name === name)
  if (found === undefined) throw new Error(`the plan has no ${name}`)
  return found
}

test('by the admin console', async (context) => {
  if (browser === undefined) return context.skip('this machine has no Chromium (Debian: apt-get install chromium)')
  const visitor = await browser.visitor(organization.server.origin)
  await visitor.open('#/admin/accounts', founder)
  const setup = new ConsoleSetup(visitor)
  await setUpTree(setup)
  await setUpPeople(setup)
  await setup.createPredefined(planned('permissionSets', 'Set-01'))
  await setup.createCustom(planned('permissionSets', 'Set-02'))
  await setup.createCustom(planned('permissionSets', 'Set-03'))
  await setUpBySdk(organization.sdk, plan)
  await setup.assign(AT_ONCE, ['account-1', 'account-2'])
  expect(visitor.violations).toEqual([])
  await assignBySdk(organization.sdk, plan.assignments.slice(120))
  await organization.expectPlan(plan)
})

/** Units in units in units, and accounts in them. */
async function setUpTree(setup: ConsoleSetup): Promise<void> {
  await setup.createUnit(planned('units', 'Workloads'))
  await setup.createUnit(planned('units', 'Production'))
  await setup.unfold('Workloads')
  await setup.createUnit(planned('units', 'Regulated'))
  await setup.createAccount(planned('accounts', 'account-06'), 'Root / Workloads')
  await setup.createAccount(planned('accounts', 'account-09'), 'Root / Workloads / Production')
  await setup.createAccount(planned('accounts', 'account-10'), 'Root / Workloads / Production / Regulated')
}

/** Users who come into their group from either side. */
async function setUpPeople(setup: ConsoleSetup): Promise<void> {
  const [first, second] = plan.users
  if (first === undefined || second === undefined) throw new Error('the plan has no users')
  await setup.createUser(second, [])
  await setup.createGroup('group-01')
  await setup.createUser(first, ['group-01'])
  await setup.createGroup('group-02')
  await setup.addToGroup(second.userName)
}
