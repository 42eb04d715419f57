/** ListAccounts and ListAccountRoles: what a user may get into. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Operations } from '@mayfly/wire/model/operations'
import { getUserCaller, type OperationContext } from '../../operation/operation-context.ts'
import { createPageToken, type PageQuery, parsePageToken } from '../../operation/page-token.ts'
import { noAccess } from './no-access.ts'

type Sso = Operations<typeof import('@aws-sdk/client-sso'), OperationContext>

const LARGEST_PAGE = 100

export const accounts = {
  async ListAccounts({ maxResults, nextToken }, context) {
    const { user } = getUserCaller(context)
    const query: PageQuery = { operation: 'ListAccounts', caller: user.id }
    const page = await context.store.effectiveAccess.accountsOf(user.id, pageOf(query, maxResults, nextToken, context))
    return {
      accountList: page.items.map(({ id, name, email }) => ({
        accountId: id,
        accountName: name,
        ...(email === '' ? {} : { emailAddress: email }),
      })),
      ...nextOf(query, page.nextToken, context),
    }
  },

  async ListAccountRoles({ accountId, maxResults, nextToken }, context) {
    const { user } = getUserCaller(context)
    const query: PageQuery = { operation: 'ListAccountRoles', caller: user.id, filters: [accountId] }
    const asked = pageOf(query, maxResults, nextToken, context)
    const page = await context.store.effectiveAccess.rolesOf(user.id, accountId as AccountId, asked)
    // The same for an account that is not there: an answer must not tell which numbers exist.
    if (page.items.length === 0 && asked.after === undefined) throw noAccess()
    return {
      roleList: page.items.map((role) => ({ roleName: role.permissionSetName, accountId: role.accountId })),
      ...nextOf(query, page.nextToken, context),
    }
  },
} satisfies Partial<Sso>

function pageOf(
  query: PageQuery,
  maxResults: number | undefined,
  nextToken: string | undefined,
  context: OperationContext,
): { limit: number; after?: string } {
  const limit = maxResults ?? LARGEST_PAGE
  // An empty token is what some clients send for the first page.
  return nextToken ? { limit, after: parsePageToken(query, nextToken, context) } : { limit }
}

const nextOf = (query: PageQuery, cursor: string | undefined, context: OperationContext): { nextToken?: string } =>
  cursor === undefined ? {} : { nextToken: createPageToken(query, cursor, context) }
