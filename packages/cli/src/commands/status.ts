/** status: sessions and profiles, with the time that each has left. */

import { type AgentStatus, findAgentStatus } from '../agent/client.ts'
import type { Machine } from '../machine/machine.ts'
import { findCachedRoleCredentials, roleCacheFileName } from '../role-credentials/role-cache.ts'
import { openCacheFolder } from '../sealed/cache-folder.ts'
import { readExpiryNote } from '../sealed/expiry-notes.ts'
import { readStorageMode } from '../sealed/storage-mode.ts'
import { findKeyProblem } from '../sealed/unopened.ts'
import { type ConfiguredSession, listConfiguredSessions } from '../shared-config/configured-sessions.ts'
import { getSsoProfile, isSsoProfile, type SsoProfile } from '../shared-config/profile.ts'
import { loadSettings } from '../shared-config/settings.ts'
import { listQuotedNames, type SharedConfig } from '../shared-config/shared-config.ts'
import { sessionEnd } from '../sign-in/session-ending.ts'
import { readSessionRecord } from '../sign-in/session-record.ts'
import { signInHint } from '../sign-in/sign-in-required.ts'
import { openTokenCache, readToken, signInName, tokenFileName } from '../sign-in/token-cache.ts'
import { findRefreshInput, isExpired } from '../sign-in/token-state.ts'
import { listUnsealedTokens } from '../sign-in/unsealed-tokens.ts'
import { type Command, jsonOption } from './command.ts'
import { formatJson, formatText, type ProfileStatus, type SessionStatus } from './status-report.ts'

export const status: Command = {
  words: 'status',
  summary: 'show who is signed in, and how long sessions and credentials last',
  options: [
    { name: '--identities', summary: 'ask AWS who is signed in to each session' },
    jsonOption(
      '{ sessions: [{ session, startUrl, state, refreshes, expiresAt, endsAt, signedInAt, identity, problem }], profiles: [{ profile, accountId, roleName, session, expiresAt }], storage, storageProblem, unsealed, agent }; a state is signed-in, refreshable, expired, damaged, locked or signed-out; storageProblem, where the sealed store cannot be opened, is { message, hint }; unsealed are sessions with a token in plain text that nobody reads',
    ),
  ],
  example: 'mayfly status --json',
  async run(options, machine) {
    const settings = await loadSettings(machine, options)
    const { config } = settings
    // A store that cannot be opened keeps nobody from seeing what there is.
    const lock = await findKeyProblem(machine)
    if (options['identities'] === true && !lock) {
      const { learnIdentities } = await import('./status-identities.ts')
      await learnIdentities(machine, settings, listSsoProfiles(config))
    }
    const agent = await findAgentStatus(machine).catch(() => undefined)
    const report = {
      storage: await readStorageMode(machine),
      sessions: lock ? await listLocked(machine, config) : await listSessions(machine, config, agent),
      profiles: await listProfiles(machine, config, lock !== undefined),
      ...(lock && { storageProblem: lock }),
      unsealed: await listUnsealedTokens(
        machine,
        listConfiguredSessions(config).map(({ sso }) => sso),
      ),
      ...(agent && { agent }),
    }
    const { shown, size } = machine.terminal
    machine.terminal.write(
      options['json'] === true
        ? formatJson(report)
        : formatText(report, machine.clock.now(), shown ? size.columns : undefined),
    )
    for (const name of listQuotedNames(config)) {
      machine.terminal.writeError(
        `mayfly: [WARNING]: The AWS SDKs for JavaScript and Go cannot read the name "${name.replace(/\p{Cc}/gu, '')}".\n`,
      )
    }
    return 0
  },
}

const listSessions = (
  machine: Machine,
  config: SharedConfig,
  agent: AgentStatus | undefined,
): Promise<readonly SessionStatus[]> =>
  Promise.all(listConfiguredSessions(config).map((session) => describeSession(machine, session, agent)))

async function describeSession(
  machine: Machine,
  { sso, profileName }: ConfiguredSession,
  agent: AgentStatus | undefined,
): Promise<SessionStatus> {
  const { startUrl } = sso
  const session = signInName(sso)
  const named = { session, startUrl, hint: signInHint(sso, profileName, machine.platform) }
  const file = await readToken(machine, sso)
  if (file.found !== 'token') {
    return { ...named, state: file.found === 'damaged' ? 'damaged' : 'signed-out', refreshes: false }
  }
  const now = machine.clock.now()
  const { expiresAt } = file.token
  const refreshes = sso.sessionName !== undefined && findRefreshInput(file.token, now) !== undefined
  const state = !isExpired(file.token, now) ? 'signed-in' : refreshes ? 'refreshable' : 'expired'
  const { signedInAt, identity } = await readSessionRecord(machine, sso)
  const problem = agent?.sessions.find(({ name }) => name === session)?.problem
  return {
    ...named,
    state,
    refreshes,
    expiresAt,
    endsAt: refreshes ? sessionEnd(file.token, now) : expiresAt,
    ...(signedInAt && { signedInAt }),
    ...(identity !== undefined && { identity }),
    ...(problem !== undefined && { problem }),
  }
}

/** What can be told of sessions whose tokens cannot be opened: that there are such, and when they end. */
async function listLocked(machine: Machine, config: SharedConfig): Promise<readonly SessionStatus[]> {
  const held = new Set(await (await openTokenCache(machine)).list())
  const describe = async ({ sso, profileName }: ConfiguredSession): Promise<SessionStatus> => {
    const name = tokenFileName(sso)
    const hint = signInHint(sso, profileName, machine.platform)
    const named = { session: signInName(sso), startUrl: sso.startUrl, hint }
    if (!held.has(name)) return { ...named, state: 'signed-out', refreshes: false }
    const note = await readExpiryNote(machine, 'sso', name)
    const { signedInAt, identity } = await readSessionRecord(machine, sso)
    return {
      ...named,
      state: 'locked',
      refreshes: note?.refreshesUntil !== undefined,
      ...(note && { expiresAt: new Date(note.endsAt), endsAt: new Date(note.refreshesUntil ?? note.endsAt) }),
      ...(signedInAt && { signedInAt }),
      ...(identity !== undefined && { identity }),
    }
  }
  return Promise.all(listConfiguredSessions(config).map(describe))
}

async function listProfiles(
  machine: Machine,
  config: SharedConfig,
  isLocked: boolean,
): Promise<readonly ProfileStatus[]> {
  // Of two thousand profiles few have been used: only their files are opened.
  const cachedFiles = new Set(await (await openCacheFolder(machine, 'cli')).list())
  const found: ProfileStatus[] = []
  for (const profile of listSsoProfiles(config)) {
    const isCached = !isLocked && cachedFiles.has(roleCacheFileName(profile))
    const credentials = isCached ? await findCachedRoleCredentials(machine, profile) : undefined
    const { profileName, accountId, roleName } = profile
    const cached = credentials && { expiresAt: credentials.expiration }
    found.push({ profile: profileName, accountId, roleName, session: signInName(profile), ...cached })
  }
  return found
}

const listSsoProfiles = (config: SharedConfig): readonly SsoProfile[] =>
  [...config.profiles].flatMap(([name, section]) => (isSsoProfile(section) ? (tryProfile(config, name) ?? []) : []))

/** A profile that lacks something is told about when it is used; the others are shown all the same. */
function tryProfile(config: SharedConfig, name: string): SsoProfile | undefined {
  try {
    return getSsoProfile(config, name)
  } catch {
    return undefined
  }
}
