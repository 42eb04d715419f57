/** Puts e-mail into the outbox; what it says is sealed there until it is sent. */

import type { Clock } from '@mayfly/identity-center/clock'
import { after, type Duration, days } from '@mayfly/identity-center/duration'
import type { Mail, OutboxMessage } from '@mayfly/identity-center/mail'
import { type Random, randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'
import type { Keys } from '../keys/keys.ts'

/**
 * What lies in the outbox: a mail as it is, or what is to become one for a user who may not be there. Strangers can ask
 * for the latter, and are answered alike in both cases since nobody looks before it is sent.
 */
export type Sealed =
  | { readonly is: 'mail'; readonly mail: Mail }
  | { readonly is: 'password-reset'; readonly userName: string; readonly origin: string }
  | { readonly is: 'first-sign-in'; readonly userName: string; readonly origin: string; readonly workflowId: string }

interface Parts {
  readonly store: Store
  readonly keys: Keys
  readonly clock: Clock
  readonly random: Random
}

/** A mail that holds nothing that runs out. */
const LIFETIME = days(3)

const ADDRESS = /^[^\s@<>(),;:"\p{C}]+@[^\s@<>(),;:"\p{C}]+$/u

/** Whether it is one address and nothing else; the directory takes more than mail servers should be shown. */
export const isMailAddress = (text: string): boolean => ADDRESS.test(text)

export class Mailer {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Queues a mail in a transaction of its own. Throws `invalid` for what is no address. */
  async send(mail: Mail, lifetime?: Duration): Promise<void> {
    await this.#parts.store.outbox.insert(this.create(mail, lifetime))
  }

  /**
   * The message for `tx.outbox.insert`, so that it is queued together with what it tells of. After `lifetime` it is not
   * sent any more. Throws `invalid` for what is no address.
   */
  create(mail: Mail, lifetime: Duration = LIFETIME): OutboxMessage {
    if (!isMailAddress(mail.to))
      throw new Refusal('invalid', 'There is no e-mail address that a mail could be sent to.')
    return this.seal({ is: 'mail', mail }, lifetime, mail.to)
  }

  /** The message of anything that waits to be sent. */
  seal(sealed: Sealed, lifetime: Duration, recipient = ''): OutboxMessage {
    const { keys, clock, random } = this.#parts
    const id = randomUuid(random)
    const now = clock.now()
    return {
      id,
      recipient,
      sealedMessage: keys.seal('sealing', `outbox:${id}`, Buffer.from(JSON.stringify(sealed))),
      createdAt: now,
      expiresAt: after(now, lifetime),
      attempts: 0,
      nextAttemptAt: now,
    }
  }

  /** What a message holds, or undefined when the keys of this server do not open it. */
  open({ id, sealedMessage }: OutboxMessage): Sealed | undefined {
    const bytes = this.#parts.keys.open('sealing', `outbox:${id}`, sealedMessage)
    return bytes && JSON.parse(Buffer.from(bytes).toString())
  }
}
