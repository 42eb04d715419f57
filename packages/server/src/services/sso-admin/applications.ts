/** Applications: create, describe, list, update, delete. */

import {
  type Application,
  createApplicationArn,
  createSignInOptions,
  type SignInOptions,
} from '@mayfly/identity-center/applications/application'
import { getApplicationProvider, refuseOtherProviders } from '@mayfly/identity-center/applications/application-provider'
import type { AccountId, ApplicationArn } from '@mayfly/identity-center/identifiers'
import type { Instance } from '@mayfly/identity-center/instance'
import { partitionOf } from '@mayfly/identity-center/partition'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { InputTo, Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import { getRoleCaller, type OperationContext } from '../../operation/operation-context.ts'
import { createOnce } from './create-once.ts'
import { getInstance } from './instance.ts'
import { checkedTags } from './tags.ts'

type Sdk = typeof import('@aws-sdk/client-sso-admin')
type SsoAdmin = Operations<Sdk, OperationContext>

/** Whatever is asked for (§1.4). */
const LARGEST_PAGE = 50

export const applications = {
  async CreateApplication(input, context) {
    const instance = await getInstance(input.InstanceArn, context)
    refuseOtherProviders(getApplicationProvider(input.ApplicationProviderArn))
    const tags = checkedTags(input.Tags, context.config.quotas)
    const application = createApplication(input, instance, context)
    const arn = await createOnce({ operation: 'CreateApplication', input }, context, async (tx) => {
      if ((await tx.applications.count()) >= context.config.quotas.applications) throw tooMany(context)
      await tx.applications.insert(application)
      await tx.tags.put(application.arn, tags)
      await context.record(tx, { ApplicationArn: application.arn })
      return application.arn
    })
    return { ApplicationArn: arn, InstanceArn: instance.arn, IdentityStoreArn: identityStoreArn(instance) }
  },

  async DescribeApplication({ ApplicationArn }, context) {
    const instance = await context.instance()
    return describeApplication(await context.store.applications.get(ApplicationArn as ApplicationArn), instance)
  },

  async ListApplications(input, context) {
    const instance = await getInstance(input.InstanceArn, context)
    const { ApplicationAccount, ApplicationProvider } = input.Filter ?? {}
    const filter = {
      ...(ApplicationAccount === undefined ? {} : { accountId: ApplicationAccount as AccountId }),
      ...(ApplicationProvider === undefined ? {} : { providerArn: ApplicationProvider }),
    }
    const filters = [input.InstanceArn, ApplicationAccount, ApplicationProvider]
    const listing = { operation: 'ListApplications', input, filters, largestPage: LARGEST_PAGE }
    const { items, next } = await listPage(listing, context, (page) => context.store.applications.list(filter, page))
    return { Applications: items.map((application) => describeApplication(application, instance)), ...next }
  },

  async UpdateApplication({ ApplicationArn, Name, Description, Status, PortalOptions }, context) {
    const signInOptions = readSignInOptions(PortalOptions?.SignInOptions)
    await context.store.transaction(async (tx) => {
      const application = await tx.applications.get(ApplicationArn as ApplicationArn)
      await tx.applications.update({
        ...application,
        ...(Name === undefined ? {} : { name: Name }),
        ...(Description === undefined ? {} : { description: Description }),
        ...(Status === undefined ? {} : { status: Status }),
        ...(signInOptions === undefined ? {} : { signInOptions }),
      })
      await context.record(tx, {})
    })
    return {}
  },

  async DeleteApplication({ ApplicationArn }, context) {
    const arn = ApplicationArn as ApplicationArn
    await context.store.transaction(async (tx) => {
      await tx.applications.delete(arn)
      await tx.tags.deleteOf(arn)
      await context.record(tx, {})
    })
    return {}
  },
} satisfies Partial<SsoAdmin>

function createApplication(
  input: InputTo<Sdk, 'CreateApplication'>,
  instance: Instance,
  context: OperationContext,
): Application {
  const { accountId } = getRoleCaller(context)
  const signInOptions = readSignInOptions(input.PortalOptions?.SignInOptions)
  return {
    arn: createApplicationArn({ accountId, instanceArn: instance.arn }, context.random),
    instanceArn: instance.arn,
    accountId,
    providerArn: input.ApplicationProviderArn,
    name: input.Name,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    status: input.Status ?? 'ENABLED',
    visibility: input.PortalOptions?.Visibility ?? 'ENABLED',
    ...(signInOptions === undefined ? {} : { signInOptions }),
    assignmentRequired: true,
    createdFrom: instance.region,
    createdAt: context.clock.now(),
  }
}

interface SignInInput {
  readonly Origin?: SignInOptions['origin'] | undefined
  readonly ApplicationUrl?: string | undefined
}

const readSignInOptions = (input: SignInInput | undefined): SignInOptions | undefined =>
  input?.Origin === undefined ? undefined : createSignInOptions(input.Origin, input.ApplicationUrl)

function describeApplication(application: Application, instance: Instance) {
  const { signInOptions } = application
  return {
    ApplicationArn: application.arn,
    ApplicationProviderArn: application.providerArn,
    Name: application.name,
    ApplicationAccount: application.accountId,
    InstanceArn: application.instanceArn,
    IdentityStoreArn: identityStoreArn(instance),
    Status: application.status,
    PortalOptions: {
      // Terraform wants what was never set to be absent (§10.1).
      ...(signInOptions === undefined ? {} : { SignInOptions: describeSignIn(signInOptions) }),
      Visibility: application.visibility,
    },
    ...(application.description === undefined ? {} : { Description: application.description }),
    CreatedDate: application.createdAt,
    CreatedFrom: application.createdFrom,
  }
}

const describeSignIn = ({ origin, applicationUrl }: SignInOptions) => ({
  Origin: origin,
  ...(applicationUrl === undefined ? {} : { ApplicationUrl: applicationUrl }),
})

const identityStoreArn = ({ region, ownerAccountId, identityStoreId }: Instance): string =>
  `arn:${partitionOf(region)}:identitystore::${ownerAccountId}:identitystore/${identityStoreId}`

const tooMany = ({ config }: OperationContext): Refusal =>
  new Refusal('quota-exceeded', `There are at most ${config.quotas.applications} applications.`)
