/** Exceptions as the JSON protocols carry them: a header, `__type`, a message, the modelled members. */

import { ServiceException } from '../model/service-exception.ts'
import type { ServiceModel, Shape } from '../model/service-model.ts'
import { parseJson } from './json-text.ts'
import { writeJson } from './json-value.ts'
import type { Failure, IncomingResponse, WireResponse } from './message.ts'
import { harmlessText } from './text.ts'

// What the portal itself sends (specs of the wire, observed by others).
const NAMESPACES: Readonly<Record<string, string>> = { sso: 'com.amazonaws.switchboard.portal' }

/** The OAuth word for an exception of sso-oidc: `SlowDownException` is `slow_down`. RFC 6749 §5.2, RFC 8628 §3.5. */
export function oauthErrorOf(exceptionName: string): string {
  if (exceptionName === 'InternalServerException') return 'server_error'
  if (exceptionName === 'InvalidRequestRegionException') return 'invalid_request'
  const words = exceptionName.replace(/Exception$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, '_')
  return words.toLowerCase()
}

/** The answer for an exception, in either JSON protocol. */
export function writeJsonError(
  { service, model, error, status, requestId }: Failure,
  contentType: string,
): WireResponse {
  const namespace = error.namespace ?? (service === undefined ? undefined : NAMESPACES[service])
  const type = namespace === undefined ? error.name : `${namespace}#${error.name}`
  const shape = exceptionShape(model, error.name)
  const oauth = service === 'sso-oidc' ? oauthMembers(error, shape, status) : undefined
  const members = { ...oauth, ...modelledMembers(model, shape, error, requestId) }
  const body = { __type: type, ...members, [messageName(shape)]: error.message }
  return {
    status,
    headers: { 'content-type': contentType, 'x-amzn-errortype': error.name },
    body: JSON.stringify(body),
  }
}

function oauthMembers(error: ServiceException, shape: Shape | undefined, status: number): Record<string, unknown> {
  const unmodelled = status >= 500 ? 'server_error' : 'invalid_request'
  return { error: shape === undefined ? unmodelled : oauthErrorOf(error.name), error_description: error.message }
}

function exceptionShape(model: ServiceModel | undefined, name: string): Shape | undefined {
  const shape = model !== undefined && Object.hasOwn(model.shapes, name) ? model.shapes[name] : undefined
  return shape?.exception ? shape : undefined
}

/** `Message` or `message`, as the model spells it. */
function messageName(shape: Shape | undefined): string {
  return Object.keys(shape?.members ?? {}).find((name) => name.toLowerCase() === 'message') ?? 'message'
}

function modelledMembers(
  model: ServiceModel | undefined,
  shape: Shape | undefined,
  error: ServiceException,
  requestId: string,
): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [name, reference] of Object.entries(shape?.members ?? {})) {
    const value = error.members[name] ?? (name === 'RequestId' ? requestId : undefined)
    if (model !== undefined && value !== undefined && value !== null) {
      result[reference.locationName ?? name] = writeJson(model, reference.shape, value)
    }
  }
  return result
}

/** The exception that a JSON answer carries, whoever sent it. */
export function readJsonError(response: IncomingResponse): ServiceException {
  const body = parseObject(response.body)
  const header = response.headers['x-amzn-errortype']
  const type = (typeof header === 'string' ? header : header?.[0]) ?? textOf(body['__type']) ?? textOf(body['code'])
  const name = bareName(type) ?? `Http${response.status}`
  const message = textOf(body['message']) ?? textOf(body['Message']) ?? textOf(body['error_description']) ?? ''
  return new ServiceException(name, harmlessText(message), {
    members: body,
    statusCode: response.status,
    fault: response.status >= 500 ? 'server' : 'client',
  })
}

/** `ns#Name:http://…` is `Name`. */
function bareName(type: string | undefined): string | undefined {
  const name = type?.split(':')[0]?.split('#').at(-1)?.trim()
  // It is shown on terminals: what no exception is called is none.
  return name !== undefined && /^[\w.-]{1,128}$/.test(name) ? name : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A proxy's HTML is an answer too; it has no members. */
function parseObject(body: string): Readonly<Record<string, unknown>> {
  try {
    const value = parseJson(body)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
