/** The audit as CSV (RFC 4180): a line a key, in the order in which they are to go; users without keys below. */

import type { Audit } from '../audited-account.ts'
import { type RankedKey, TIER_WORDS } from '../retirement-order.ts'

const HEAD = [
  'rank',
  'tier',
  'account_id',
  'account_name',
  'user_name',
  'access_key_id',
  'status',
  'age_days',
  'last_used',
  'last_used_service',
  'last_used_region',
  'idle_days',
  'console_password',
  'breadth',
  'reasons',
  'action',
]

export function formatCsv({ accounts, unread }: Audit, keys: readonly RankedKey[]): string {
  const without = accounts.flatMap(({ accountId, accountName = '', users }) =>
    users
      .filter((user) => user.keys.length === 0)
      .map(({ userName, password }) => {
        const empty = ['', '', '', '', '', '', '']
        return ['', 'no-key', accountId, accountName, userName, ...empty, password, '', '', '']
      }),
  )
  const missing = unread.map(({ accountId, accountName = '', why }) => {
    const empty = Array<string>(HEAD.length - 6).fill('')
    return ['', 'unread', accountId, accountName, ...empty, why, '']
  })
  return [HEAD, ...keys.map(rowOf), ...without, ...missing].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

const rowOf = (key: RankedKey): readonly string[] => {
  const { rank, tier, accountId, accountName = '', userName = '<root>', accessKeyId = '', status = '' } = key
  const { age, idle, lastUsed, password = '', breadth = '', reasons } = key
  return [
    String(rank),
    tier,
    accountId,
    accountName,
    userName,
    accessKeyId,
    status,
    age === undefined ? '' : String(age),
    describeUse(key),
    lastUsed?.service ?? '',
    lastUsed?.region ?? '',
    idle === undefined ? '' : String(idle),
    password,
    breadth,
    reasons.join('; '),
    TIER_WORDS[tier].action,
  ]
}

const describeUse = ({ lastUsed, accessKeyId }: RankedKey): string => {
  if (!lastUsed) return accessKeyId === undefined ? '' : 'unknown'
  return lastUsed.at?.toISOString() ?? 'never'
}

/**
 * One field. Whatever a spreadsheet would take for a formula gets an apostrophe before it: names of IAM users may begin
 * with `=`, `+`, `-` and `@`. (`--json` has every name as it is.)
 */
function cell(text: string): string {
  const safe = /^\s*[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
