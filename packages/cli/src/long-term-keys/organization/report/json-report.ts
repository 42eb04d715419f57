/** The audit as JSON: members that scripts rely on, so none is ever renamed or left out. */

import type { Audit } from '../audited-account.ts'
import { type RankedKey, TIER_WORDS } from '../retirement-order.ts'

/** As `--json` says it in the help. */
export const AUDIT_SHAPE =
  '{ session, startUrl, startedAt, endedAt, keys: [{ rank, tier, accountId, accountName, userName, accessKeyId, status, createdDaysAgo, lastUsed, idleDays, password, breadth, reasons, action }], accounts: [{ accountId, accountName, roleName, readAt, hasRootKeys, hasRootMfa, users, cannot }], unread: [{ accountId, accountName, why }] }'

export function describeAudit(audit: Audit, keys: readonly RankedKey[]) {
  const { session, startUrl, startedAt, endedAt, accounts, unread } = audit
  return {
    session,
    startUrl,
    startedAt,
    endedAt,
    keys: keys.map((key) => ({
      rank: key.rank,
      tier: key.tier,
      accountId: key.accountId,
      accountName: key.accountName ?? null,
      userName: key.userName ?? null,
      accessKeyId: key.accessKeyId ?? null,
      status: key.status ?? null,
      createdDaysAgo: key.age ?? null,
      lastUsed: key.lastUsed ? describeUse(key.lastUsed) : null,
      idleDays: key.idle ?? null,
      password: key.password ?? null,
      breadth: key.breadth ?? null,
      reasons: key.reasons,
      action: TIER_WORDS[key.tier].action,
    })),
    accounts: accounts.map((account) => ({
      accountId: account.accountId,
      accountName: account.accountName ?? null,
      roleName: account.roleName,
      readAt: account.readAt,
      hasRootKeys: account.hasRootKeys ?? null,
      hasRootMfa: account.hasRootMfa ?? null,
      users: account.users.map((user) => ({
        userName: user.userName,
        createdAt: user.createdAt ?? null,
        password: user.password,
        passwordLastUsed: user.passwordLastUsed ?? null,
        breadth: user.breadth ?? null,
        keys: user.keys.map(({ accessKeyId }) => accessKeyId),
      })),
      cannot: account.cannot,
    })),
    unread: unread.map(({ accountId, accountName, why }) => ({ accountId, accountName: accountName ?? null, why })),
  }
}

const describeUse = ({ at, service, region }: NonNullable<RankedKey['lastUsed']>) => ({
  at: at ?? null,
  service: service ?? null,
  region: region ?? null,
})
