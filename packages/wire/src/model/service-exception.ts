/** What a caller may be told: an exception with the name that AWS publishes. */

export interface ServiceExceptionDetails {
  /** Further members of the modelled exception (`Reason`, `ResourceId`, `error`). */
  readonly members?: Readonly<Record<string, unknown>>
  /** Overrides the HTTP status of the model. */
  readonly statusCode?: number
  readonly fault?: 'client' | 'server'
  /** Stands before `#` in `__type`. */
  readonly namespace?: string
  /** For the log alone. */
  readonly cause?: unknown
}

/** Thrown by a handler to answer, and by the client when it was answered so. The message holds no secret. */
export class ServiceException extends Error {
  readonly members: Readonly<Record<string, unknown>>
  readonly statusCode: number | undefined
  readonly fault: 'client' | 'server' | undefined
  readonly namespace: string | undefined

  constructor(name: string, message: string, details: ServiceExceptionDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = name
    this.members = details.members ?? {}
    this.statusCode = details.statusCode
    this.fault = details.fault
    this.namespace = details.namespace
  }
}
