/** Which operation a request asks for: by target, by form action, or by method and path. */

import type { ServiceModel, ServiceName } from './model/service-model.ts'
import { findOperation } from './model/service-model.ts'
import { parseQueryForm } from './protocols/aws-query.ts'
import { parseForm } from './protocols/form.ts'
import type { Route, WireRequest } from './protocols/message.ts'
import { findHeader } from './protocols/text.ts'

export type Models = ReadonlyMap<ServiceName, ServiceModel>

/** One REST path: what each method does there, told apart by the fixed part of the query (`?aws_iam=t`). */
interface RestRoute {
  readonly method: string
  readonly fixedQuery: readonly [string, string][]
  readonly route: Route
}

/** Every operation of the served models, ready to be looked up. */
export interface RouteTable {
  readonly byTarget: ReadonlyMap<string, Route>
  readonly byAction: ReadonlyMap<string, Route>
  readonly byPath: ReadonlyMap<string, readonly RestRoute[]>
}

/** How a request addresses an operation, found or not. */
export type Addressing = 'target' | 'action' | 'path'

/** Built once: looking a request up walks no model. */
export function createRouteTable(models: Models): RouteTable {
  const byTarget = new Map<string, Route>()
  const byAction = new Map<string, Route>()
  const byPath = new Map<string, RestRoute[]>()
  for (const [service, model] of models) {
    for (const [operation, { http }] of Object.entries(model.operations)) {
      const route: Route = { service, operation, model }
      const { protocol, targetPrefix, apiVersion } = model.metadata
      if (protocol === 'json') byTarget.set(`${targetPrefix}.${operation}`, route)
      else if (protocol === 'query') byAction.set(`${apiVersion} ${operation}`, route)
      else {
        const [path = '/', query = ''] = http.requestUri.split('?')
        const others = byPath.get(path) ?? []
        others.push({ method: http.method, fixedQuery: [...parseForm(query)], route })
        // The most particular first: `/token?aws_iam=t` before `/token`.
        byPath.set(
          path,
          others.sort((a, b) => b.fixedQuery.length - a.fixedQuery.length),
        )
      }
    }
  }
  return { byTarget, byAction, byPath }
}

/** `''`, `/` and `/token/` as `/` and `/token`: clients differ in the slash that they put after a path prefix. */
function canonicalPath(rawPath: string): string {
  return rawPath.length > 1 && rawPath.endsWith('/') ? rawPath.slice(0, -1) : rawPath || '/'
}

/** From the headers, the path and the query alone, so that what cannot be read is still answered in its protocol. */
export function addressingOf(request: WireRequest): Addressing {
  if (request.headers['x-amz-target'] !== undefined) return 'target'
  return canonicalPath(request.rawPath) === '/' && hasForm(request) ? 'action' : 'path'
}

function hasForm(request: WireRequest): boolean {
  if (request.method === 'POST') {
    // Read without a refusal: whatever is wrong here, the answer to it must be written in some protocol.
    const type = String(request.headers['content-type'] ?? '')
    return /^application\/x-www-form-urlencoded\s*([;,]|$)/i.test(type) || /(^|&)Action=/.test(request.rawQuery)
  }
  return request.method === 'GET' && /(^|&)Action=/.test(request.rawQuery)
}

/** The operation, or undefined. Throws `SerializationException` when a form cannot be read. */
export function findRoute(table: RouteTable, models: Models, request: WireRequest): Route | undefined {
  switch (addressingOf(request)) {
    case 'target':
      return request.method === 'POST' && canonicalPath(request.rawPath) === '/'
        ? table.byTarget.get(findHeader(request.headers, 'x-amz-target') ?? '')
        : undefined
    case 'action':
      return findByAction(table, models, request)
    case 'path':
      return findByPath(table, request)
  }
}

function findByAction(table: RouteTable, models: Models, request: WireRequest): Route | undefined {
  const form = parseQueryForm(request)
  const action = form.get('Action') ?? ''
  const version = form.get('Version')
  if (version !== undefined) return table.byAction.get(`${version} ${action}`)
  // Without a version the first service that knows the action answers; no two served ones share a name.
  for (const [service, model] of models) {
    if (model.metadata.protocol === 'query' && findOperation(model, action) !== undefined) {
      return { service, operation: action, model }
    }
  }
  return undefined
}

function findByPath(table: RouteTable, request: WireRequest): Route | undefined {
  const candidates = table.byPath.get(canonicalPath(request.rawPath))?.filter(({ method }) => method === request.method)
  if (candidates === undefined || candidates.length === 0) return undefined
  if (candidates.every(({ fixedQuery }) => fixedQuery.length === 0)) return candidates[0]?.route
  const query = parseForm(request.rawQuery)
  return candidates.find(({ fixedQuery }) => fixedQuery.every(([name, value]) => query.get(name) === value))?.route
}

/** The methods that a REST path answers, each once; none when it is no path of ours. */
export function methodsAt(table: RouteTable, rawPath: string): readonly string[] {
  return [...new Set((table.byPath.get(canonicalPath(rawPath)) ?? []).map(({ method }) => method))]
}
