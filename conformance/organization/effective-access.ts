/** What every user's own portal lists: the end that every way of setting an organization up is held against. */

import { type Keys, PortalPerson } from './founder.ts'
import { callMayfly } from './mayfly-client.ts'
import { type Sdk, sideBySide } from './sdk.ts'

const PASSWORD = 'Every-1-of-us'

/** `user-001 account-01 Set-01`, sorted; each of the users but the founder signs in by a one-time link. */
export async function effectiveAccess(origin: string, keys: Keys, sdk: Sdk): Promise<string[]> {
  const found: string[] = []
  const users = [...(await sdk.users())].filter(([userName]) => userName !== 'founder')
  await sideBySide(users, async ([userName, UserId]) => {
    const { Link } = await callMayfly(origin, keys, 'ResetUserPassword', { UserId })
    const person = await PortalPerson.follow(origin, String(Link), PASSWORD)
    for (const role of await person.access()) found.push(`${userName} ${role}`)
  })
  return found.sort()
}
