/** `users reset-password`, `users reset-mfa`: for somebody who lost a password or a phone. */

import { after, hours } from '@mayfly/identity-center/duration'
import { createToken } from '@mayfly/identity-center/oauth/token-format'
import { hashOf } from '@mayfly/identity-center/secret'
import { endEverythingOf } from '../caller/session-end.ts'
import type { Command } from './command.ts'
import { originOf } from './first-administrator.ts'
import { createEvent, getNamedUser, withStore } from './users.ts'

const LINK_LIFETIME = hours(24)

export const resetPassword: Command = {
  words: ['users', 'reset-password'],
  argument: 'USER',
  summary: 'print a link with which a user chooses a new password; it works once, for a day',
  run: (context) =>
    withStore(context, async (store) => {
      const { clock, random, config, print } = context
      const user = await getNamedUser(store, context)
      const token = createToken(random, 'aol')
      const createdAt = clock.now()
      await store.transaction(async (tx) => {
        // Whoever has none yet is welcomed, not told to choose a new one.
        const purpose = (await tx.passwords.find(user.id)) ? 'password-reset' : 'invitation'
        await tx.oneTimeLinks.deleteOfUser(user.id)
        const expiresAt = after(createdAt, LINK_LIFETIME)
        await tx.oneTimeLinks.insert({ tokenHash: hashOf(token), purpose, userId: user.id, createdAt, expiresAt })
        await tx.auditEvents.insert(createEvent('CreatePasswordResetLink', user, context))
      })
      print(`${originOf(config)}/link/${token}`)
      if (user.status === 'DISABLED') print(`${user.userName} is disabled: mayfly-server users enable ${user.userName}`)
    }),
}

export const resetMfa: Command = {
  words: ['users', 'reset-mfa'],
  argument: 'USER',
  summary: 'remove the authenticators and recovery codes of a user, and end every session, token and role credential',
  run: (context) =>
    withStore(context, async (store) => {
      const user = await getNamedUser(store, context)
      const removed = await store.transaction(async (tx) => {
        const devices = await tx.mfaDevices.listOfUser(user.id)
        for (const { id } of devices) await tx.mfaDevices.delete(id)
        await tx.recoveryCodes.replaceOfUser(user.id, [])
        await tx.signInAttempts.clear(`mfa:${user.id}`)
        await endEverythingOf(user.id, tx, context.clock.now())
        await tx.auditEvents.insert(createEvent('DeleteMfaDevicesOfUser', user, context))
        return devices.length
      })
      const what = removed === 1 ? '1 authenticator' : `${removed} authenticators`
      context.print(`${user.userName} is signed out everywhere and has lost ${what} and every recovery code.`)
    }),
}
