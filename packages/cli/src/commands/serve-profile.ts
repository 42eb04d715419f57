/** A profile's credentials for the endpoint: one fetch at a time, and a sign-in where that is allowed. */

import { between, seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { CredentialProvider } from '../credential-server/credential-server.ts'
import type { Machine } from '../machine/machine.ts'
import { describeProblem } from '../problems/problem.ts'
import type { ExportedCredentials } from '../role-credentials/formats.ts'
import { findCachedRoleCredentials } from '../role-credentials/role-cache.ts'
import { getSsoProfile } from '../shared-config/profile.ts'
import { loadSettings, type Settings } from '../shared-config/settings.ts'
import { SignInRequired } from '../sign-in/sign-in-required.ts'
import type { OptionValues } from './command.ts'
import { getCredentials } from './configure/export-credentials.ts'
import { signInAndGet } from './credentials.ts'

export interface ServedProfile {
  readonly name: string
  readonly region: string | undefined
  /** For clients: while a sign-in is open they are told so at once. SDKs wait for one or two seconds only. */
  readonly provider: CredentialProvider
  /** For the one who starts the endpoint: waits for the sign-in. */
  prepare(): Promise<unknown>
  readonly askedAt: () => Date | undefined
  /** Asks ahead of clients; opens no page. */
  refresh(): Promise<unknown>
}

/** After a sign-in that came to nothing, no other page is opened so soon. */
const PAUSE_BETWEEN_PAGES = seconds(60)

export function serveProfile(
  machine: Machine,
  options: OptionValues,
  { profileName, region }: Pick<Settings, 'profileName' | 'region'>,
): ServedProfile {
  const maySignIn = options['sign-in'] === true
  // Read anew each time: a profile that is edited while it is served counts as it stands.
  const load = (): Promise<Settings> => loadSettings(machine, { ...options, profile: profileName })
  const find = oneAtATime(async () => {
    const settings = await load()
    return getCredentials(machine, settings).catch(async (error: unknown) => {
      const left = await findRemaining(machine, settings)
      if (left) return left
      throw error
    })
  })
  const signIn = oneAtATime(async (refused: SignInRequired) => signInAndGet(machine, await load(), undefined, refused))
  let askedAt: Date | undefined
  let page: { state: 'open' } | { state: 'ended'; at: Date } | undefined
  const openPage = async (refused: SignInRequired): Promise<void> => {
    const now = machine.clock.now()
    if (page?.state === 'open' || (page && between(page.at, now) < PAUSE_BETWEEN_PAGES)) return
    page = { state: 'open' }
    await signIn(refused).catch((error: unknown) => {
      machine.terminal.writeError(`${profileName}: ${describeProblem(error).message}\n`)
    })
    page = { state: 'ended', at: machine.clock.now() }
  }
  return {
    name: profileName,
    region,
    async provider() {
      askedAt = machine.clock.now()
      try {
        return await find()
      } catch (error) {
        if (!maySignIn || !(error instanceof SignInRequired)) throw error
        void openPage(error)
        throw new SignInRequired(error.message, 'A sign-in page is open where mayfly serve runs.', error)
      }
    },
    async prepare() {
      return find().catch((error: unknown) => {
        if (maySignIn && error instanceof SignInRequired) return signIn(error)
        throw error
      })
    },
    askedAt: () => askedAt,
    refresh: find,
  }
}

/** Whoever asks while an answer is on its way gets that answer. */
function oneAtATime<Words extends readonly unknown[], Answer>(
  ask: (...words: Words) => Promise<Answer>,
): (...words: Words) => Promise<Answer> {
  let pending: Promise<Answer> | undefined
  return (...words) => {
    pending ??= ask(...words).finally(() => {
      pending = undefined
    })
    return pending
  }
}

/**
 * What is left of the cached role credentials: better minutes than nothing. They are gone from the cache when somebody
 * has signed out, so nothing outlives that.
 */
async function findRemaining(machine: Machine, settings: Settings): Promise<ExportedCredentials | undefined> {
  try {
    const cached = await findCachedRoleCredentials(machine, getSsoProfile(settings.config, settings.profileName))
    return cached && cached.expiration > machine.clock.now() ? cached : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
