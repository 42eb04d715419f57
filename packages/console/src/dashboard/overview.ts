/** What the dashboard tells: how much there is, and what an administrator should look at. */
import type { Administration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { hrefOf } from '../admin/place.ts'

export type Counted = 'users' | 'groups' | 'accounts' | 'permission-sets' | 'applications'

/** One page of each is asked: a hundred and more are told as `100+`. */
export async function countAll({
  api,
  identityStoreId,
  instanceArn,
}: Administration): Promise<Record<Counted, string>> {
  const store = { IdentityStoreId: identityStoreId, MaxResults: 100 }
  const instance = { InstanceArn: instanceArn, MaxResults: 100 }
  const [users, groups, accounts, sets, applications] = await Promise.all([
    count(api.send(prepare('identitystore', 'ListUsers', store)), 'Users'),
    count(api.send(prepare('identitystore', 'ListGroups', store)), 'Groups'),
    count(api.send(prepare('organizations', 'ListAccounts', {})), 'Accounts'),
    count(api.send(prepare('sso-admin', 'ListPermissionSets', instance)), 'PermissionSets'),
    count(api.send(prepare('sso-admin', 'ListApplications', instance)), 'Applications'),
  ])
  return { users, groups, accounts, 'permission-sets': sets, applications }
}

/** What cannot be read counts as a dash: the rest of the page is still worth showing. */
async function count<Member extends string>(
  asked: Promise<{ [K in Member]: readonly unknown[] } & { NextToken?: string }>,
  member: Member,
): Promise<string> {
  const page = await asked.catch(() => undefined)
  return page ? `${page[member].length}${page.NextToken ? '+' : ''}` : '–'
}

export interface Attention {
  text: string
  href: string
  grave?: boolean
}

/** Looked at side by side; what is refused is left out. */
export async function findAttention(administration: Administration): Promise<Attention[]> {
  const found = await Promise.all(
    [settingsAttention, chainAttention, accessAttention].map((look) => look(administration).catch(() => [])),
  )
  return found.flat()
}

async function settingsAttention({ api }: Administration): Promise<Attention[]> {
  const settings = await api.send(prepare('mayfly', 'GetSettings', {}))
  const href = hrefOf('settings')
  if (settings.MfaPrompt === 'DISABLED') {
    return [{ text: 'Nobody is asked for a second factor', href, grave: true }]
  }
  return settings.MfaWithoutDevice === 'ALLOW_SIGN_IN'
    ? [{ text: 'Whoever has no second factor signs in without one', href }]
    : []
}

async function chainAttention({ api }: Administration): Promise<Attention[]> {
  const { State } = await api.send(prepare('mayfly', 'GetAuditChainStatus', {}))
  return State === 'BROKEN' ? [{ text: 'The audit record was changed', href: hrefOf('audit'), grave: true }] : []
}

/** Permission sets of the management account that are behind what they should be, and access that is given one by one. */
async function accessAttention({ api, instanceArn, managementAccountId }: Administration): Promise<Attention[]> {
  const behind = await api.send(
    prepare('sso-admin', 'ListPermissionSetsProvisionedToAccount', {
      InstanceArn: instanceArn,
      AccountId: managementAccountId,
      ProvisioningStatus: 'LATEST_PERMISSION_SET_NOT_PROVISIONED',
    }),
  )
  const one = behind.PermissionSets[0]
  if (one === undefined) return []
  return [
    {
      text: `${behind.PermissionSets.length} permission sets are behind in the management account: provision them`,
      href: hrefOf('permission-sets', one),
    },
  ]
}
