/** sso logout. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { createServiceClient } from '../../endpoints/service-client.ts'
import type { Machine } from '../../machine/machine.ts'
import { deleteRoleCredentials } from '../../role-credentials/role-cache.ts'
import { loadSettings, type Settings } from '../../shared-config/settings.ts'
import { formatInstant, listTokens, openTokenCache, type TokenOnDisk } from '../../sign-in/token-cache.ts'
import type { Command } from '../command.ts'

export const ssoLogout: Command = {
  words: 'sso logout',
  summary: 'sign out everywhere and delete all cached tokens and role credentials',
  options: [],
  example: 'mayfly sso logout',
  async run(options, machine) {
    const settings = await loadSettings(machine, options)
    const unreached: string[] = []
    for (const token of await listTokens(machine)) {
      // Nobody may bring the token back by refreshing it at this moment.
      const reached = await machine.lock.withLock(`token:${token.fileName}`, async () => {
        const answer = await endSession(machine, settings, token)
        await (await openTokenCache(machine)).delete(token.fileName)
        return answer
      })
      if (reached !== 'ended') unreached.push(`${describe(token)}: ${reached}`)
    }
    await deleteRoleCredentials(machine)
    if (unreached.length === 0) return 0
    throw new Refusal(
      'invalid',
      `The tokens are deleted here, but the server could not be told, and these sessions live on until they end:\n${unreached.join('\n')}`,
      { hint: 'End them in the access portal, or ask whoever runs the Identity Center to end them.' },
    )
  },
}

const describe = ({ startUrl, fileName, expiresAt }: TokenOnDisk): string =>
  `  ${startUrl ?? fileName}${expiresAt ? ` (until ${formatInstant(expiresAt)})` : ''}`

/** Tells the portal of the token's own region; what the service says to it is of no account, as in the AWS CLI. */
async function endSession(
  machine: Machine,
  settings: Settings,
  { region, startUrl, accessToken }: TokenOnDisk,
): Promise<string> {
  if (region === undefined) return 'ended'
  try {
    const place = startUrl !== undefined && URL.canParse(startUrl) ? { startUrl } : {}
    const portal = await createServiceClient(machine, settings, 'sso', { region, ...place })
    await portal.call('Logout', { accessToken })
    return 'ended'
  } catch (error) {
    if (error instanceof ServiceException) return 'ended'
    if (error instanceof Refusal) return error.message
    throw error
  }
}
