/** An operation in, an HTTP request out: the published models from the client's side. */

import { getOperation, isUnsigned, type ServiceModel, signingNameOf } from './model/service-model.ts'
import type { IncomingResponse } from './protocols/message.ts'
import { protocolOf } from './protocols/protocol.ts'
import { type SigningCredentials, signRequest } from './signature-v4.ts'

export interface ClientRequest {
  readonly method: string
  readonly url: string
  /** Lower-case names; `host` is for the sender to add, as the URL has it. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends one request. Rejects when no answer came. */
export type Send = (request: ClientRequest) => Promise<IncomingResponse>

export interface ClientOptions {
  /** `https://host[:port][/prefix]`. */
  readonly endpoint: string
  readonly send: Send
  /** For the credential scope. Default `us-east-1`. */
  readonly region?: string
  /** Without them, only operations that AWS leaves unsigned are answered. */
  readonly credentials?: SigningCredentials
  readonly userAgent?: string
  readonly now: () => Date
}

export interface Client {
  /** The operation's output. Rejects with `ServiceException` when the service says no. */
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>
}

/** A client of one service. */
export function createClient(model: ServiceModel, options: ClientOptions): Client {
  const endpoint = new URL(options.endpoint)
  const prefix = endpoint.pathname.replace(/\/+$/, '')
  const protocol = protocolOf(model)

  async function call(name: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const operation = getOperation(model, name)
    const { method, path, query, body, headers } = protocol.writeInput(model, operation, input)
    const rawPath = `${prefix}${path}`
    if (options.userAgent !== undefined) headers['user-agent'] = options.userAgent
    const url = `${endpoint.origin}${rawPath}${query === '' ? '' : `?${query}`}`
    if (options.credentials !== undefined && !isUnsigned(operation)) {
      const signed = signRequest({
        request: { method, rawPath, rawQuery: query, headers: { ...headers, host: endpoint.host }, body },
        credentials: options.credentials,
        region: options.region ?? 'us-east-1',
        service: signingNameOf(model),
        now: options.now(),
      })
      Object.assign(headers, signed.headers)
    }
    const response = await options.send({ method, url, headers, body })
    if (response.status < 200 || response.status > 299) throw protocol.readError(response)
    return protocol.readOutput(model, operation, response)
  }

  return { call }
}
