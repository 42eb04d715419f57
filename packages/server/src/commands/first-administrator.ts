/** `users first-administrator`: a link that works once, with which an administrator comes to be. */

import type { Clock } from '@mayfly/identity-center/clock'
import { after, hours } from '@mayfly/identity-center/duration'
import { createToken } from '@mayfly/identity-center/oauth/token-format'
import type { Random } from '@mayfly/identity-center/random'
import { hashOf } from '@mayfly/identity-center/secret'
import type { Store } from '@mayfly/store'
import type { Command } from './command.ts'

const LIFETIME = hours(24)

/** Makes a new link and takes back earlier ones. The token is shown here and stored nowhere. */
export async function createFirstAdministratorLink(
  origin: string,
  { store, clock, random }: { store: Store; clock: Clock; random: Random },
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
  })
  return `${origin}/link/${token}`
}

export const firstAdministrator: Command = {
  words: ['users', 'first-administrator'],
  summary: 'print a link with which somebody becomes an administrator; it works once, for a day',
  async run({ config, clock, random, print, openStore }) {
    const store = await openStore()
    try {
      const scheme = config.tls ? 'https' : 'http'
      const origin = config.publicUrl ? new URL(config.publicUrl).origin : `${scheme}://localhost:${config.port}`
      print(await createFirstAdministratorLink(origin, { store, clock, random }))
    } finally {
      await store.close()
    }
  },
}
