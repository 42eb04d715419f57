/** What `status` found, as a table and as JSON. */

import { formatTimeLeft } from '../role-credentials/time-left.ts'
import { formatInstant } from '../sign-in/token-cache.ts'
import { foldLines } from './storage/format.ts'
import { formatTable } from './table.ts'

export type SessionState = 'signed-in' | 'refreshable' | 'expired' | 'damaged' | 'locked' | 'signed-out'

export interface SessionStatus {
  /** The sso-session's name, or the start URL in the legacy form. */
  readonly session: string
  readonly startUrl: string
  readonly state: SessionState
  readonly expiresAt?: Date
  /** True when it goes on by itself: there is a refresh token, and the registration holds. */
  readonly refreshes: boolean
  /** Until when it can go on without a sign-in, as far as this computer knows: the portal may end it earlier. */
  readonly endsAt?: Date
  readonly signedInAt?: Date
  /** The name that AWS knew the person by, when it was last asked. */
  readonly identity?: string
  /** Why the agent's last refresh did not work. */
  readonly problem?: string
  /** What to do when it has ended: `Run: mayfly sso login --sso-session corp`. */
  readonly hint: string
}

export interface ProfileStatus {
  readonly profile: string
  readonly accountId: string
  readonly roleName: string
  readonly session: string
  /** When the cached role credentials end; nothing when none are cached. */
  readonly expiresAt?: Date
}

export interface StatusReport {
  readonly storage: 'shared' | 'sealed'
  /** Why the sealed store cannot be opened, and what helps. */
  readonly storageProblem?: { readonly message: string; readonly hint?: string | undefined }
  /** Sessions with a token in plain text, which the sealed mode does not read. */
  readonly unsealed: readonly string[]
  /** Nothing when no agent runs. */
  readonly agent?: { readonly version: string; readonly pid: number }
  readonly sessions: readonly SessionStatus[]
  readonly profiles: readonly ProfileStatus[]
}

/** More profiles than this are shown only as far as credentials of theirs are cached. */
const MOST_PROFILES = 20

/** As a person reads it; `columns` is how wide a terminal is, nothing where the text goes elsewhere. */
export function formatText(report: StatusReport, now: Date, columns?: number): string {
  const { storage, storageProblem, unsealed, agent, sessions, profiles } = report
  if (sessions.length === 0 && profiles.length === 0)
    return 'Nothing signs in yet. Set up a profile with: mayfly setup\n'
  const parts = [formatSessions(sessions, now, columns)]
  const shown = profiles.length > MOST_PROFILES ? profiles.filter(({ expiresAt }) => expiresAt) : profiles
  if (shown.length > 0) parts.push(formatProfiles(shown, now, columns))
  const others = profiles.length - shown.length
  if (others > 0) parts.push(`${others} more profiles, whose credentials are fetched when used: mayfly profiles\n`)
  if (storageProblem)
    parts.push(
      foldLines([storageProblem.message, storageProblem.hint ?? ''])
        .trimEnd()
        .concat('\n'),
    )
  if (unsealed.length > 0) {
    const words = `Another tool has signed in to ${unsealed.join(', ')} in plain text, which nobody reads while the storage is sealed.`
    parts.push(foldLines([words, 'To take it in: mayfly storage sealed']))
  }
  if (storage === 'sealed') parts.push(`Tokens and credentials are sealed. ${describeAgent(agent)}\n`)
  else if (agent) parts.push(`${describeAgent(agent)}\n`)
  return parts.join('\n')
}

function formatProfiles(profiles: readonly ProfileStatus[], now: Date, columns?: number): string {
  // Where there is little room, the only session need not be named in every line.
  const namesSession = columns === undefined || profiles.some(({ session }) => session !== profiles[0]?.session)
  const rows = profiles.map(({ profile, accountId, roleName, session, expiresAt }) => [
    profile,
    accountId,
    roleName,
    ...(namesSession ? [session] : []),
    expiresAt ? leftText(expiresAt, now) : 'fetched when used',
  ])
  const head = ['PROFILE', 'ACCOUNT', 'ROLE', ...(namesSession ? ['SESSION'] : []), 'CREDENTIALS']
  return formatTable(head, rows, columns === undefined ? undefined : { columns, cuts: head.indexOf('ROLE') })
}

