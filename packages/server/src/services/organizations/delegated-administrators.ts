/** Which accounts administer a service in the management account's place. */

import type { Account } from '@mayfly/identity-center/account-access/account'
import { IDENTITY_CENTER_PRINCIPAL } from '@mayfly/identity-center/organization/delegated-administrator'
import type { Transaction } from '@mayfly/store'
import { describeAccount } from './account-shapes.ts'
import { getAccount } from './accounts.ts'
import { changePolicies, getOrganization, listOrganization, type OrganizationsApi } from './change.ts'
import { constraintViolation, refused } from './exceptions.ts'
import { checkPrincipal } from './service-access.ts'

export const delegatedAdministrators = {
  async RegisterDelegatedAdministrator({ AccountId, ServicePrincipal: principal }, context) {
    checkPrincipal(principal)
    return await changePolicies(context, async (tx, { managementAccountId }) => {
      const account = await getAccount(AccountId, tx)
      if (account.id === managementAccountId) {
        const message = 'The management account administers every service already.'
        throw constraintViolation('CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR', message)
      }
      await checkRegistration(account, principal, tx)
      const enabledAt = context.clock.now()
      await tx.delegatedAdministrators.insert({ accountId: account.id, servicePrincipal: principal, enabledAt })
      return {}
    })
  },

  async DeregisterDelegatedAdministrator({ AccountId, ServicePrincipal: principal }, context) {
    checkPrincipal(principal)
    return await changePolicies(context, async (tx) => {
      const { id } = await getAccount(AccountId, tx)
      if (!(await tx.delegatedAdministrators.delete(id, principal))) {
        throw refused('AccountNotRegistered', `The account ${id} does not administer ${principal}.`)
      }
      return {}
    })
  },

  async ListDelegatedAdministrators(input, context) {
    const { ServicePrincipal: principal } = input
    if (principal !== undefined) checkPrincipal(principal)
    const found = await getOrganization(context)
    const listing = { operation: 'ListDelegatedAdministrators', input, filters: [principal] }
    const { items, next } = await listOrganization(listing, context, (page) =>
      context.store.delegatedAdministrators.list(principal, page),
    )
    const described = items.map(async ({ accountId, enabledAt }) => ({
      ...describeAccount(found, await context.store.accounts.get(accountId), context.clock.now()),
      DelegationEnabledDate: enabledAt,
    }))
    return { DelegatedAdministrators: await Promise.all(described), ...next }
  },

  async ListDelegatedServicesForAccount(input, context) {
    await getOrganization(context)
    const { id } = await getAccount(input.AccountId, context.store)
    const listing = { operation: 'ListDelegatedServicesForAccount', input, filters: [id] }
    const { items, next } = await listOrganization(listing, context, (page) =>
      context.store.delegatedAdministrators.listOfAccount(id, page),
    )
    if (items.length === 0 && !input.NextToken) {
      throw refused('AccountNotRegistered', `The account ${id} is no delegated administrator.`)
    }
    const DelegatedServices = items.map(({ servicePrincipal, enabledAt }) => ({
      ServicePrincipal: servicePrincipal,
      DelegationEnabledDate: enabledAt,
    }))
    return { DelegatedServices, ...next }
  },
} satisfies Partial<OrganizationsApi>

async function checkRegistration({ id, closedAt }: Account, principal: string, tx: Transaction): Promise<void> {
  if (closedAt) {
    const message = `The account ${id} is closed.`
    throw constraintViolation('CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR', message)
  }
  if ((await tx.serviceAccess.find(principal)) === undefined) {
    const message = `Enable trusted access for ${principal} first.`
    throw constraintViolation('SERVICE_ACCESS_NOT_ENABLED', message)
  }
  const { items } = await tx.delegatedAdministrators.list(principal, { limit: MOST_ADMINISTRATORS })
  if (items.some(({ accountId }) => accountId === id)) {
    throw refused('AccountAlreadyRegistered', `The account ${id} administers ${principal} already.`)
  }
  const most = principal === IDENTITY_CENTER_PRINCIPAL ? 1 : MOST_ADMINISTRATORS
  if (items.length < most) return
  const message = `${principal} has at most ${most} delegated administrators.`
  throw constraintViolation('MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED', message)
}

/** Of a service other than Identity Center, which has one. */
const MOST_ADMINISTRATORS = 10
