/** `users list`, `users disable`, `users enable`, `users unlock`: who there is, and who may have tokens. */

import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import type { User, UserStatus } from '@mayfly/identity-center/directory/user'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'
import { endEverythingOf } from '../caller/session-end.ts'
import { forgetAttemptsOf } from '../sign-in/user-reset.ts'
import type { Command, CommandContext } from './command.ts'
import { createOperatorEvent } from './operator-event.ts'

export const listUsers: Command = {
  words: ['users', 'list'],
  example: 'users list --data /var/lib/mayfly',
  summary: 'print every user and whether it is enabled',
  run: (context) => withStore(context, (store) => printUsers(store, context.print)),
}

export const disableUser: Command = {
  words: ['users', 'disable'],
  example: 'users disable bob --data /var/lib/mayfly',
  argument: 'USER',
  summary: 'end every session, token and role credential of a user at once, and let it have no new ones',
  run: (context) =>
    withStore(context, async (store) => {
      const name = await changeStatus('DISABLED', store, context)
      context.print(`${name} is disabled.`)
    }),
}

export const enableUser: Command = {
  words: ['users', 'enable'],
  example: 'users enable bob --data /var/lib/mayfly',
  argument: 'USER',
  summary: 'let a disabled user sign in again',
  run: (context) =>
    withStore(context, async (store) => {
      const name = await changeStatus('ENABLED', store, context)
      context.print(`${name} is enabled.`)
    }),
}

export const unlockUser: Command = {
  words: ['users', 'unlock'],
  example: 'users unlock bob --data /var/lib/mayfly',
  argument: 'USER',
  summary: 'forget the wrong passwords and codes of a user, who may try again at once',
  run: (context) =>
    withStore(context, async (store) => {
      const user = await getNamedUser(store, context)
      await store.transaction(async (tx) => {
        await forgetAttemptsOf(user, tx)
        await tx.auditEvents.insert(createEvent('UnlockUser', user, context))
      })
      context.print(`${user.userName} may try again.`)
    }),
}

/** Opens the store for `act`, and closes it whatever comes. */
export async function withStore(context: CommandContext, act: (store: Store) => Promise<void>): Promise<void> {
  const store = await context.openStore()
  try {
    await act(store)
  } finally {
    await store.close()
  }
}

async function printUsers(store: Store, print: (line: string) => void): Promise<void> {
  let after: string | undefined
  do {
    const page = await store.users.list({ limit: 100, ...(after === undefined ? {} : { after }) })
    for (const { userName, displayName, status } of page.items) print(`${userName}\t${displayName}\t${status}`)
    after = page.nextToken
  } while (after !== undefined)
}

async function changeStatus(status: UserStatus, store: Store, context: CommandContext): Promise<string> {
  const user = await getNamedUser(store, context)
  const now = context.clock.now()
  await store.transaction(async (tx) => {
    await tx.users.setStatus(user.id, status, now)
    await tx.auditEvents.insert(createEvent(status === 'ENABLED' ? 'EnableUser' : 'DisableUser', user, context))
    if (status === 'ENABLED') return
    await tx.oneTimeLinks.deleteOfUser(user.id)
    await endEverythingOf(user.id, tx, now)
  })
  return user.userName
}

/** The user that the command names. Throws `invalid` or `not-found`. */
export async function getNamedUser(store: Store, { words: [userName] }: CommandContext): Promise<User> {
  if (userName === undefined) throw new Refusal('invalid', 'Which user? Its name is missing.')
  const user = await store.users.findByUserName(userName)
  if (user) return user
  throw new Refusal('not-found', `There is no user ${userName}.`, { hint: 'mayfly-server users list' })
}

/** What an operator did to a user, for the audit record. */
export const createEvent = (eventName: string, { id }: User, context: CommandContext): AuditEvent =>
  createOperatorEvent(eventName, { userId: id }, context)
