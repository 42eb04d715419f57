/** Lets calls to one service through at the pace that it bears. One limiter is shared by all who ask it. */

import type { Clock } from '@mayfly/identity-center/clock'
import { type Duration, milliseconds, seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Http, HttpResponse } from '../machine/http.ts'
import type { Machine } from '../machine/machine.ts'
import { Pace, type PaceOptions } from './pace.ts'

export interface Limiter {
  /** Resolves when a call may be sent. Whoever has the turn says how the call ended. */
  take(): Promise<Turn>
  readonly figures: LimiterFigures
}

/** A call that was let through. */
export interface Turn {
  /** An answer has come; or none has. */
  end(): void
  /** The service refused the call for its rate. `wish`: how long it asked to wait. */
  refuse(wish: Duration | undefined): void
}

export interface LimiterFigures {
  readonly sent: number
  /** How many of those were refused for their rate. */
  readonly throttled: number
  /** Calls a second, now. */
  readonly rate: number
}

export interface LimiterOptions extends PaceOptions {
  /** Calls under way at once; 32 when not said. */
  readonly mostAtOnce?: number
}

export function createLimiter(clock: Clock, { mostAtOnce = 32, ...options }: LimiterOptions = {}): Limiter {
  const pace = new Pace(options)
  const waiting: ((turn: Turn) => void)[] = []
  let [sent, throttled, underWay] = [0, 0, 0]
  let isPumping = false

  const now = (): number => clock.now().getTime()

  async function pump(): Promise<void> {
    if (isPumping) return
    isPumping = true
    while (waiting.length > 0 && underWay < mostAtOnce) {
      const wait = pace.waitAt(now())
      // In parts: the clock may be set, and the computer sleep.
      if (wait > 0) await clock.sleep(milliseconds(Math.min(wait, seconds(1))))
      else letThrough()
    }
    isPumping = false
  }

  function letThrough(): void {
    const sentAt = now()
    pace.send(sentAt)
    sent += 1
    underWay += 1
    const over = (tell: () => void): void => {
      underWay -= 1
      tell()
      void pump()
    }
    waiting.shift()?.({
      end: () => over(() => pace.answer(sentAt, now(), waiting.length > 0)),
      refuse: (wish) =>
        over(() => {
          throttled += 1
          pace.refuse(sentAt, now(), wish)
        }),
    })
  }

  return {
    take: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        void pump()
      }),
    get figures() {
      return { sent, throttled, rate: pace.rate }
    },
  }
}

/** How often a call is sent again that had no answer, or one that may pass by itself. */
const ATTEMPTS = 4
/** How often a call is sent again that was refused for its rate; by then minutes have gone. */
const PATIENCE = 10

/** Which calls are held up, and who answers them. */
export interface LimitedService {
  readonly urls: RegExp
  /** `The access portal`, at the beginning of a sentence. */
  readonly name: string
}

/** The portal's operations: what signs in, and whatever else a command asks, is not held up. */
const PORTAL: LimitedService = { urls: /\/(assignment|federation)\//, name: 'The access portal' }

/**
 * The machine, with the limiter before all that it asks a service (an access portal when not said). What the service
 * refuses for its rate, and what may pass by itself, is sent again in a turn of its own: no caller sees a 429 before the
 * patience ends (`throttled`).
 */
export function withLimiter<Kind extends Machine>(machine: Kind, limiter: Limiter, service = PORTAL): Kind {
  const send: Http['send'] = async (request, settings = {}) => {
    if (!service.urls.test(request.url)) return machine.http.send(request, settings)
    for (let [failures, refusals] = [0, 0]; ; ) {
      const turn = await limiter.take()
      let response: HttpResponse
      try {
        response = await machine.http.send(request, { ...settings, attempts: 1 })
      } catch (error) {
        turn.end()
        failures += 1
        if (failures >= (settings.attempts ?? ATTEMPTS)) throw error
        await machine.clock.sleep(milliseconds(500 * 2 ** failures))
        continue
      }
      if (isThrottled(response)) {
        turn.refuse(findWish(response, machine.clock.now()))
        refusals += 1
        if (refusals < PATIENCE) continue
        throw new Refusal('throttled', `${service.name} refuses every call for now: there were too many.`, {
          hint: 'Others may be asking it too. Run it again in some minutes: it goes on where it was.',
        })
      }
      turn.end()
      if (response.status < 500 || response.status === 501) return response
      failures += 1
      if (failures >= (settings.attempts ?? ATTEMPTS)) return response
      await machine.clock.sleep(milliseconds(500 * 2 ** failures))
    }
  }
  return { ...machine, http: { send } }
}

/** True for 429, and for an exception of that name with another status: IAM and STS say it in XML, under 400. */
const isThrottled = ({ status, headers, body }: HttpResponse): boolean =>
  status === 429 ||
  /TooManyRequests|Throttl|SlowDown/.test(headers['x-amzn-errortype'] ?? '') ||
  (status >= 400 && /<Code>\s*(?:Throttl|RequestLimitExceeded|TooManyRequests|SlowDown)/.test(body.slice(0, 4096)))

/** Retry-After, in seconds or as a date (RFC 9110 §10.2.3). */
export function findWish({ headers }: HttpResponse, now: Date): Duration | undefined {
  const text = headers['retry-after']?.trim()
  if (!text) return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return seconds(Number(text))
  const moment = Date.parse(text)
  return Number.isNaN(moment) ? undefined : milliseconds(Math.max(0, moment - now.getTime()))
}
