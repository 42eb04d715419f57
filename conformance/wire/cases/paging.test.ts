/** Every list, one item a page: the same items as in one page, each once, and no token behind the last (§1.4, §11). */

import { afterEach, expect, test } from 'vitest'
import { loadModel } from '../../../packages/wire/src/model/models.ts'
import { getOperation, getShape, type ServiceModel } from '../../../packages/wire/src/model/service-model.ts'
import { type Case, type CaseFile, type RecordedRequest, readCases } from './case.ts'
import { World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

/** More pages than any list of the cases has. */
const MOST_PAGES = 60

interface List extends CaseFile {
  readonly success: Case
  /** The member of the answer that holds the items. */
  readonly items: string
}

const models = new Map<string, ServiceModel>()
for (const { service } of readCases()) models.set(service, models.get(service) ?? (await loadModel(service)))

/** JSON lists whose page can be asked to have one item. */
function listOf(file: CaseFile): List | undefined {
  const model = models.get(file.service)
  const success = file.cases.find(({ answer, input }) => answer.status === 200 && input['NextToken'] === undefined)
  if (!model || !success?.request || !file.operation.startsWith('List')) return undefined
  const { input, output } = getOperation(model, file.operation)
  const { members: asked = {} } = getShape(model, input?.shape ?? '')
  if (asked['MaxResults'] === undefined || asked['NextToken'] === undefined) return undefined
  const { members: answered = {} } = getShape(model, output?.shape ?? '')
  const items = Object.keys(answered).find((name) => getShape(model, answered[name]?.shape ?? '').type === 'list')
  return items === undefined ? undefined : { ...file, success, items }
}

const lists = readCases().flatMap((file) => listOf(file) ?? [])

async function ask(
  { service, operation, success, items }: List,
  members: Readonly<Record<string, unknown>>,
): Promise<{ readonly page: readonly unknown[]; readonly token: unknown }> {
  const { body, ...rest } = success.request as RecordedRequest
  const request = { ...rest, body: JSON.stringify({ ...JSON.parse(body), MaxResults: undefined, ...members }) }
  const received = await (world as World).send({ service, operation, request }, 'administrator')
  expect(received.status, received.text).toBe(200)
  const answer = JSON.parse(received.text) as Record<string, unknown>
  expect(answer['NextToken'], 'absent, and not empty').not.toBe('')
  return { page: answer[items] as unknown[], token: answer['NextToken'] }
}

test.each(lists.map((list) => [`${list.service}:${list.operation}`, list] as const))('%s', async (_name, list) => {
  world = await World.start()
  for (const step of list.success.before ?? []) await world.make(list.service, step)
  const whole = await ask(list, {})
  expect(whole.token).toBeUndefined()
  const found: unknown[] = []
  let token: unknown
  for (let turn = 0; turn < MOST_PAGES; turn++) {
    const { page, token: next } = await ask(list, {
      MaxResults: 1,
      ...(token === undefined ? {} : { NextToken: token }),
    })
    expect(page.length).toBeLessThanOrEqual(1)
    expect(next, 'a token that comes twice stops clients').not.toBe(token ?? '')
    found.push(...page)
    token = next
    if (token === undefined) break
  }
  expect(token).toBeUndefined()
  expect(found).toEqual(whole.page)
})

test('that is every list with pages of a size', () => {
  expect(lists.length).toBeGreaterThan(30)
})
