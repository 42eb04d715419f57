/** What `setup` found and did, in words and as JSON. */

import type { UnreadAccount } from '../../account-access/enumeration.ts'
import type { LimiterFigures } from '../../account-access/limiter.ts'
import type { ChangedProfile, PlannedProfile, ProfilePlan, RemovalReason } from '../../profiles/plan.ts'
import type { StorageMode } from '../../sealed/storage-mode.ts'

export interface SessionReport {
  readonly session: string
  readonly startUrl: string
  readonly region: string
  readonly storage: StorageMode
  readonly accounts: number
  readonly roles: number
  readonly unread: readonly UnreadAccount[]
  readonly figures: LimiterFigures
  readonly plan: ProfilePlan
  /** The change of the sso-session itself, in a line. */
  readonly sessionLine: string | undefined
  /** Whether the config file was changed. */
  readonly written: boolean
}

/** `1 role`, `2 roles`. */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

export const hasChanges = ({ plan }: Pick<SessionReport, 'plan'>): boolean => plan.edits.length > 0

/** The change in numbers, the first lines of it, and what stays although it might have to go. */
export function formatSummary(report: SessionReport, mostLines = 5): string {
  const { plan } = report
  if (!hasChanges(report)) {
    const all = plan.unchanged + plan.adopted.length
    return `${all === 0 ? 'No role is to have a profile.' : `Nothing to change: ${plural(all, 'profile')} in place.`}\n${formatEdited(plan.edited)}`
  }
  const lines = listLines(report)
  const shown = lines.length > mostLines + 1 ? lines.slice(0, mostLines) : lines
  const more = lines.length - shown.length
  return `${formatCounts(plan)}${shown.map(({ line }) => `${line}\n`).join('')}${more > 0 ? `  and ${more} more\n` : ''}${formatEdited(plan.edited)}`
}

function formatCounts({ added, changed, removed, unchanged, adopted }: ProfilePlan): string {
  const kept = unchanged + adopted.length
  const counts = `${plural(added.length, 'profile')} to add, ${changed.length} to change, ${removed.length} to remove`
  return `${counts}${kept === 0 ? '' : `; ${kept} in place`}.\n`
}

const formatEdited = (edited: readonly PlannedProfile[]): string =>
  edited.length === 0 ? '' : `No longer granted, and kept because you have edited them: ${listNames(edited)}.\n`

const listNames = (profiles: readonly PlannedProfile[]): string => {
  const names = profiles.slice(0, 5).map(({ name }) => name)
  return `${names.join(', ')}${profiles.length > 5 ? ` and ${profiles.length - 5} more` : ''}`
}

/** Every change, a line each, and the numbers below. */
export function formatDiff(report: SessionReport, styled: boolean): string {
  const lines = listLines(report).map(({ line, colour }) => (styled ? `\x1b[${colour}m${line}\x1b[0m\n` : `${line}\n`))
  return `${lines.join('')}${formatCounts(report.plan)}`
}

const [RED, GREEN, YELLOW] = [31, 32, 33]

function listLines({
  plan,
  sessionLine,
}: SessionReport): readonly { readonly line: string; readonly colour: number }[] {
  return [
    ...(sessionLine === undefined ? [] : [{ line: sessionLine, colour: sessionLine.startsWith('+') ? GREEN : YELLOW }]),
    ...plan.removed.map((profile) => ({ line: lineOfRemoved(profile), colour: RED })),
    ...plan.changed.map((profile) => ({ line: lineOfChanged(profile), colour: YELLOW })),
    ...plan.added.map((profile) => ({ line: lineOfAdded(profile), colour: GREEN })),
  ]
}

const lineOfAdded = ({ name, accountId, roleName }: PlannedProfile): string => `+ ${name}  (${accountId} ${roleName})`

function lineOfChanged({ name, values, former }: ChangedProfile): string {
  const changes = Object.entries(values).map(([key, value]) => `${key}: ${former[key] ?? 'none'} → ${value ?? 'none'}`)
  return `~ ${name}  ${changes.join(', ')}`
}

const lineOfRemoved = ({ name, reason }: PlannedProfile & { readonly reason: RemovalReason }): string =>
  `- ${name}  (${reason})`

/** The members of `--json` for a session; a script finds each of them in every answer. */
export function describeReport(report: SessionReport): object {
  const { session, startUrl, region, storage, accounts, roles, unread, figures, plan, written } = report
  return {
    session,
    startUrl,
    region,
    storage,
    accounts,
    roles,
    requests: figures.sent,
    throttled: figures.throttled,
    written,
    added: plan.added.map(({ name, ...role }) => ({ profile: name, ...role })),
    changed: plan.changed.map(({ name, accountId, roleName, values }) => ({
      profile: name,
      accountId,
      roleName,
      values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value ?? null])),
    })),
    removed: plan.removed.map(({ name, ...role }) => ({ profile: name, ...role })),
    edited: plan.edited.map(({ name, ...role }) => ({ profile: name, ...role })),
    adopted: plan.adopted.map(({ name, ...role }) => ({ profile: name, ...role })),
    unchanged: plan.unchanged,
    unread,
  }
}

/** The same shape in words, for the help. */
export const REPORT_SHAPE =
  '{ sessions: [{ session, startUrl, region, storage, accounts, roles, requests, throttled, written, added, changed, removed, edited, adopted, unchanged, unread }], problems: [{ session, code, message, hint }] }; profiles are { profile, accountId, roleName }'
