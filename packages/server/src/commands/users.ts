/** `users list`, `users disable`, `users enable`: who there is, and who may have tokens. */

import type { UserStatus } from '@mayfly/identity-center/directory/user'
import { after, hours } from '@mayfly/identity-center/duration'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'
import type { Command, CommandContext } from './command.ts'

export const listUsers: Command = {
  words: ['users', 'list'],
  summary: 'print every user and whether it is enabled',
  run: (context) => withStore(context, (store) => printUsers(store, context.print)),
}

export const disableUser: Command = {
  words: ['users', 'disable'],
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
  argument: 'USER',
  summary: 'let a disabled user sign in again',
  run: (context) =>
    withStore(context, async (store) => {
      const name = await changeStatus('ENABLED', store, context)
      context.print(`${name} is enabled.`)
    }),
}

async function withStore(context: CommandContext, act: (store: Store) => Promise<void>): Promise<void> {
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
  const { words, clock, random } = context
  const [userName] = words
  if (userName === undefined) throw new Refusal('invalid', 'Which user? Its name is missing.')
  const user = await store.users.findByUserName(userName)
  if (!user) {
    throw new Refusal('not-found', `There is no user ${userName}.`, { hint: 'mayfly-server users list' })
  }
  const now = clock.now()
  await store.transaction(async (tx) => {
    await tx.users.update({ ...user, status, updatedAt: now })
    await tx.auditEvents.insert({
      eventId: randomUuid(random),
      eventTime: now,
      eventSource: 'sso-directory.amazonaws.com',
      eventName: status === 'ENABLED' ? 'EnableUser' : 'DisableUser',
      requestId: randomUuid(random),
      // Typed at the machine itself: there is no address.
      sourceAddress: 'mayfly-server',
      userAgent: 'mayfly-server',
      userIdentity: { type: 'AWSService', invokedBy: 'mayfly-server' },
      requestParameters: { userId: user.id },
      readOnly: false,
    })
    if (status === 'ENABLED') return
    await tx.sessions.endOfUser(user.id, now)
    await tx.tokenFamilies.revokeOfUser(user.id, now)
    await tx.revocations.insert({ subject: `user:${user.id}`, issuedUntil: now, expiresAt: after(now, hours(12)) })
  })
  return user.userName
}
