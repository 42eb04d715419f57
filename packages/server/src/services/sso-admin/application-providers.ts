/** Application providers: the templates that applications are made from. */

import {
  type ApplicationProvider,
  applicationProviderArn,
  getApplicationProvider,
  listApplicationProviders,
} from '@mayfly/identity-center/applications/application-provider'
import { partitionOf, partitionOfArn } from '@mayfly/identity-center/partition'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

export const applicationProviders = {
  async DescribeApplicationProvider({ ApplicationProviderArn }) {
    const provider = getApplicationProvider(ApplicationProviderArn)
    return describeProvider(provider, partitionOfArn(ApplicationProviderArn))
  },

  async ListApplicationProviders(input, context) {
    const { region } = await context.instance()
    const listing = { operation: 'ListApplicationProviders', input }
    const { items, next } = await listPage(listing, context, async ({ limit, after = '' }) => {
      const providers = listApplicationProviders(after, limit + 1)
      const shown = providers.slice(0, limit)
      const last = providers.length > limit ? shown.at(-1) : undefined
      return { items: shown, ...(last === undefined ? {} : { nextToken: last.name }) }
    })
    return { ApplicationProviders: items.map((one) => describeProvider(one, partitionOf(region))), ...next }
  },
} satisfies Partial<SsoAdmin>

function describeProvider(provider: ApplicationProvider, partition: string) {
  const { protocol, displayName, description, scopes } = provider
  return {
    ApplicationProviderArn: applicationProviderArn(provider, partition),
    FederationProtocol: protocol,
    DisplayData: { DisplayName: displayName, Description: description },
    ...(scopes === undefined ? {} : { ResourceServerConfig: { Scopes: describeScopes(scopes) } }),
  }
}

const describeScopes = (scopes: NonNullable<ApplicationProvider['scopes']>) =>
  Object.fromEntries(
    Object.entries(scopes).map(([scope, { title, description }]) => [
      scope,
      { DetailedTitle: title, LongDescription: description },
    ]),
  )
