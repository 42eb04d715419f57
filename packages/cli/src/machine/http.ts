/** One request, one answer, through the proxy and under the certificates that the environment names. */

import type { Duration } from '@mayfly/identity-center/duration'

export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface HttpSettings {
  /** PEM file to trust instead of the built-in authorities: `--ca-bundle`, or the profile's `ca_bundle`. */
  readonly caBundle?: string
  /** false only for `--no-verify-ssl`. */
  readonly verify?: boolean
  /** 60 s when not said; 0 waits forever. */
  readonly connectTimeout?: Duration
  readonly readTimeout?: Duration
  /** Attempts in total (3 when not said, as botocore's standard mode). */
  readonly attempts?: number
}

export interface Http {
  /**
   * Sends a request, again after a connection error, 429, 500, 502, 503 or 504. Follows no redirect.
   * Rejects with a ConnectionProblem when there is no answer.
   */
  send(request: HttpRequest, settings?: HttpSettings): Promise<HttpResponse>
}
