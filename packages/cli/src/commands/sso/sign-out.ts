/** Signs out of sessions, for the commands whose purpose that is. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { askAgent } from '../../agent/client.ts'
import type { Machine } from '../../machine/machine.ts'
import { purgeRoleCredentials } from '../../role-credentials/purge.ts'
import { deleteRoleCredentials } from '../../role-credentials/role-cache.ts'
import { listConfiguredSessions } from '../../shared-config/configured-sessions.ts'
import type { SsoConfiguration } from '../../shared-config/profile.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { endSession } from '../../sign-in/session-end.ts'
import { noteSignOut } from '../../sign-in/session-record.ts'
import {
  formatInstant,
  listTokens,
  openTokenCache,
  type TokenOnDisk,
  tokenFileName,
} from '../../sign-in/token-cache.ts'

/** A token that is gone, and what kept its portal from being told. */
export interface SignedOut {
  readonly token: TokenOnDisk
  readonly unreached?: string
}

/** Ends every session whose token is in the cache, those of other tools included, and deletes all role credentials. */
export async function signOutOfAll(machine: Machine, settings: Settings): Promise<readonly SignedOut[]> {
  const signedOut: SignedOut[] = []
  for (const token of await listTokens(machine)) signedOut.push(await signOutOfToken(machine, settings, token))
  await deleteRoleCredentials(machine)
  await askAgent(machine, { ask: 'forget' })
  for (const { sso } of listConfiguredSessions(settings.config)) await noteSignOut(machine, sso)
  return signedOut
}

/** Ends one session and deletes what came from it; nothing when nobody was signed in. Its registration stays. */
export async function signOutOf(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
): Promise<SignedOut | undefined> {
  const token = (await listTokens(machine)).find(({ fileName }) => fileName === tokenFileName(sso))
  const signedOut = token && (await signOutOfToken(machine, settings, token))
  // One that cannot be read is of no use to anybody.
  if (!token) await (await openTokenCache(machine)).delete(tokenFileName(sso))
  await purgeRoleCredentials(machine, settings.config, sso)
  await askAgent(machine, { ask: 'forget' })
  await noteSignOut(machine, sso)
  return signedOut
}

/** Nobody may bring the token back by refreshing it at this moment. */
const signOutOfToken = (machine: Machine, settings: Settings, token: TokenOnDisk): Promise<SignedOut> =>
  machine.lock.withLock(`token:${token.fileName}`, async () => {
    const { unreached } = await endSession(machine, settings, token)
    await (await openTokenCache(machine)).delete(token.fileName)
    return { token, ...(unreached !== undefined && { unreached }) }
  })

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

const describe = ({ startUrl, fileName, expiresAt }: TokenOnDisk): string =>
  `  ${startUrl ?? fileName}${expiresAt ? ` (until ${formatInstant(expiresAt)})` : ''}`