const describeAgent = (agent: StatusReport['agent']): string =>
  agent ? `The agent runs (${agent.version}).` : 'No agent runs.'

function formatSessions(sessions: readonly SessionStatus[], now: Date, columns?: number): string {
  const hasIdentity = sessions.some(({ identity }) => identity !== undefined)
  const hasSeveral = sessions.length > 1
  const head = ['SESSION', ...(hasIdentity ? ['IDENTITY'] : []), 'STATE', ...(hasSeveral ? ['START URL'] : [])]
  const rows = sessions.map((session) => [
    session.session,
    ...(hasIdentity ? [session.identity ?? ''] : []),
    describeState(session, now),
    // The legacy form is named by it already.
    ...(hasSeveral ? [session.session === session.startUrl ? '' : shortUrl(session.startUrl)] : []),
  ])
  const problems = sessions.flatMap(({ session, problem, state }) =>
    problem === undefined || state === 'expired' ? [] : [`${session}: the last refresh did not work: ${problem}\n`],
  )
  const ended = sessions.filter(({ state }) => !['signed-in', 'refreshable', 'locked'].includes(state))
  const commands = ended.map(({ hint }) => `${hint.replace(/^Run: mayfly sso login/, 'mayfly login')}\n`)
  const all = commands.length > 1 ? ['mayfly login --all\n'] : []
  const help =
    commands.length === 0 ? '' : `\nTo sign in:\n${[...commands, ...all].map((line) => `  ${line}`).join('')}`
  return `${formatTable(head, rows, columns === undefined ? undefined : { columns, cuts: head.length - 1 })}${problems.join('')}${help}`
}

const shortUrl = (startUrl: string): string => startUrl.replace(/^https:\/\//, '').replace(/\/start\/?(#\/?)?$/, '')

const leftText = (expiresAt: Date, now: Date): string =>
  now >= expiresAt ? 'expired' : `${formatTimeLeft(expiresAt, now)} left`

function describeState({ state, expiresAt, refreshes }: SessionStatus, now: Date): string {
  if (state === 'signed-in' && refreshes) return 'signed in, renews itself'
  if (state === 'signed-in' && expiresAt) return `signed in, ${leftText(expiresAt, now)}`
  if (state === 'refreshable') return 'signed in, renewed when used'
  if (state === 'locked') return 'sealed, cannot be opened'
  if (state === 'damaged') return 'its cache file cannot be read'
  return state === 'expired' ? 'expired' : 'signed out'
}

/** As a script reads it: no member is ever renamed or left out. */
export function formatJson({ storage, storageProblem, unsealed, agent, sessions, profiles }: StatusReport): string {
  const instant = (moment: Date | undefined): string | null => (moment ? formatInstant(moment) : null)
  const output = {
    sessions: sessions.map(({ session, startUrl, state, refreshes, ...more }) => ({
      session,
      startUrl,
      state,
      refreshes,
      expiresAt: instant(more.expiresAt),
      endsAt: instant(more.endsAt),
      signedInAt: instant(more.signedInAt),
      identity: more.identity ?? null,
      problem: more.problem ?? null,
    })),
    profiles: profiles.map(({ expiresAt, ...profile }) => ({ ...profile, expiresAt: instant(expiresAt) })),
    storage,
    storageProblem: storageProblem ? { message: storageProblem.message, hint: storageProblem.hint ?? null } : null,
    unsealed,
    agent: agent ? { version: agent.version, pid: agent.pid } : null,
  }
  return `${JSON.stringify(output, undefined, 2)}\n`
}
