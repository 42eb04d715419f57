/** `users reset-password`, `users reset-mfa`: for somebody who lost a password or a phone. */

import { hours } from '@mayfly/identity-center/duration'
import { createPasswordLink, keepPasswordLink } from '../sign-in/password-link.ts'
import { resetMfaOf } from '../sign-in/user-reset.ts'
import type { Command } from './command.ts'
import { originOf } from './first-administrator.ts'
import { createEvent, getNamedUser, withStore } from './users.ts'

const LINK_LIFETIME = hours(24)

export const resetPassword: Command = {
  words: ['users', 'reset-password'],
  example: 'users reset-password alice --data /var/lib/mayfly --public-url https://sign-in.example.com',
  argument: 'USER',
  summary: 'print a link with which a user chooses a new password; it works once, for a day',
  run: (context) =>
    withStore(context, async (store) => {
      const { clock, random, config, print } = context
      const user = await getNamedUser(store, context)
      // Whoever has none yet is welcomed, not told to choose a new one.
      const purpose = (await store.passwords.find(user.id)) ? 'password-reset' : 'invitation'
      const options = { origin: originOf(config), lifetime: LINK_LIFETIME, now: clock.now(), random }
      const link = createPasswordLink(user, purpose, options)
      await store.transaction(async (tx) => {
        await keepPasswordLink(user.id, link, tx)
        await tx.auditEvents.insert(createEvent('CreatePasswordResetLink', user, context))
      })
      print(link.address)
      if (user.status === 'DISABLED') print(`${user.userName} is disabled: mayfly-server users enable ${user.userName}`)
    }),
}

export const resetMfa: Command = {
  words: ['users', 'reset-mfa'],
  example: 'users reset-mfa alice --data /var/lib/mayfly',
  argument: 'USER',
  summary: 'remove the authenticators and recovery codes of a user, and end every session, token and role credential',
  run: (context) =>
    withStore(context, async (store) => {
      const user = await getNamedUser(store, context)
      const removed = await store.transaction(async (tx) => {
        const reset = await resetMfaOf(user, tx, context.clock.now())
        await tx.auditEvents.insert(createEvent('DeleteMfaDevicesOfUser', user, context))
        return reset.removed
      })
      const what = removed === 1 ? '1 authenticator' : `${removed} authenticators`
      context.print(`${user.userName} is signed out everywhere and has lost ${what} and every recovery code.`)
    }),
}
