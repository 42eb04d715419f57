/** Trusted token issuers: outside OpenID providers whose tokens name our users. */

import {
  checkIssuerUrl,
  createTrustedTokenIssuerArn,
  parseUserAttributePath,
  type TrustedTokenIssuer,
} from '@mayfly/identity-center/applications/trusted-token-issuer'
import type { TrustedTokenIssuerArn } from '@mayfly/identity-center/identifiers'
import type { Instance } from '@mayfly/identity-center/instance'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { InputTo, Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import { getRoleCaller, type OperationContext } from '../../operation/operation-context.ts'
import { createOnce } from './create-once.ts'
import { getInstance } from './instance.ts'
import { checkedTags } from './tags.ts'

type Sdk = typeof import('@aws-sdk/client-sso-admin')
type SsoAdmin = Operations<Sdk, OperationContext>

const TYPE = 'OIDC_JWT'

export const trustedTokenIssuers = {
  async CreateTrustedTokenIssuer(input, context) {
    const instance = await getInstance(input.InstanceArn, context)
    const issuer = createIssuer(input, instance, context)
    const tags = checkedTags(input.Tags, context.config.quotas)
    const most = context.config.quotas.trustedTokenIssuers
    const arn = await createOnce({ operation: 'CreateTrustedTokenIssuer', input }, context, async (tx) => {
      if ((await tx.trustedTokenIssuers.count()) >= most) {
        throw new Refusal('quota-exceeded', `There are at most ${most} trusted token issuers.`)
      }
      await tx.trustedTokenIssuers.insert(issuer)
      await tx.tags.put(issuer.arn, tags)
      await context.record(tx, { TrustedTokenIssuerArn: issuer.arn })
      return issuer.arn
    })
    return { TrustedTokenIssuerArn: arn }
  },

  async DescribeTrustedTokenIssuer({ TrustedTokenIssuerArn }, { store }) {
    const issuer = await store.trustedTokenIssuers.get(TrustedTokenIssuerArn as TrustedTokenIssuerArn)
    return {
      ...describeIssuer(issuer),
      TrustedTokenIssuerConfiguration: {
        OidcJwtConfiguration: {
          IssuerUrl: issuer.issuerUrl,
          ClaimAttributePath: issuer.claimAttributePath,
          IdentityStoreAttributePath: issuer.identityStoreAttributePath,
          JwksRetrievalOption: 'OPEN_ID_DISCOVERY' as const,
        },
      },
    }
  },

  async ListTrustedTokenIssuers(input, context) {
    await getInstance(input.InstanceArn, context)
    const listing = { operation: 'ListTrustedTokenIssuers', input, filters: [input.InstanceArn] }
    const { items, next } = await listPage(listing, context, (page) => context.store.trustedTokenIssuers.list(page))
    return { TrustedTokenIssuers: items.map(describeIssuer), ...next }
  },

  async UpdateTrustedTokenIssuer({ TrustedTokenIssuerArn, Name, TrustedTokenIssuerConfiguration }, context) {
    const { ClaimAttributePath, IdentityStoreAttributePath } =
      TrustedTokenIssuerConfiguration?.OidcJwtConfiguration ?? {}
    if (IdentityStoreAttributePath !== undefined) parseUserAttributePath(IdentityStoreAttributePath)
    await context.store.transaction(async (tx) => {
      const issuer = await tx.trustedTokenIssuers.get(TrustedTokenIssuerArn as TrustedTokenIssuerArn)
      await tx.trustedTokenIssuers.update({
        ...issuer,
        name: Name ?? issuer.name,
        claimAttributePath: ClaimAttributePath ?? issuer.claimAttributePath,
        identityStoreAttributePath: IdentityStoreAttributePath ?? issuer.identityStoreAttributePath,
      })
      await context.record(tx, {})
    })
    return {}
  },

  async DeleteTrustedTokenIssuer({ TrustedTokenIssuerArn }, context) {
    const arn = TrustedTokenIssuerArn as TrustedTokenIssuerArn
    await context.store.transaction(async (tx) => {
      await tx.trustedTokenIssuers.delete(arn)
      await tx.tags.deleteOf(arn)
      await context.record(tx, {})
    })
    return {}
  },
} satisfies Partial<SsoAdmin>

function createIssuer(
  input: InputTo<Sdk, 'CreateTrustedTokenIssuer'>,
  instance: Instance,
  context: OperationContext,
): TrustedTokenIssuer {
  const { accountId } = getRoleCaller(context)
  const {
    IssuerUrl = '',
    ClaimAttributePath = '',
    IdentityStoreAttributePath = '',
  } = input.TrustedTokenIssuerConfiguration.OidcJwtConfiguration ?? {}
  checkIssuerUrl(IssuerUrl)
  parseUserAttributePath(IdentityStoreAttributePath)
  return {
    arn: createTrustedTokenIssuerArn({ accountId, instanceArn: instance.arn }, context.random),
    instanceArn: instance.arn,
    accountId,
    name: input.Name,
    issuerUrl: IssuerUrl,
    claimAttributePath: ClaimAttributePath,
    identityStoreAttributePath: IdentityStoreAttributePath,
    createdAt: context.clock.now(),
  }
}

const describeIssuer = ({ arn, name }: TrustedTokenIssuer) =>
  ({
    TrustedTokenIssuerArn: arn,
    Name: name,
    TrustedTokenIssuerType: TYPE,
  }) as const
