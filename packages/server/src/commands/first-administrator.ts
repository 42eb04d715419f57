/** `users first-administrator`: a link that works once, with which an administrator comes to be. */

import type { Clock } from '@mayfly/identity-center/clock'
import { after, hours } from '@mayfly/identity-center/duration'
import { createToken } from '@mayfly/identity-center/oauth/token-format'
import type { Random } from '@mayfly/identity-center/random'
import { hashOf } from '@mayfly/identity-center/secret'
import type { Store } from '@mayfly/store'
import type { Config } from '../context/settings.ts'
import type { Command } from './command.ts'
import { createOperatorEvent } from './operator-event.ts'

const LIFETIME = hours(24)

/** Makes a new link and takes back earlier ones. The token is shown here and stored nowhere. */
export async function createFirstAdministratorLink(
  origin: string,
  { store, clock, random, operator }: { store: Store; clock: Clock; random: Random; operator: string },
): Promise<string> {
  const token = createToken(random, 'aol')
  const createdAt = clock.now()
  await store.transaction(async (tx) => {
    await tx.oneTimeLinks.deleteOfPurpose('first-administrator')
    await tx.oneTimeLinks.insert({
      tokenHash: hashOf(token),
      purpose: 'first-administrator',
      createdAt,
      expiresAt: after(createdAt, LIFETIME),
    })
    await tx.auditEvents.insert(createOperatorEvent('CreateFirstAdministratorLink', {}, { clock, random, operator }))
  })
  return `${origin}/link/${token}`
}

/** Where links of commands lead: as the server is told, by the same options. */
export const originOf = ({ publicUrl, tls, port }: Config): string =>
  publicUrl ? new URL(publicUrl).origin : `${tls ? 'https' : 'http'}://localhost:${port}`

export const firstAdministrator: Command = {
  words: ['users', 'first-administrator'],
  example: 'users first-administrator --data /var/lib/mayfly --public-url https://sign-in.example.com',
  summary: 'print a link with which somebody becomes an administrator; it works once, for a day',
  async run({ config, clock, random, operator, print, openStore }) {
    const store = await openStore()
    try {
      print(await createFirstAdministratorLink(originOf(config), { store, clock, random, operator }))
    } finally {
      await store.close()
    }
  },
}
