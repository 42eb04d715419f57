/** A connection about to be made, and what can be said when it fails. */

import type { ClientRequest, RequestOptions } from 'node:http'
import type { Duration } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'

export interface Connection {
  readonly url: URL
  readonly proxy: URL | undefined
  readonly tls: { readonly ca?: string; readonly rejectUnauthorized: boolean }
  readonly connectTimeout: Duration
  readonly readTimeout: Duration
}

/** No answer came: the address, the proxy or the certificate is to blame. Nothing is known about the request's fate. */
export class ConnectionRefusal extends Refusal {
  constructor(message: string, details: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super('throttled', message, details)
    this.name = 'ConnectionRefusal'
  }
}

/** Begins a request; the module for its scheme is loaded when it is first needed. */
export async function startRequest(url: URL, given: RequestOptions): Promise<ClientRequest> {
  // What is taken for this computer must be this computer, whatever a name server says (RFC 6761 §6.3).
  const staysHere = url.hostname.endsWith('.localhost')
  const options = staysHere ? { ...given, lookup: (await import('./own-name.ts')).lookUpOwnName } : given
  if (url.protocol === 'https:') return (await import('node:https')).request(url, options)
  if (url.protocol === 'http:') return (await import('node:http')).request(url, options)
  throw new ConnectionRefusal(`Could not connect to the endpoint URL: "${url.href}"`, {
    hint: 'Only http and https work.',
  })
}

/** Runs out after `length`; never when that is 0. */
export const startTimer = (length: Duration, expire: () => void): NodeJS.Timeout | undefined =>
  length === 0 ? undefined : setTimeout(expire, length)

/** The AWS CLI's sentence for what went wrong on the way. */
export function describeFailure(error: unknown, { url, proxy }: Connection): ConnectionRefusal {
  if (error instanceof ConnectionRefusal) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = error instanceof Error ? error.message : String(error)
  const address = `${url.origin}${url.pathname}`
  if (/^(CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT|HOSTNAME_MISMATCH)/.test(code)) {
    return new ConnectionRefusal(`SSL validation failed for ${address} ${reason}`, {
      hint: 'If your company signs its own certificates, name them in AWS_CA_BUNDLE, or in ca_bundle of the profile.',
      cause: error,
    })
  }
  if (reason.startsWith('ETIMEDOUT: read')) {
    return new ConnectionRefusal(`Read timeout on endpoint URL: "${address}"`, { cause: error })
  }
  if (reason.startsWith('ETIMEDOUT: connect')) {
    return new ConnectionRefusal(`Connect timeout on endpoint URL: "${address}"`, { cause: error })
  }
  if (proxy && url.protocol === 'http:' && /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)/.test(code)) {
    return proxyFailure(proxy, error)
  }
  return new ConnectionRefusal(`Could not connect to the endpoint URL: "${address}"`, {
    hint:
      code === '' ? reason : `${code}: does the network reach it? To correct the address: mayfly configure sso-session`,
    cause: error,
  })
}

/** The proxy did not let the request through. Its password is not told. */
export const proxyFailure = (proxy: URL, cause: unknown): ConnectionRefusal =>
  new ConnectionRefusal(`Failed to connect to proxy URL: "${proxy.origin}"`, {
    hint: `${cause instanceof Error ? cause.message : String(cause)}: look at HTTPS_PROXY, HTTP_PROXY and NO_PROXY.`,
    cause,
  })
