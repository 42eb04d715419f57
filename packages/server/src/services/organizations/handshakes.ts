/** Invitations. Nobody has to accept one: an account that is invited belongs from then on. */

import { after, days } from '@mayfly/identity-center/duration'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { createHandshakeId, type Handshake } from '@mayfly/identity-center/organization/handshake'
import { type Organization, organizationResourceArn } from '@mayfly/identity-center/organization/organization'
import type { Tag } from '@mayfly/identity-center/tag'
import type { Transaction } from '@mayfly/store'
import type { OperationContext } from '../../operation/operation-context.ts'
import { insertAccount } from './account-creation.ts'
import { changePolicies, getOrganization, type OrganizationsApi } from './change.ts'
import { handshakeViolation, invalidInput, notFound } from './exceptions.ts'
import { checkTagCount, readTags } from './tag-list.ts'

const LIFETIME = days(15)

export const handshakes = {
  async InviteAccountToOrganization({ Target, Notes, Tags }, context) {
    const tags = readTags(Tags)
    checkTagCount(tags.length, context.config.quotas.tagsPerResource)
    const accountId = readTarget(Target)
    return await changePolicies(context, async (tx, found) => {
      await checkInvitation(accountId, tx, context)
      const now = context.clock.now()
      // There is no address to be known of it.
      const account = { id: accountId, name: nameOf(accountId, tags), email: '', joinedMethod: 'INVITED' as const }
      await insertAccount({ ...account, tags }, { tx, found, now })
      const handshake: Handshake = {
        id: createHandshakeId(context.random),
        accountId,
        ...(Notes === undefined ? {} : { notes: Notes }),
        createdAt: now,
        expiresAt: after(now, LIFETIME),
      }
      await tx.handshakes.insert(handshake)
      return { Handshake: await describeHandshake(found, handshake, tx) }
    })
  },

  async DescribeHandshake({ HandshakeId }, context) {
    const handshake = await context.store.handshakes.find(HandshakeId)
    if (handshake === undefined) throw notFound('HandshakeNotFound', HandshakeId)
    return { Handshake: await describeHandshake(await getOrganization(context), handshake, context.store) }
  },
} satisfies Partial<OrganizationsApi>

/** By number alone: which account an e-mail address belongs to nobody can tell here. */
function readTarget({ Id = '', Type }: { Id: string | undefined; Type: string | undefined }): AccountId {
  if (Type !== 'ACCOUNT') {
    throw invalidInput('INVALID_PARTY_TYPE_TARGET', 'Name the account by its number, with the type ACCOUNT.')
  }
  if (/^\d{12}$/.test(Id)) return Id as AccountId
  throw invalidInput('INVALID_PATTERN_TARGET_ID', 'An account has twelve digits.')
}

async function checkInvitation(id: AccountId, tx: Transaction, { config }: OperationContext): Promise<void> {
  if (await tx.accounts.find(id)) {
    throw handshakeViolation('ALREADY_IN_AN_ORGANIZATION', `The account ${id} is in this organization already.`)
  }
  const { accounts } = config.quotas
  if ((await tx.accounts.count()) < accounts) return
  throw handshakeViolation('ACCOUNT_NUMBER_LIMIT_EXCEEDED', `This organization has at most ${accounts} accounts.`)
}

/** The tag `Name` when there is one, as it is the custom elsewhere at AWS. */
const nameOf = (id: AccountId, tags: readonly Tag[]): string =>
  tags.find(({ key }) => key === 'Name')?.value || `Account ${id}`

async function describeHandshake(
  found: Organization,
  { id, accountId, notes, createdAt, expiresAt }: Handshake,
  { accounts }: Pick<Transaction, 'accounts'>,
) {
  const management = await accounts.get(found.managementAccountId)
  const accountParty = { Id: accountId as string, Type: 'ACCOUNT' as const }
  return {
    Id: id,
    Arn: organizationResourceArn(found, 'handshake/invite', id),
    Action: 'INVITE' as const,
    State: 'ACCEPTED' as const,
    Parties: [{ Id: found.id.slice('o-'.length), Type: 'ORGANIZATION' as const }, accountParty],
    RequestedTimestamp: createdAt,
    ExpirationTimestamp: expiresAt,
    Resources: [
      {
        Type: 'ORGANIZATION' as const,
        Value: found.id as string,
        Resources: [
          ...(management.email === '' ? [] : [{ Type: 'MASTER_EMAIL' as const, Value: management.email }]),
          { Type: 'MASTER_NAME' as const, Value: management.name },
          { Type: 'ORGANIZATION_FEATURE_SET' as const, Value: found.featureSet as string },
        ],
      },
      { Type: 'ACCOUNT' as const, Value: accountId as string },
      ...(notes === undefined ? [] : [{ Type: 'NOTES' as const, Value: notes }]),
    ],
  }
}
