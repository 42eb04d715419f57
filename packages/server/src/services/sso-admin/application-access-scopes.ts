/** Access scopes: what an application's tokens may ask for, and where they may be exchanged. */

import type { ApplicationAccessScope } from '@mayfly/identity-center/applications/application'
import type { ApplicationArn } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

/** As its model has it. */
const LARGEST_PAGE = 10

export const applicationAccessScopes = {
  async PutApplicationAccessScope({ ApplicationArn, Scope, AuthorizedTargets = [] }, context) {
    const arn = ApplicationArn as ApplicationArn
    const { scopesPerApplication } = context.config.quotas
    await context.store.transaction(async (tx) => {
      // Written, so that two who add a scope at once meet here, and the quota holds.
      await tx.applications.update(await tx.applications.get(arn))
      const others = (await tx.applicationAccess.scopesOf(arn)).filter(({ scope }) => scope !== Scope)
      // The one word that the model of this operation has for it (§1.10 lists no quota exception).
      if (others.length >= scopesPerApplication) {
        throw new Refusal('conflict', `An application has at most ${scopesPerApplication} access scopes.`)
      }
      await tx.applicationAccess.insertScope(arn, { scope: Scope, authorizedTargets: [...new Set(AuthorizedTargets)] })
      await context.record(tx, {})
    })
    return {}
  },

  async GetApplicationAccessScope({ ApplicationArn, Scope }, { store }) {
    const arn = ApplicationArn as ApplicationArn
    await store.applications.get(arn)
    const scope = await store.applicationAccess.findScope(arn, Scope)
    if (scope) return describeScope(scope)
    throw new Refusal('not-found', `The application has no access scope ${Scope}.`)
  },

  async ListApplicationAccessScopes(input, context) {
    const arn = input.ApplicationArn as ApplicationArn
    await context.store.applications.get(arn)
    const listing = { operation: 'ListApplicationAccessScopes', input, filters: [arn], largestPage: LARGEST_PAGE }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.applicationAccess.listScopes(arn, page),
    )
    return { Scopes: items.map(describeScope), ...next }
  },

  async DeleteApplicationAccessScope({ ApplicationArn, Scope }, context) {
    const arn = ApplicationArn as ApplicationArn
    await context.store.transaction(async (tx) => {
      await tx.applications.get(arn)
      await tx.applicationAccess.deleteScope(arn, Scope)
      await context.record(tx, {})
    })
    return {}
  },
} satisfies Partial<SsoAdmin>

const describeScope = ({ scope, authorizedTargets }: ApplicationAccessScope) => ({
  Scope: scope,
  ...(authorizedTargets.length === 0 ? {} : { AuthorizedTargets: [...authorizedTargets] }),
})
