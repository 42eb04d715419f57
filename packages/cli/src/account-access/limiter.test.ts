/** Calls go out as fast as the service bears them, and not faster: with the clock in hand. */

import { minutes, seconds } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../machine/http.ts'
import { createTestMachine, jsonAnswer } from '../testing/test-machine.ts'
import { createLimiter, findWish, type LimiterOptions, withLimiter } from './limiter.ts'

const LATENCY = seconds(0.08)
const ROLES = 'https://portal.sso.us-east-1.amazonaws.com/assignment/roles'

interface Service {
  readonly clock: TestClock
  /** Milliseconds at which calls were sent. */
  readonly arrivals: number[]
  refused: number
  ask(url?: string): Promise<HttpResponse>
}

/** A portal that bears `most` calls in any second, behind a limiter. */
function createService(most: number, options: LimiterOptions = {}, answer = refuse): Service {
  const clock = new TestClock()
  const arrivals: number[] = []
  const machine = createTestMachine({
    clock,
    async answer() {
      const now = clock.now().getTime()
      arrivals.push(now)
      const inSecond = arrivals.filter((moment) => moment > now - 1000).length
      await clock.sleep(LATENCY)
      if (inSecond <= most) return jsonAnswer(200, {})
      service.refused += 1
      return answer(service)
    },
  })
  const limited = withLimiter(machine, createLimiter(clock, options))
  const service: Service = {
    clock,
    arrivals,
    refused: 0,
    ask: (url = ROLES) => limited.http.send({ method: 'GET', url, headers: {} }),
  }
  return service
}

const refuse = (_service: Service): HttpResponse => jsonAnswer(429, {}, 'TooManyRequestsException')

/** Asks so many times at once; answers the seconds that it took. */
async function askAll(service: Service, count: number): Promise<number> {
  const started = service.clock.now().getTime()
  let ended = Number.NaN
  const all = Promise.all(
    Array.from({ length: count }, async () => {
      expect((await service.ask()).status).toBe(200)
    }),
  ).then(() => {
    ended = service.clock.now().getTime()
  })
  for (let guard = 0; Number.isNaN(ended) && guard < 50_000; guard += 1) await service.clock.advance(seconds(0.1))
  await all
  return (ended - started) / 1000
}

const busiest = (arrivals: readonly number[], window = 1000): number =>
  Math.max(...arrivals.map((moment) => arrivals.filter((other) => other >= moment && other < moment + window).length))

test('a limit of twenty a second that is documented is used nearly whole, and never passed', async () => {
  const service = createService(20, { most: 20 })
  const taken = await askAll(service, 672)
  expect(service.refused).toBe(0)
  expect(busiest(service.arrivals)).toBeLessThanOrEqual(20)
  // Also when some arrive as much as fifty milliseconds late.
  expect(busiest(service.arrivals, 1050)).toBeLessThanOrEqual(20)
  expect(taken).toBeLessThan((672 / 20) * 1.1)
})

test('calls are spread over the second from the first on', async () => {
  const service = createService(20, { most: 20 })
  await askAll(service, 60)
  const gaps = service.arrivals.slice(1).map((moment, index) => moment - (service.arrivals[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(110)
})

test.each([3, 7, 12, 20])('a limit of %d a second is found with few calls too many', async (most) => {
  const service = createService(most)
  const taken = await askAll(service, 672)
  expect(service.arrivals.length).toBeLessThanOrEqual(672 * 1.05)
  expect(taken).toBeLessThan((672 / most) * 1.3)
})

test('a service that bears more is asked faster, little by little', async () => {
  const service = createService(1000)
  const taken = await askAll(service, 2000)
  expect(service.refused).toBe(0)
  expect(taken).toBeLessThan(60)
})

test('what a service asks for is kept to: Retry-After in seconds and as a date', async () => {
  const now = new Date('2030-01-01T00:00:00Z')
  const wish = (value: string) => findWish({ status: 429, headers: { 'retry-after': value }, body: '' }, now)
  expect([wish('7'), wish('Tue, 01 Jan 2030 00:00:09 GMT'), wish('soon'), wish('')]).toEqual([
    7000,
    9000,
    undefined,
    undefined,
  ])
  let isOver = false
  const service = createService(0, {}, ({ clock }) => {
    if (isOver) return jsonAnswer(200, {})
    isOver = true
    clock.now()
    return { status: 429, headers: { 'retry-after': '7' }, body: '' }
  })
  await askAll(service, 1)
  const [first = 0, second = 0] = service.arrivals
  expect(second - first).toBeGreaterThanOrEqual(7000)
  expect(second - first).toBeLessThan(8500)
})

test('a portal that refuses for minutes is told about as that, not as an ended session', async () => {
  const service = createService(0)
  const asked = service.ask().catch((error: unknown) => error)
  await service.clock.advance(minutes(30))
  expect(await asked).toMatchObject({ code: 'throttled', message: expect.stringContaining('too many') })
  expect(service.arrivals.length).toBe(10)
})

test('whatever is no portal is asked at once', async () => {
  const service = createService(1000)
  const asked = Promise.all(Array.from({ length: 50 }, () => service.ask('https://sts.amazonaws.com/')))
  await service.clock.advance(LATENCY)
  await asked
  expect(new Set(service.arrivals).size).toBe(1)
})

test('a clock that is set back or forward stops nobody', async () => {
  const service = createService(20, { most: 20 })
  await askAll(service, 30)
  service.clock.jump('2029-06-01T00:00:00Z')
  // What the portal has counted is counted by its own clock.
  service.arrivals.length = 0
  expect(await askAll(service, 30)).toBeLessThan(5)
  service.clock.jump('2031-01-01T00:00:00Z')
  expect(await askAll(service, 30)).toBeLessThan(5)
})

test('what may pass by itself is asked again in a turn of its own, and told about when it does not', async () => {
  const clock = new TestClock()
  const statuses = [503, 500, 200, 502, 502, 502, 502, 502]
  const asked: HttpRequest[] = []
  const machine = createTestMachine({
    clock,
    answer(request) {
      asked.push(request)
      return jsonAnswer(statuses.shift() ?? 200, {})
    },
  })
  const { http } = withLimiter(machine, createLimiter(clock))
  const first = http.send({ method: 'GET', url: ROLES, headers: {} })
  await clock.advance(seconds(20))
  expect([(await first).status, asked.length]).toEqual([200, 3])
  const second = http.send({ method: 'GET', url: ROLES, headers: {} })
  await clock.advance(seconds(60))
  expect([(await second).status, asked.length]).toEqual([502, 7])
})
