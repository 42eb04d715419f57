/** What crosses the wire, and what each AWS protocol does with it on both sides. */

import type { ServiceException } from '../model/service-exception.ts'
import type { OperationModel, ServiceModel, ServiceName } from '../model/service-model.ts'

/** An HTTP request as it came in: nothing decoded, header names in lower case. */
export interface WireRequest {
  readonly method: string
  /** As received, undecoded, without the query and without the prefix of the public URL. */
  readonly rawPath: string
  /** As received, without `?`. */
  readonly rawQuery: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Uint8Array
}

export interface WireResponse {
  readonly status: number
  /** Lower-case names; the length is for the HTTP server to add. */
  readonly headers: Record<string, string>
  readonly body: string
}

/** A request's operation. */
export interface Route {
  readonly service: ServiceName
  readonly operation: string
  readonly model: ServiceModel
}

/** A request that the client is about to send, relative to its endpoint. */
export interface OutgoingRequest {
  readonly method: string
  readonly path: string
  /** Encoded, without `?`. */
  readonly query: string
  readonly headers: Record<string, string>
  readonly body: string
}

/** What came back to the client. */
export interface IncomingResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
}

/** An exception on its way out, with what only the server knows. */
export interface Failure {
  readonly service: ServiceName | undefined
  readonly model: ServiceModel | undefined
  readonly error: ServiceException
  readonly status: number
  readonly requestId: string
}

export interface Protocol {
  /** The input members, typed as the model says. Throws `SerializationException`. */
  readInput(model: ServiceModel, operation: OperationModel, request: WireRequest): Record<string, unknown>
  writeOutput(model: ServiceModel, operation: OperationModel, output: unknown, requestId: string): WireResponse
  writeError(failure: Failure): WireResponse
  writeInput(model: ServiceModel, operation: OperationModel, input: Readonly<Record<string, unknown>>): OutgoingRequest
  readOutput(model: ServiceModel, operation: OperationModel, response: IncomingResponse): Record<string, unknown>
  readError(response: IncomingResponse): ServiceException
}
