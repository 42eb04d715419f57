/** Every operation that is answered has cases: for its success, for a broken constraint, for each exception it can raise. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { findService } from '../../../packages/server/src/services/services.ts'
import { startTestServer, type TestServer } from '../../../packages/server/src/testing/test-server.ts'
import { getOperation, getShape, type ServiceModel } from '../../../packages/wire/src/model/service-model.ts'
import { type Case, type CaseService, readCases, SERVICES } from './case.ts'
import { leftOverReasons, raisableExceptions, reasonsFor, VALIDATION } from './exceptions.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const cases = new Map(readCases().map((file) => [`${file.service}:${file.operation}`, file.cases]))

const answered = () =>
  SERVICES.flatMap((service) => {
    const model = server.context.wire.models.get(service)
    if (!model) throw new Error(`${service} is not served`)
    return Object.keys(findService(service)?.audiences ?? {}).map((operation) => ({ service, model, operation }))
  })

const isConstrained = (model: ServiceModel, operation: string): boolean => {
  const input = getOperation(model, operation).input
  return input !== undefined && Object.keys(getShape(model, input.shape).members ?? {}).length > 0
}

const raises = (list: readonly Case[], error: string): boolean => list.some(({ answer }) => answer.error === error)

function missingOf(service: CaseService, model: ServiceModel, operation: string): string[] {
  const list = cases.get(`${service}:${operation}`) ?? []
  const missing = raisableExceptions(service, model, operation).filter((name) => !raises(list, name))
  if (!list.some(({ answer }) => answer.status === 200)) missing.push('success')
  if (isConstrained(model, operation) && !raises(list, VALIDATION[service])) missing.push(VALIDATION[service])
  const never = reasonsFor(service, operation)
  return [...new Set(missing)]
    .filter((name) => never[name] === undefined)
    .map((name) => `${service}:${operation} ${name}`)
}

test('no operation lacks a case', () => {
  expect(answered().flatMap(({ service, model, operation }) => missingOf(service, model, operation))).toEqual([])
})

test('there is no case of an operation that is not answered', () => {
  const known = new Set(answered().map(({ service, operation }) => `${service}:${operation}`))
  expect([...cases.keys()].filter((name) => !known.has(name))).toEqual([])
})

test('every case names its source', () => {
  for (const list of cases.values()) for (const { source } of list) expect(source).toMatch(/\S{3}/)
})

test('every reason why an exception is never raised is still needed', () => {
  for (const service of SERVICES) {
    const model = server.context.wire.models.get(service)
    if (model) expect(leftOverReasons(service, model)).toEqual([])
  }
})
