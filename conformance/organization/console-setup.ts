/** Sets parts of a plan up in the admin console, as a person does: by its pages, dialogs and wizards. */

import { expect } from 'vitest'
import { finders } from '../pages/admin-finders.ts'
import type { Visitor } from '../pages/portal-browser.ts'
import type { PlannedAccount, PlannedPermissionSet, PlannedProduct, PlannedUnit, PlannedUser } from './plan.ts'

export class ConsoleSetup {
  readonly #visitor: Visitor
  readonly #find: ReturnType<typeof finders>

  /** The visitor has an administrator's page of the console before them. */
  constructor(visitor: Visitor) {
    this.#visitor = visitor
    this.#find = finders(() => visitor)
  }

  /** From the page of accounts, on which the parent can be seen. */
  async createUnit({ name, parent }: PlannedUnit): Promise<void> {
    const { choose, dialog, text } = this.#find
    if (parent === undefined) await choose('More', 'Create organizational unit')
    else await choose(`Change ${parent}`, 'Create organizational unit here')
    await dialog().getByLabel('Name', { exact: true }).fill(name)
    await this.#confirm('Create')
    await text(`${name} was created.`).waitFor()
  }

  /** Shows what lies in a unit. */
  async unfold(unit: string): Promise<void> {
    await this.#find.button(new RegExp(`^Expand .*${unit}$`)).click()
  }

  /** From the page of accounts; `path` is the unit's, from the root. */
  async createAccount({ name, email }: PlannedAccount, path: string): Promise<void> {
    const { button, dialog, field, text } = this.#find
    await button('Create account').click()
    await field('Account name').fill(name)
    await field('Email address').fill(email)
    await this.#confirm('Create account')
    await button(`Move ${name}`).click()
    await dialog().getByRole('button', { name: /^Into/ }).click()
    await this.#option(path).click()
    await this.#confirm('Move')
    await text(`${name} was moved.`).waitFor()
  }

  async createGroup(name: string): Promise<void> {
    const { button, dialog, heading } = this.#find
    await this.#open('groups')
    await button('Create group').first().click()
    await dialog().getByLabel('Name', { exact: true }).fill(name)
    await this.#confirm('Create group')
    await heading(name).waitFor()
  }

  /** From the page of the group. */
  async addToGroup(userName: string): Promise<void> {
    const { button, dialog, link } = this.#find
    await button('Add users').first().click()
    await dialog().getByPlaceholder('Find a user').fill(userName)
    await this.#find.option(new RegExp(`^${userName}`)).click()
    await this.#confirm('Add')
    await link(userName).waitFor()
  }

  /** With the groups that are named, whatever the plan says of them. */
  async createUser({ userName, email, givenName, familyName }: PlannedUser, groups: readonly string[]): Promise<void> {
    const { button, field, heading } = this.#find
    await this.#open('users/create')
    await field('User name').fill(userName)
    await field('Email address (optional)').fill(email)
    await field('First name').fill(givenName)
    await field('Last name').fill(familyName)
    for (const group of groups) await this.#pick('Find a group', group)
    await button('Create user').click()
    await heading(`${userName} was created`).waitFor()
  }

  /** One that is made of a policy of AWS alone, under a name of its own. */
  async createPredefined(set: PlannedPermissionSet): Promise<void> {
    await this.#open('permission-sets/create')
    await this.#visitor.page.getByLabel(policyName(set), { exact: true }).check()
    await this.#next()
    await this.#finishSet(set)
  }

  async createCustom(set: PlannedPermissionSet): Promise<void> {
    const { button, field, option } = this.#find
    await this.#open('permission-sets/create')
    await this.#visitor.page.getByLabel('Custom').check()
    await this.#next()
    await button(/^AWS managed policies/).click()
    await option(new RegExp(`^${policyName(set)}`)).click()
    await this.#visitor.page.keyboard.press('Escape')
    if (set.inlinePolicy) await field('Inline policy (optional)').fill(set.inlinePolicy)
    await this.#next()
    await this.#finishSet(set)
  }

  async #finishSet({ name, description, sessionDuration }: PlannedPermissionSet): Promise<void> {
    const { button, field, heading } = this.#find
    const hours = Number.parseInt(sessionDuration.slice('PT'.length), 10)
    await field('Name').fill(name)
    await field('Description (optional)').fill(description)
    await button(/^Session duration/).click()
    await this.#find.option(new RegExp(`(^|\\W)${hours} hours?\\b`)).click()
    await button('Add tag').click()
    await field('Key').fill('plan')
    await field('Value').fill(name)
    await this.#next()
    await button('Create permission set').click()
    await heading(name).waitFor()
  }

  /** By the wizard; each of the searches finds ten accounts, and all of them are chosen. */
  async assign({ accounts, permissionSets, groups }: PlannedProduct, searches: readonly string[]): Promise<void> {
    const { page } = this.#visitor
    const { button, text } = this.#find
    await this.#open('assign')
    for (const [at, search] of searches.entries()) {
      await page.getByPlaceholder('Find accounts by name or number').fill(search)
      const found = page.getByRole('checkbox', { name: new RegExp(`^${search}`) })
      await expect.poll(() => found.count(), { timeout: 15_000 }).toBe(10)
      await page.getByRole('checkbox', { name: 'All on this page' }).check()
      await text(`(${(at + 1) * 10} chosen)`).waitFor()
    }
    await this.#next()
    for (const group of groups) await this.#pick('Find a user or a group', group)
    await this.#next()
    for (const set of permissionSets) await page.getByRole('checkbox', { name: set, exact: true }).check()
    await this.#next()
    const count = accounts.length * permissionSets.length * groups.length
    await text(`${accounts.length} accounts × ${groups.length} users and groups × ${permissionSets.length}`).waitFor()
    await button(`Make ${count} assignments`).click()
    await text(`of ${count} assigned`).waitFor()
    await text(`All ${count} assigned`).waitFor({ timeout: 60_000 })
  }

  async #open(page: string): Promise<void> {
    await this.#visitor.page.evaluate((fragment) => {
      location.hash = fragment
    }, `#/admin/${page}`)
  }

  async #pick(placeholder: string, name: string): Promise<void> {
    // All but the last letter: the search itself is offered under the words that were typed.
    await this.#visitor.page.getByPlaceholder(placeholder).fill(name.slice(0, -1))
    await this.#find.option(new RegExp(`^${name}`)).click()
    await this.#find.button(`Remove ${name}`).waitFor()
  }

  #option(name: string) {
    return this.#visitor.page.getByRole('option', { name, exact: true })
  }

  #confirm(name: string): Promise<void> {
    return this.#find.dialog().getByRole('button', { name, exact: true }).click()
  }

  #next(): Promise<void> {
    return this.#find.button('Next').click()
  }
}

const policyName = ({ managedPolicies }: PlannedPermissionSet): string => managedPolicies[0]?.split('/').at(-1) ?? ''
