/** Hands a link with a secret in it to the browser without writing it on any command line. */

import { type Duration, seconds } from '@mayfly/identity-center/duration'
import { randomBase64Url } from '@mayfly/identity-center/random'
import type { Opening } from '../machine/browser.ts'
import type { Machine } from '../machine/machine.ts'
import type { WebAnswer } from '../machine/web-server.ts'

/** How long the browser may take to come for it. */
const PATIENCE: Duration = seconds(60)

/** The browser came for the link; no browser was opened; or one was, and never came. */
export type HandOver = { readonly is: 'taken' } | { readonly is: 'not-taken' } | Extract<Opening, { is: 'not-opened' }>

/**
 * Opens an address of this computer that leads on to `link`, once. Every process of this computer can read the browser's
 * command line, and another user's may be faster than the browser: to them it says nothing, where the system tells whose a
 * connection is.
 */
export async function handOver(machine: Machine, link: string): Promise<HandOver> {
  const path = `/${randomBase64Url(machine.random, 32)}`
  const taken = Promise.withResolvers<HandOver>()
  let isTaken = false
  const listener = await machine.webServer.listen(
    { host: '127.0.0.1', port: 0 },
    async ({ method, target, headers, findCaller }) => {
      const isRight = target === path && headers['host']?.[0] === `127.0.0.1:${listener.port}`
      if (!isRight || isTaken) return sayNothing
      // A browser that looks ahead (HEAD) or a checker of links does not use it up.
      if (method !== 'GET') return { ...sayNothing, status: 405 }
      if ((await findCaller()) === 'other' || isTaken) return sayNothing
      isTaken = true
      taken.resolve({ is: 'taken' })
      return { status: 303, headers: { ...PRIVATE, Location: link }, body: '' }
    },
  )
  const over = new AbortController()
  try {
    const opened = machine.browser.open(`http://127.0.0.1:${listener.port}${path}`, over.signal)
    const failed = opened.then((opening) => (opening.is === 'not-opened' ? opening : taken.promise))
    const waited = machine.clock.sleep(PATIENCE, over.signal).then(
      () => ({ is: 'not-taken' }) as const,
      () => ({ is: 'not-taken' }) as const,
    )
    return await Promise.race([taken.promise, failed, waited])
  } finally {
    over.abort()
    await listener.close()
  }
}

const PRIVATE = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }
const sayNothing: WebAnswer = { status: 404, headers: PRIVATE, body: '' }
