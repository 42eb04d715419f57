/** The six words in which the domain says no. */

export type RefusalCode = 'not-found' | 'conflict' | 'invalid' | 'forbidden' | 'quota-exceeded' | 'throttled'

export interface RefusalDetails {
  /** What a person does next, as a command or a sentence. */
  readonly hint?: string
  /** For the log alone. */
  readonly cause?: unknown
  /** The kind of thing that was not found or in conflict, in AWS's words (`USER`, `GROUP`). */
  readonly resourceType?: string
  readonly resourceId?: string
}

/** An expected no. The message is for the caller and holds no secret. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly hint: string | undefined
  readonly resourceType: string | undefined
  readonly resourceId: string | undefined

  constructor(code: RefusalCode, message: string, details: RefusalDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'Refusal'
    this.code = code
    this.hint = details.hint
    this.resourceType = details.resourceType
    this.resourceId = details.resourceId
  }
}
