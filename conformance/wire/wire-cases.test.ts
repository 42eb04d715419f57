/** The wire cases against the codec: routed, verified, read, written. */

import { readdirSync, readFileSync } from 'node:fs'
import { checkInput } from '@mayfly/wire/model/constraints'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { parseBasicIso8601 } from '@mayfly/wire/model/timestamp'
import { createWire, type WireRequest } from '@mayfly/wire/serve'
import { verifySignature } from '@mayfly/wire/signature-v4'
import { describe, expect, test } from 'vitest'

interface WireCase {
  readonly claim: string
  readonly observed: string
  readonly request: {
    readonly method: string
    readonly rawPath: string
    readonly rawQuery: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
  readonly signed?: { readonly secretAccessKey: string; readonly at: string }
  readonly input: Readonly<Record<string, unknown>>
  readonly output?: unknown
  readonly error?: { readonly name: string; readonly message: string; readonly statusCode?: number }
  readonly response: {
    readonly status: number
    readonly headers?: Readonly<Record<string, string>>
    readonly body: unknown
  }
}

const NOW = new Date('2026-11-21T01:40:00Z')
const REQUEST_ID = '6f1a2b3c-0000-4000-8000-000000000001'
const services = ['sso', 'sso-oidc', 'sts', 'signin'] as const
const wire = await createWire({ services })

const files = services.flatMap((service) =>
  readdirSync(new URL(`${service}/`, import.meta.url)).map((file) => ({ service, file })),
)

test('there are cases for every service', () => {
  expect(new Set(files.map(({ service }) => service))).toEqual(new Set(services))
})

describe.each(files)('$service/$file', ({ service, file }) => {
  const cases: readonly WireCase[] = JSON.parse(readFileSync(new URL(`${service}/${file}`, import.meta.url), 'utf8'))

  test.each(cases)('$claim ($observed)', async ({ request, signed, input, output, error, response }) => {
    const received: WireRequest = { ...request, body: Buffer.from(request.body) }
    if (signed !== undefined) {
      const at = parseBasicIso8601(signed.at)
      if (at === undefined) throw new Error(`${signed.at} is no time.`)
      expect(await verifySignature(received, () => signed, at)).toMatchObject({ verified: true, service: 'sts' })
    }
    const route = wire.route(received)
    expect(route).toMatchObject({ service, operation: file.replace('.json', '') })
    if (route === undefined) return
    expect(wire.readInput(route, received)).toEqual(input)
    expect(checkInput(route.model, route.operation, input)).toEqual([])
    const answer =
      error === undefined
        ? wire.writeOutput(route, output, REQUEST_ID, NOW)
        : wire.writeError(route, new ServiceException(error.name, error.message, statusOf(error)), REQUEST_ID, NOW)
    expect(answer).toMatchObject({ status: response.status, headers: response.headers ?? {} })
    expect(typeof response.body === 'string' ? answer.body : JSON.parse(answer.body)).toEqual(response.body)
  })
})

function statusOf({ statusCode }: { readonly statusCode?: number }): { statusCode?: number } {
  return statusCode === undefined ? {} : { statusCode }
}
