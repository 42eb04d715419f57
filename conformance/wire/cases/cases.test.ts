/** The wire cases of the administrative services: the bytes of AWS's clients, replayed against the server. */

import { afterEach, describe, expect, test } from 'vitest'
import { readCases } from './case.ts'
import { sdkRequest } from './sdk-request.ts'
import { differences, World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const files = readCases()

describe.each(files)('$service/$operation', ({ service, operation, cases }) => {
  test.each(cases)('$claim', async ({ as = 'administrator', before, request, answer }) => {
    if (!request) throw new Error('node conformance/wire/cases/record.ts has not been run')
    world = await World.start()
    for (const step of before ?? []) await world.make(service, step)
    const received = await world.send({ service, operation, request }, as)
    expect(differences(world.fill(answer), received)).toEqual([])
  })

  test('the requests are those that the AWS SDK makes of the inputs', async () => {
    for (const { input, request, before } of cases) {
      expect(request).toEqual(await sdkRequest(service, operation, input))
      for (const step of before ?? []) {
        if (step.operation.startsWith('@')) continue
        expect(step.request).toEqual(await sdkRequest(step.service ?? service, step.operation, step.input))
      }
    }
  })
})
