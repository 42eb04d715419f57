/** Signs out of sessions, for the commands whose purpose that is. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { askAgent } from '../../agent/client.ts'
import type { Machine } from '../../machine/machine.ts'
import { purgeRoleCredentials } from '../../role-credentials/purge.ts'
import { deleteRoleCredentials } from '../../role-credentials/role-cache.ts'
import { readExpiryNote } from '../../sealed/expiry-notes.ts'
import { findKeyProblem, listUnopened } from '../../sealed/unopened.ts'
import { listConfiguredSessions } from '../../shared-config/configured-sessions.ts'
import type { SsoConfiguration } from '../../shared-config/profile.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { findScopes } from '../../sign-in/client-registration.ts'
import { endSession } from '../../sign-in/session-end.ts'
import { noteSignOut } from '../../sign-in/session-record.ts'
import {
  findTokenOnDisk,
  formatInstant,
  listTokens,
  openTokenCache,
  registrationFileName,
  type TokenOnDisk,
  tokenFileName,
} from '../../sign-in/token-cache.ts'

/** A token that is gone, and what kept its portal from being told. */
export interface SignedOut {
  readonly token: Pick<TokenOnDisk, 'fileName' | 'startUrl' | 'expiresAt'>
  readonly unreached?: string
}

/**
 * Ends every session whose token is in the cache, those of other tools included, and deletes all role credentials.
 * Sealed records that cannot be opened are deleted too.
 */
export async function signOutOfAll(machine: Machine, settings: Settings): Promise<readonly SignedOut[]> {
  const problem = await findKeyProblem(machine)
  const sessions = listConfiguredSessions(settings.config).map(({ sso }) => sso)
  const signedOut: SignedOut[] = []
  const registrations = new Set(sessions.map((sso) => registrationFileName(sso, findScopes(sso))))
  for (const [fileName, reason] of await listUnopened(machine, 'sso', problem)) {
    const sso = sessions.find((each) => tokenFileName(each) === fileName)
    const deleted = await deleteUnopened(machine, fileName, { startUrl: sso?.startUrl, reason })
    if (!registrations.has(fileName)) signedOut.push(deleted)
  }
  for (const token of await listTokens(machine)) signedOut.push(await signOutOfToken(machine, settings, token))
  await deleteRoleCredentials(machine, new Set(), await listUnopened(machine, 'cli', problem))
  await askAgent(machine, { ask: 'forget' })
  for (const sso of sessions) await noteSignOut(machine, sso)
  return signedOut
}

/** Ends one session and deletes what came from it; nothing when nobody was signed in. Its registration stays. */
export async function signOutOf(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
): Promise<SignedOut | undefined> {
  const fileName = tokenFileName(sso)
  const problem = await findKeyProblem(machine)
  const reason = (await listUnopened(machine, 'sso', problem)).get(fileName)
  const signedOut =
    reason === undefined
      ? await signOutOfRead(machine, settings, fileName)
      : await deleteUnopened(machine, fileName, { startUrl: sso.startUrl, reason })
  await purgeRoleCredentials(machine, settings.config, sso, await listUnopened(machine, 'cli', problem))
  await askAgent(machine, { ask: 'forget' })
  await noteSignOut(machine, sso)
  return signedOut
}

async function signOutOfRead(machine: Machine, settings: Settings, fileName: string): Promise<SignedOut | undefined> {
  const token = await findTokenOnDisk(machine, fileName)
  if (token) return signOutOfToken(machine, settings, token)
  // One that cannot be read is of no use to anybody.
  await (await openTokenCache(machine)).delete(fileName)
  return undefined
}

/** Nobody may bring the token back by refreshing it at this moment. */
const signOutOfToken = (machine: Machine, settings: Settings, token: TokenOnDisk): Promise<SignedOut> =>
  machine.lock.withLock(`token:${token.fileName}`, async () => {
    const { unreached } = await endSession(machine, settings, token)
    await (await openTokenCache(machine)).delete(token.fileName)
    return { token, ...(unreached !== undefined && { unreached }) }
  })

/** Deletes a sealed record of the token cache that does not open: whose session it was cannot be told to anybody. */
async function deleteUnopened(
  machine: Machine,
  fileName: string,
  { startUrl, reason }: { readonly startUrl: string | undefined; readonly reason: string },
): Promise<SignedOut> {
  const note = await readExpiryNote(machine, 'sso', fileName)
  const endsAt = note && new Date(note.refreshesUntil ?? note.endsAt)
  await machine.lock.withLock(`token:${fileName}`, async () => (await openTokenCache(machine)).delete(fileName))
  const token = { fileName, ...(startUrl !== undefined && { startUrl }), ...(endsAt && { expiresAt: endsAt }) }
  return { token, unreached: reason }
}

/** Refuses in the end when a portal could not be told: its session lives on there. */
export function refuseUnreached(signedOut: readonly SignedOut[]): void {
  const unreached = signedOut.flatMap(({ token, unreached: reason }) =>
    reason === undefined ? [] : [`${describe(token)}: ${reason}`],
  )
  if (unreached.length === 0) return
  throw new Refusal(
    'invalid',
    `The tokens are deleted here, but the server could not be told, and these sessions live on until they end:\n${unreached.join('\n')}`,
    { hint: 'End them in the access portal, or ask whoever runs the Identity Center to end them.' },
  )
}

const describe = ({ startUrl, fileName, expiresAt }: SignedOut['token']): string =>
  `  ${startUrl ?? fileName}${expiresAt ? ` (until ${formatInstant(expiresAt)})` : ''}`
