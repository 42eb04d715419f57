/** An e-mail that waits to be sent. */

/** What somebody is told. */
export interface Mail {
  /** One e-mail address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
}

/** A mail in the outbox: what it says is sealed, since it may hold a link that lets somebody in. */
export interface OutboxMessage {
  /** A uuid. */
  readonly id: string
  readonly recipient: string
  readonly sealedMessage: string
  readonly createdAt: Date
  /** After this moment it is of no use and is not sent. */
  readonly expiresAt: Date
  /** How often it was tried. */
  readonly attempts: number
  /** Not before this moment. */
  readonly nextAttemptAt: Date
  /** Why the last try came to nothing; holds no secret. */
  readonly lastError?: string
}
