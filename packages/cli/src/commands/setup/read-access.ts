/** Reads all that a session reaches, and keeps it as the session's access index. */

import { type AccessIndex, readAccessIndex, writeAccessIndex } from '../../account-access/access-index.ts'
import { type Enumeration, enumerateAccess } from '../../account-access/enumeration.ts'
import { createLimiter, type Limiter, withLimiter } from '../../account-access/limiter.ts'
import { FIRST_RATE } from '../../account-access/pace.ts'
import { openPartialAccess } from '../../account-access/partial-access.ts'
import { openPortal } from '../../account-access/portal.ts'
import { isAwsStartUrl } from '../../endpoints/start-url.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Settings } from '../../shared-config/settings.ts'
import type { OptionValues } from '../command.ts'
import { createProgress } from './progress.ts'
import { plural } from './report.ts'
import type { ChosenSession } from './session-choice.ts'
import { openSessionToken } from './session-token.ts'

/** What the portal said, and how it was asked. */
export interface ReadAccess extends Enumeration {
  readonly region: string
  readonly limiter: Limiter
}

/** Everything that the session reaches, kept as its access index. */
export async function readAccess(
  machine: Machine,
  settings: Settings,
  session: ChosenSession,
  options: OptionValues,
): Promise<ReadAccess> {
  const { sso } = session
  const token = await openSessionToken(machine, settings, session, options)
  const first = await token.current()
  // AWS documents its portal's limit; another server may bear more, which is found out.
  const limiter = createLimiter(machine.clock, isAwsStartUrl(sso.startUrl) ? { most: FIRST_RATE } : {})
  const partial = await openPartialAccess(machine, sso, first)
  token.onChange = partial.follow
  // A cached token may name what the config file said before it was corrected.
  const { region } = token
  const place = { startUrl: sso.startUrl, region }
  const portal = await openPortal(withLimiter(machine, limiter), settings, place, token)
  const progress = createProgress(machine)
  const started = machine.clock.now()
  if (partial.roles.size > 0)
    machine.terminal.writeError(`Going on from an earlier run: ${plural(partial.roles.size, 'account')} read.\n`)
  const onProgress = (now: Parameters<typeof progress.show>[0]): void => progress.show(now, limiter.figures)
  const release = machine.stopSignals.sayAtInterrupt('Run the same again to go on where this ended: within the hour.')
  const found = await enumerateAccess({ portal, partial, onProgress }).finally(() => {
    release()
    progress.clear()
  })
  const former = await readAccessIndex(machine, sso.sessionName)
  await writeAccessIndex(machine, indexOf(session, region, machine.clock.now(), found, former))
  await partial.delete()
  machine.terminal.writeError(formatRead(found, limiter, machine.clock.now().getTime() - started.getTime()))
  return { ...found, region, limiter }
}

/** Of an account that could not be read now, what was known before stays known. */
function indexOf(
  { sso }: ChosenSession,
  region: string,
  takenAt: Date,
  { accounts, unread }: Enumeration,
  former: AccessIndex | undefined,
): AccessIndex {
  const failed = new Set(unread.map(({ accountId }) => accountId))
  const before = new Map(former?.accounts.map(({ accountId, roles }) => [accountId, roles]))
  return {
    sessionName: sso.sessionName,
    startUrl: sso.startUrl,
    region,
    takenAt,
    accounts: accounts.map((account) =>
      failed.has(account.accountId) ? { ...account, roles: before.get(account.accountId) ?? [] } : account,
    ),
  }
}

function formatRead({ accounts, unread }: Enumeration, { figures }: Limiter, milliseconds: number): string {
  const roles = accounts.reduce((sum, account) => sum + account.roles.length, 0)
  const slowed =
    figures.throttled === 0 ? '' : ` (${plural(figures.throttled, 'call')} refused for their rate, and made again)`
  const read = `${plural(accounts.length, 'account')}, ${plural(roles, 'role')} in ${formatTime(milliseconds)}${slowed}\n`
  const lines = unread.slice(0, 5).map(({ accountId, reason }) => `  ${accountId}: ${printable(reason)}\n`)
  if (unread.length > 5) lines.push(`  and ${unread.length - 5} more\n`)
  return unread.length === 0
    ? read
    : `${read}${plural(unread.length, 'account')} could not be read; their profiles stay as they are:\n${lines.join('')}`
}

const printable = (text: string): string => text.replace(/\p{Cc}/gu, ' ')

const formatTime = (milliseconds: number): string =>
  milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`
