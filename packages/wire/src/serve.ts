/** An HTTP request in, an operation's input; an operation's output, an HTTP response out. */

import { loadModel } from './model/models.ts'
import { ServiceException } from './model/service-exception.ts'
import { getOperation, type ServiceModel, type ServiceName, signingNameOf } from './model/service-model.ts'
import { formatHttpDate } from './model/timestamp.ts'
import { awsJson } from './protocols/aws-json.ts'
import { awsQuery } from './protocols/aws-query.ts'
import { foreignServiceException, signedServiceOf, writeForeignError } from './protocols/foreign-error.ts'
import type { Protocol, Route, WireRequest, WireResponse } from './protocols/message.ts'
import { protocolOf } from './protocols/protocol.ts'
import { restJson } from './protocols/rest-json.ts'
import { type Addressing, addressingOf, createRouteTable, findRoute, methodsAt } from './route.ts'

export type { Route, WireRequest, WireResponse } from './protocols/message.ts'

export interface Wire {
  /** The models served, by service. */
  readonly models: ReadonlyMap<ServiceName, ServiceModel>
  /**
   * The operation that a request asks for, or undefined when it asks for none that is served (a page, an unknown target).
   * Throws `ServiceException` when the request cannot be read; answer with `writeRefusal`.
   */
  route(request: WireRequest): Route | undefined
  /** True when the request speaks an AWS protocol, whether or not the operation is served: a target, an action, a REST path. */
  isAwsRequest(request: WireRequest): boolean
  /** The operation's input, typed as the model says. Throws `ServiceException`, by default `SerializationException`. */
  readInput(route: Route, request: WireRequest): Record<string, unknown>
  writeOutput(route: Route, output: unknown, requestId: string, now: Date): WireResponse
  /** The answer for an exception. Without a route: JSON. */
  writeError(route: Route | undefined, error: ServiceException, requestId: string, now: Date): WireResponse
  /** The answer for a request without a route, in the protocol that it speaks; `error` instead of 'unknown operation'. */
  writeRefusal(request: WireRequest, requestId: string, now: Date, error?: ServiceException): WireResponse
}

const STATUS: Readonly<Record<string, number>> = {
  InternalServerException: 500,
  InternalFailure: 500,
  ServiceUnavailable: 503,
  ServiceUnavailableException: 503,
  UnauthorizedException: 401,
  ForbiddenException: 403,
  MethodNotAllowedException: 405,
}

/** The HTTP status: what the exception says, what the model says, 500 for a fault of ours, 400 for the caller's. */
export function statusOf(model: ServiceModel | undefined, error: ServiceException): number {
  if (error.statusCode !== undefined) return error.statusCode
  const shape = model !== undefined && Object.hasOwn(model.shapes, error.name) ? model.shapes[error.name] : undefined
  if (shape?.error?.httpStatusCode !== undefined) return shape.error.httpStatusCode
  const listed = Object.hasOwn(STATUS, error.name) ? STATUS[error.name] : undefined
  if (listed !== undefined) return listed
  return shape?.fault || error.fault === 'server' ? 500 : 400
}

/** The wire of the given services; their models are loaded once. */
export async function createWire({ services }: { services: readonly ServiceName[] }): Promise<Wire> {
  const loaded = services.map(async (service) => [service, await loadModel(service)] as const)
  return createWireOf(new Map(await Promise.all(loaded)))
}

function createWireOf(models: ReadonlyMap<ServiceName, ServiceModel>): Wire {
  const table = createRouteTable(models)
  const served = new Set([...models.values()].map(signingNameOf))
  const unknownOperation = (request: WireRequest): ServiceException => {
    const service = signedServiceOf(request)
    const addressing = addressingOf(request)
    if (service !== undefined && !served.has(service)) return foreignServiceException(service, unknown[addressing])
    const methods = methodsAt(table, request.rawPath)
    if (addressing === 'path' && methods.length > 0) {
      return new ServiceException('MethodNotAllowedException', `This path answers ${methods.join(', ')}.`)
    }
    return unknown[addressing]
  }
  return {
    models,
    route: (request) => findRoute(table, models, request),
    isAwsRequest: (request) => addressingOf(request) !== 'path' || methodsAt(table, request.rawPath).length > 0,
    readInput: ({ model, operation }, request) =>
      protocolOf(model).readInput(model, getOperation(model, operation), request),
    writeOutput: ({ model, operation }, output, requestId, now) =>
      withCommonHeaders(
        protocolOf(model).writeOutput(model, getOperation(model, operation), output, requestId),
        requestId,
        now,
      ),
    writeError: (route, error, requestId, now) =>
      withCommonHeaders(
        writeErrorOf(route, route === undefined ? awsJson : protocolOf(route.model), error, requestId),
        requestId,
        now,
      ),
    writeRefusal: (request, requestId, now, error = unknownOperation(request)) => {
      const status = statusOf(undefined, error)
      const response =
        writeForeignError(signedServiceOf(request), error, { status, requestId }) ??
        writeErrorOf(undefined, protocols[addressingOf(request)], error, requestId)
      // RFC 9110 §15.5.6 wants the methods named.
      if (status === 405) response.headers['allow'] = methodsAt(table, request.rawPath).join(', ')
      return withCommonHeaders(response, requestId, now)
    },
  }
}

const protocols: Readonly<Record<Addressing, Protocol>> = { target: awsJson, action: awsQuery, path: restJson }

const unknown: Readonly<Record<Addressing, ServiceException>> = {
  target: new ServiceException('UnknownOperationException', 'This server knows no such operation.'),
  action: new ServiceException('InvalidAction', 'This server knows no such action in that version.'),
  path: new ServiceException('UnknownOperationException', 'This server knows no such path.', { statusCode: 404 }),
}

function writeErrorOf(
  route: Route | undefined,
  protocol: Protocol,
  error: ServiceException,
  requestId: string,
): WireResponse {
  const status = statusOf(route?.model, error)
  return protocol.writeError({ service: route?.service, model: route?.model, error, status, requestId })
}

/** Adds what every answer carries. SDKs correct their clocks by the date. */
function withCommonHeaders(response: WireResponse, requestId: string, now: Date): WireResponse {
  response.headers['x-amzn-requestid'] = requestId
  response.headers['date'] = formatHttpDate(now)
  // Answers hold tokens and credentials; RFC 6749 §5.1 asks for it, and nothing here gains from a cache.
  response.headers['cache-control'] = 'no-store'
  return response
}
