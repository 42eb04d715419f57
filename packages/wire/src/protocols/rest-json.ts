/** REST JSON: an operation is a method and a path; its members travel in the query, in headers and in the body. */

import type { OperationModel, ServiceModel, Shape, ShapeReference } from '../model/service-model.ts'
import { getShape } from '../model/service-model.ts'
import { parseForm } from './form.ts'
import { readJsonError, writeJsonError } from './json-error.ts'
import { parseJson, parseJsonBody } from './json-text.ts'
import { readJson, readJsonAnswer, writeJson } from './json-value.ts'
import type { OutgoingRequest, Protocol, WireRequest } from './message.ts'
import { checkedText, findHeader, unreadable } from './text.ts'
import { parseWholeNumber } from './whole-number.ts'

const REST_JSON_TYPE = 'application/json'

// Browser extensions spell the portal's header so (seen by others, recorded in the research on the portal).
const OTHER_SPELLINGS: Readonly<Record<string, string>> = { 'x-amz-sso_bearer_token': 'x-amz-sso-bearer-token' }

function readInput(model: ServiceModel, operation: OperationModel, request: WireRequest): Record<string, unknown> {
  if (operation.input === undefined) return {}
  const shape = getShape(model, operation.input.shape)
  const input = readBody(model, operation.input.shape, shape, request)
  const query = parseForm(request.rawQuery)
  for (const [name, reference] of boundMembers(shape)) {
    const wireName = reference.locationName ?? name
    const text = reference.location === 'header' ? findBoundHeader(request, wireName) : query.get(wireName)
    if (text === undefined) delete input[name]
    else input[name] = readText(getShape(model, reference.shape), checkedText(text), wireName)
  }
  return input
}

/** Members that travel in a header or in the query. */
function boundMembers(shape: Shape): [string, ShapeReference][] {
  return Object.entries(shape.members ?? {}).filter(([, reference]) => reference.location !== undefined)
}

function findBoundHeader(request: WireRequest, wireName: string): string | undefined {
  const name = wireName.toLowerCase()
  const other = OTHER_SPELLINGS[name]
  return findHeader(request.headers, name) ?? (other === undefined ? undefined : findHeader(request.headers, other))
}

function readBody(model: ServiceModel, shapeName: string, shape: Shape, request: WireRequest): Record<string, unknown> {
  const unbound = Object.values(shape.members ?? {}).some((reference) => reference.location === undefined)
  // A body that no member is read from (a POST of Logout with `{}` or nothing at all) is not looked at.
  if (!unbound) return {}
  const value = parseJsonBody(request.body)
  const payload = shape.payload
  const reference = payload === undefined ? undefined : shape.members?.[payload]
  if (payload === undefined || reference === undefined)
    return readJson(model, shapeName, value) as Record<string, unknown>
  return { [payload]: readJson(model, reference.shape, value) }
}

/** A scalar from a header or the query. */
function readText(shape: Shape, text: string, wireName: string): unknown {
  switch (shape.type) {
    case 'integer':
    case 'long': {
      const value = parseWholeNumber(shape.type, text)
      if (value === undefined) throw unreadable(`${wireName} must be a whole number.`)
      return value
    }
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw unreadable(`${wireName} must be true or false.`)
      return text === 'true'
    default:
      return text
  }
}

function writeInput(
  model: ServiceModel,
  operation: OperationModel,
  input: Readonly<Record<string, unknown>>,
): OutgoingRequest {
  const [path = '/', fixedQuery = ''] = operation.http.requestUri.split('?')
  const query = new URLSearchParams(fixedQuery)
  const headers: Record<string, string> = {}
  const shape = operation.input === undefined ? undefined : getShape(model, operation.input.shape)
  const unbound: Record<string, unknown> = { ...input }
  for (const [name, reference] of shape === undefined ? [] : boundMembers(shape)) {
    const value = input[name]
    delete unbound[name]
    if (value === undefined || value === null) continue
    const wireName = reference.locationName ?? name
    if (reference.location === 'header') headers[wireName] = String(value)
    else query.set(wireName, String(value))
  }
  const body = operation.http.method === 'GET' ? '' : writeBody(model, operation, shape, unbound)
  if (body !== '') headers['content-type'] = REST_JSON_TYPE
  // A signature covers `%20`; `+` would be read as a plus sign.
  return { method: operation.http.method, path, query: query.toString().replaceAll('+', '%20'), headers, body }
}

function writeBody(
  model: ServiceModel,
  operation: OperationModel,
  shape: Shape | undefined,
  members: Readonly<Record<string, unknown>>,
): string {
  if (operation.input === undefined || shape === undefined) return ''
  const payload = shape.payload
  const reference = payload === undefined ? undefined : shape.members?.[payload]
  if (payload !== undefined && reference !== undefined) {
    return JSON.stringify(writeJson(model, reference.shape, members[payload] ?? {}))
  }
  if (Object.values(shape.members ?? {}).every((member) => member.location !== undefined)) return ''
  return JSON.stringify(writeJson(model, operation.input.shape, members))
}

export const restJson: Protocol = {
  readInput,

  writeOutput(model, operation, output) {
    const status = operation.http.responseCode ?? 200
    const headers = { 'content-type': REST_JSON_TYPE }
    // Logout: an empty answer.
    if (operation.output === undefined) return { status, headers, body: '' }
    const shape = getShape(model, operation.output.shape)
    const members = (output ?? {}) as Readonly<Record<string, unknown>>
    const reference = shape.payload === undefined ? undefined : shape.members?.[shape.payload]
    const body =
      shape.payload !== undefined && reference !== undefined
        ? writeJson(model, reference.shape, members[shape.payload] ?? {})
        : writeJson(model, operation.output.shape, members)
    return { status, headers, body: JSON.stringify(body) }
  },

  writeError(failure) {
    return writeJsonError(failure, REST_JSON_TYPE)
  },

  writeInput,

  readOutput(model, operation, response) {
    if (operation.output === undefined || response.body === '') return {}
    const shape = getShape(model, operation.output.shape)
    const value = parseJson(response.body)
    const reference = shape.payload === undefined ? undefined : shape.members?.[shape.payload]
    if (shape.payload !== undefined && reference !== undefined) {
      return { [shape.payload]: readJsonAnswer(model, reference.shape, value) }
    }
    return readJsonAnswer(model, operation.output.shape, value) as Record<string, unknown>
  },
  readError: readJsonError,
}
