/** Where a request came from: shown to the person who is asked to allow it. */
export interface Requester {
  readonly address: string
  readonly userAgent: string
}
