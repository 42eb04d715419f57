/** What an audit has found, as the person wants it: a table, files, JSON. */

import type { Audit, UnreadAccount } from '../../../long-term-keys/organization/audited-account.ts'
import { formatCsv } from '../../../long-term-keys/organization/report/csv-report.ts'
import { formatHtml } from '../../../long-term-keys/organization/report/html-report.ts'
import { describeAudit } from '../../../long-term-keys/organization/report/json-report.ts'
import { type RankedKey, TIER_WORDS, TIERS } from '../../../long-term-keys/organization/retirement-order.ts'
import type { Machine } from '../../../machine/machine.ts'
import { findOption, type OptionValues } from '../../command.ts'
import { formatTable } from '../../table.ts'
import { formatJson } from '../json-text.ts'

/** More rows than these are for a file. */
const MOST_ROWS = 100
const MOST_UNREAD = 10

export async function tellAudit(
  machine: Machine,
  options: OptionValues,
  { audit, keys }: { readonly audit: Audit; readonly keys: readonly RankedKey[] },
): Promise<void> {
  const { terminal } = machine
  const written = await writeFiles(machine, options, audit, keys)
  for (const path of written) terminal.writeError(`Written to ${printable(path)}\n`)
  if (options['json'] === true) {
    terminal.write(formatJson(describeAudit(audit, keys)))
    return
  }
  terminal.write(formatSummary(audit, keys))
  if (written.length === 0 && keys.length > 0) terminal.write(`\n${formatKeys(keys, terminal.size.columns)}`)
  if (audit.unread.length > 0) terminal.write(`\n${formatUnread(audit.unread)}`)
}

/** In one step each, for the owner alone: a list of keys that nobody misses is what a thief looks for. */
async function writeFiles(
  { files }: Machine,
  options: OptionValues,
  audit: Audit,
  keys: readonly RankedKey[],
): Promise<readonly string[]> {
  const [htmlFile, csvFile] = [findOption(options, 'html'), findOption(options, 'csv')]
  if (htmlFile !== undefined) {
    await files.write(htmlFile, formatHtml(audit, keys))
  }
  if (csvFile !== undefined) {
    await files.write(csvFile, formatCsv(audit, keys))
  }
  return [htmlFile, csvFile].filter((file) => file !== undefined)
}

function formatSummary({ accounts, unread }: Audit, keys: readonly RankedKey[]): string {
  const users = accounts.reduce((sum, account) => sum + account.users.length, 0)
  const read = unread.length === 0 ? '' : ` (${unread.length} could not be read)`
  const steps = TIERS.flatMap((tier) => {
    const count = keys.filter((key) => key.tier === tier).length
    return count === 0
      ? []
      : [`  ${String(count).padStart(5)}  ${TIER_WORDS[tier].title}.\n         ${TIER_WORDS[tier].action}.\n`]
  })
  const found = `${plural(accounts.length, 'account')}${read}, ${plural(users, 'IAM user')}, ${plural(keys.length, 'key')}\n`
  return `${found}${steps.join('')}`
}

function formatKeys(keys: readonly RankedKey[], columns: number): string {
  const rows = keys.slice(0, MOST_ROWS).map(rowOf)
  const table = formatTable(['Key', 'Account', 'User', 'Age', 'Used', 'Step'], rows, { columns, cuts: 2 })
  const more = keys.length - rows.length
  return more > 0 ? `${table}and ${more} more: --csv FILE or --html FILE has them all\n` : table
}

const rowOf = ({ accessKeyId, accountId, userName, age, idle, lastUsed, tier }: RankedKey) => [
  accessKeyId ?? '(root key)',
  accountId,
  printable(userName ?? '<root>'),
  age === undefined ? '' : `${age} d`,
  idle === undefined ? describeUnused(userName, lastUsed) : idle === 0 ? 'today' : `${idle} d ago`,
  tier,
]

const describeUnused = (userName: string | undefined, lastUsed: RankedKey['lastUsed']): string => {
  if (userName === undefined) return ''
  return lastUsed ? 'never' : 'unknown'
}

function formatUnread(unread: readonly UnreadAccount[]): string {
  const lines = unread.slice(0, MOST_UNREAD).map(({ accountId, accountName, why }) => {
    const name = accountName === undefined ? '' : ` (${printable(accountName)})`
    return `  ${accountId}${name}: ${printable(why)}\n`
  })
  if (unread.length > MOST_UNREAD) lines.push(`  and ${unread.length - MOST_UNREAD} more\n`)
  return `Not read, so nothing is known of their keys:\n${lines.join('')}`
}

const plural = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

/** Names and reasons are somebody else's words: in one line, and nothing in them that moves the cursor. */
const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
