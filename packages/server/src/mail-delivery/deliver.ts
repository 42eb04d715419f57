/** Sends what waits in the outbox. Of several nodes one sends each mail; what fails is tried again later. */

import { after, type Duration, hours, minutes } from '@mayfly/identity-center/duration'
import type { Mail, OutboxMessage } from '@mayfly/identity-center/mail'
import type { ServerContext } from '../context/context.ts'
import { describeError } from '../context/log.ts'
import { createUserMail } from './user-mail.ts'

/** Hands a mail on, or rejects. */
export type Send = (mail: Mail, id: string) => Promise<void>

const AT_ONCE = 20
/** After the first try, the second and so on; then every six hours. */
const WAITS: readonly Duration[] = [minutes(1), minutes(5), minutes(15), hours(1)]
const LONGEST_WAIT = hours(6)
const LONGEST_ERROR = 300

/**
 * One pass, which ends behind the mail on its way when the signal is aborted; returns how many mails were sent. A mail is
 * sent again when a node dies between sending and noting it.
 */
export async function deliverMails(context: ServerContext, send: Send, signal?: AbortSignal): Promise<number> {
  const { store, clock } = context
  let sent = 0
  for (const message of await store.outbox.listDue(clock.now(), AT_ONCE)) {
    if (signal?.aborted) break
    if (clock.now() >= message.expiresAt) {
      await store.outbox.delete(message.id)
      continue
    }
    const wait = WAITS[message.attempts] ?? LONGEST_WAIT
    const claimed = await store.outbox.claim(message, after(clock.now(), wait))
    if (claimed && (await deliver(claimed, send, context))) sent += 1
  }
  return sent
}

async function deliver(message: OutboxMessage, send: Send, context: ServerContext): Promise<boolean> {
  const { store, mail: mailer, log } = context
  try {
    const sealed = mailer.open(message)
    const mail = sealed?.is === 'mail' ? sealed.mail : sealed && (await createUserMail(sealed, context))
    // Sealed with a key that is gone, or for nobody: nothing is to be sent, and nobody is to be told.
    if (mail) await send(mail, message.id)
    await store.outbox.delete(message.id)
    return mail !== undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, LONGEST_ERROR) : 'unknown'
    log.warn('A mail could not be sent; it is tried again.', { attempts: message.attempts, ...describeError(error) })
    await store.outbox.noteError(message.id, reason)
    return false
  }
}
