/** Who is signed in to each session, as AWS says it. Asked for by name: it needs the network. */

import { createServiceClient } from '../endpoints/service-client.ts'
import type { Machine } from '../machine/machine.ts'
import { getRoleCredentials } from '../role-credentials/role-credentials.ts'
import { listConfiguredSessions } from '../shared-config/configured-sessions.ts'
import type { SsoProfile } from '../shared-config/profile.ts'
import type { Settings } from '../shared-config/settings.ts'
import { findIdentity, noteIdentity } from '../sign-in/session-record.ts'
import { readToken, signInName } from '../sign-in/token-cache.ts'

/**
 * The token names nobody, and no published operation tells whose it is: STS is asked with role credentials of the session.
 * One profile of each suffices; one that fails is told about, and the next one is tried.
 */
export async function learnIdentities(
  machine: Machine,
  settings: Settings,
  profiles: readonly SsoProfile[],
): Promise<void> {
  for (const { sso } of listConfiguredSessions(settings.config)) {
    const file = await readToken(machine, sso)
    if (file.found !== 'token') continue
    const own = profiles.filter((profile) => signInName(profile) === signInName(sso))
    const problem = await learnIdentity(machine, settings, own)
    if (problem !== undefined) machine.terminal.writeError(`${signInName(sso)}: ${problem}\n`)
  }
}

/** As many roles are tried. */
const MOST_TRIED = 3

async function learnIdentity(
  machine: Machine,
  settings: Settings,
  profiles: readonly SsoProfile[],
): Promise<string | undefined> {
  let problem = 'no profile uses this session, so AWS cannot be asked who it is'
  for (const profile of profiles.slice(0, MOST_TRIED)) {
    try {
      const credentials = await getRoleCredentials(machine, settings, profile)
      const { region, startUrl } = profile
      const sts = await createServiceClient(machine, settings, 'sts', { region, startUrl, credentials })
      const { Arn: arn } = await sts.call('GetCallerIdentity', {})
      const identity = findIdentity(String(arn))
      if (identity !== undefined) await noteIdentity(machine, profile, identity)
      return undefined
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
    }
  }
  return problem
}
