/** status: sessions and profiles, with the time that each has left. */

import type { Machine } from '../machine/machine.ts'
import { findCachedRoleCredentials } from '../role-credentials/role-cache.ts'
import { formatTimeLeft } from '../role-credentials/time-left.ts'
import { getSsoProfile, isSsoProfile, type SsoConfiguration } from '../shared-config/profile.ts'
import { findText, listQuotedNames, loadSharedConfig, type SharedConfig } from '../shared-config/shared-config.ts'
import { signInHint } from '../sign-in/sign-in-required.ts'
import { formatInstant, readToken, signInName } from '../sign-in/token-cache.ts'
import { findRefreshInput, isExpired } from '../sign-in/token-state.ts'
import { type Command, jsonOption } from './command.ts'

type SessionState = 'signed-in' | 'refreshable' | 'expired' | 'damaged' | 'signed-out'

interface SessionStatus {
  /** The sso-session's name, or the start URL in the legacy form. */
  readonly session: string
  readonly startUrl: string
  readonly state: SessionState
  readonly expiresAt?: Date
  /** True when it goes on by itself: there is a refresh token, and the registration holds. */
  readonly refreshes: boolean
  /** What to do when it has ended: `Run: mayfly sso login --sso-session corp`. */
  readonly hint: string
}

interface ProfileStatus {
  readonly profile: string
  readonly accountId: string
  readonly roleName: string
  readonly session: string
  /** When the cached role credentials end; nothing when none are cached. */
  readonly expiresAt?: Date
}

export const status: Command = {
  words: 'status',
  summary: 'show who is signed in, and how long sessions and credentials last',
  options: [
    jsonOption(
      '{ sessions: [{ session, startUrl, state, refreshes, expiresAt }], profiles: [{ profile, accountId, roleName, session, expiresAt }] }; a state is signed-in, refreshable, expired, damaged or signed-out',
    ),
  ],
  example: 'mayfly status --json',
  async run(options, machine) {
    const config = await loadSharedConfig(machine)
    const sessions = await listSessions(machine, config)
    const profiles = await listProfiles(machine, config)
    const now = machine.clock.now()
    if (options['json'] === true) machine.terminal.write(formatJson(sessions, profiles))
    else machine.terminal.write(formatText(sessions, profiles, now))
    for (const name of listQuotedNames(config)) {
      machine.terminal.writeError(
        `mayfly: [WARNING]: The AWS SDKs for JavaScript and Go cannot read the name "${name}".\n`,
      )
    }
    return 0
  },
}

async function listSessions(machine: Machine, config: SharedConfig): Promise<readonly SessionStatus[]> {
  const configured: { readonly sso: SsoConfiguration; readonly profileName?: string }[] = []
  for (const [sessionName, section] of config.ssoSessions) {
    const startUrl = findText(section, 'sso_start_url') ?? ''
    configured.push({ sso: { sessionName, startUrl, region: findText(section, 'sso_region') ?? '' } })
  }
  /** The first profile of each start URL. */
  const legacy = new Map<string, string>()
  for (const [name, profile] of config.profiles) {
    const startUrl = findText(profile, 'sso_start_url')
    if (startUrl !== undefined && !profile.has('sso_session') && !legacy.has(startUrl)) legacy.set(startUrl, name)
  }
  for (const [startUrl, profileName] of legacy) configured.push({ sso: { startUrl, region: '' }, profileName })
  return Promise.all(
    configured.map(async ({ sso, profileName }) => ({
      ...(await describeSession(machine, sso)),
      hint: signInHint(sso, profileName, machine.platform),
    })),
  )
}

async function describeSession(machine: Machine, sso: SsoConfiguration): Promise<Omit<SessionStatus, 'hint'>> {
  const { startUrl } = sso
  const session = signInName(sso)
  const file = await readToken(machine, sso)
  if (file.found !== 'token') {
    return { session, startUrl, state: file.found === 'damaged' ? 'damaged' : 'signed-out', refreshes: false }
  }
  const now = machine.clock.now()
  const { expiresAt } = file.token
  const refreshes = sso.sessionName !== undefined && findRefreshInput(file.token, now) !== undefined
  const state = !isExpired(file.token, now) ? 'signed-in' : refreshes ? 'refreshable' : 'expired'
  return { session, startUrl, state, expiresAt, refreshes }
}

async function listProfiles(machine: Machine, config: SharedConfig): Promise<readonly ProfileStatus[]> {
  const found: ProfileStatus[] = []
  for (const [name, section] of config.profiles) {
    if (!isSsoProfile(section)) continue
    const profile = tryProfile(config, name)
    if (!profile) continue
    const credentials = await findCachedRoleCredentials(machine, profile)
    const { accountId, roleName, sessionName, startUrl } = profile
    const cached = credentials && { expiresAt: credentials.expiration }
    found.push({ profile: name, accountId, roleName, session: sessionName ?? startUrl, ...cached })
  }
  return found
}

/** A profile that lacks something is told about when it is used; the others are shown all the same. */
function tryProfile(config: SharedConfig, name: string): ReturnType<typeof getSsoProfile> | undefined {
  try {
    return getSsoProfile(config, name)
  } catch {
    return undefined
  }
}

function formatText(sessions: readonly SessionStatus[], profiles: readonly ProfileStatus[], now: Date): string {
  if (sessions.length === 0 && profiles.length === 0) {
    return 'Nothing signs in yet. Set up a profile with: mayfly configure sso\n'
  }
  const sessionRows = sessions.map((session) => [session.session, describeState(session, now)])
  const profileRows = profiles.map(({ profile, accountId, roleName, session, expiresAt }) => [
    profile,
    accountId,
    roleName,
    session,
    expiresAt ? leftText(expiresAt, now) : 'fetched when used',
  ])
  const parts = [formatTable(['SESSION', 'STATE'], sessionRows)]
  if (profiles.length > 0)
    parts.push(formatTable(['PROFILE', 'ACCOUNT', 'ROLE', 'SESSION', 'CREDENTIALS'], profileRows))
  return parts.join('\n')
}

const leftText = (expiresAt: Date, now: Date): string =>
  now >= expiresAt ? 'expired' : `${formatTimeLeft(expiresAt, now)} left`

function describeState({ state, expiresAt, refreshes, hint }: SessionStatus, now: Date): string {
  const login = hint.replace(/^Run/, 'run')
  if (state === 'signed-in' && expiresAt)
    return `signed in, ${leftText(expiresAt, now)}${refreshes ? ', then refreshed' : ''}`
  if (state === 'refreshable') return 'signed in, refreshed when used'
  if (state === 'damaged') return `its cache file cannot be read; ${login}`
  return `${state === 'expired' ? 'expired' : 'signed out'}; ${login}`
}

function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)))
  const format = (row: readonly string[]): string =>
    `${row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`
  return [head, ...rows].map(format).join('')
}

function formatJson(sessions: readonly SessionStatus[], profiles: readonly ProfileStatus[]): string {
  const instant = (moment: Date | undefined): string | null => (moment ? formatInstant(moment) : null)
  const output = {
    sessions: sessions.map(({ session, startUrl, state, refreshes, expiresAt }) => ({
      session,
      startUrl,
      state,
      refreshes,
      expiresAt: instant(expiresAt),
    })),
    profiles: profiles.map(({ expiresAt, ...profile }) => ({ ...profile, expiresAt: instant(expiresAt) })),
  }
  return `${JSON.stringify(output, undefined, 2)}\n`
}
