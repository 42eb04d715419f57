import { seconds } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import type { Opening } from '../machine/browser.ts'
import { aborted, type Take, type Waiting } from '../machine/waiting.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { DEVICE } from '../testing/test-oidc.ts'
import { formatOrigin, waitByHand } from './by-hand.ts'
import type { SignInPage } from './shown-page.ts'

const redirectUri = 'http://127.0.0.1:40000/oauth/callback'
const page: SignInPage = { grant: 'authorization_code', url: 'https://id.example/authorize', redirectUri, state: 'st' }
const device: SignInPage = { grant: 'device_code', ...DEVICE }

/** Somebody at a terminal while a browser is away. */
function attend(
  opening: Opening | 'none' | 'slow',
  { at = page, interactive = true, watched = true, address = 'https://id.example/a' } = {},
) {
  const clock = new TestClock('2026-11-21T01:30:00Z')
  const memory = createTestMachine({ clock })
  const shown: Waiting[] = []
  const answered = Promise.withResolvers<void>()
  const machine = {
    ...memory,
    terminal: {
      ...memory.terminal,
      interactive,
      watched,
      async wait(waiting: Waiting, signal: AbortSignal) {
        shown.push(waiting)
        await Promise.race([answered.promise, aborted(signal)])
      },
    },
  }
  const over = new AbortController()
  const promise =
    opening === 'none'
      ? undefined
      : opening === 'slow'
        ? new Promise<Opening>(() => undefined)
        : Promise.resolve(opening)
  const outcome = waitByHand(machine, at, { address, opening: promise, signal: over.signal })
  outcome.catch(() => undefined)
  const type = (text: string): Take | undefined => {
    const take = shown[0]?.question?.take(text)
    if (take?.is === 'taken') answered.resolve()
    return take
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20))
  const appeared = () => expect.poll(() => shown.length).toBe(1)
  return { outcome, shown, type, over, clock, settled, appeared, stderr: memory.stderr }
}

const failed: Opening = { is: 'not-opened', place: 'ssh', tried: [{ file: 'xdg-open', reason: 'ended with 3' }] }

test('where no browser opens, what was tried and how to go on is said at once', async () => {
  const { shown, appeared } = attend(failed)
  await appeared()
  expect(shown[0]?.sentences).toEqual([
    'No browser could be opened behind SSH: xdg-open ended with 3.',
    expect.stringContaining('copy the address of that page and paste it here'),
  ])
})

test('a browser that was opened is waited for in silence, then the other way is told', async () => {
  for (const opening of ['slow', { is: 'opened', by: 'xdg-open' }] as const) {
    const { shown, clock, settled, appeared } = attend(opening)
    await settled()
    expect(shown).toEqual([])
    await clock.advance(seconds(5))
    await appeared()
    expect(shown[0]?.sentences).toHaveLength(1)
  }
})

test('a pasted address is what the browser would have brought', async () => {
  const { outcome, type, appeared } = attend('none')
  await appeared()
  expect(type('nonsense')).toMatchObject({ is: 'refused' })
  expect(type(`${redirectUri}?code=abc&state=other`)).toMatchObject({ is: 'refused' })
  expect(type(`${redirectUri}?code=abc`)).toEqual({ is: 'unfinished' })
  expect(type(`${redirectUri}?code=abc&state=st`)).toEqual({ is: 'taken' })
  await expect(outcome).resolves.toEqual({ is: 'callback', callback: { answer: 'code', code: 'abc' } })
})

test('the word code asks for a code, and nothing else does', async () => {
  const { outcome, type, appeared } = attend(failed)
  await appeared()
  expect(type(' Code \n')).toEqual({ is: 'taken' })
  await expect(outcome).resolves.toEqual({ is: 'wants a code' })
})

test('with a code, who started it, when and where stands there while it is waited for', async () => {
  const { shown, appeared } = attend('none', { at: device })
  await appeared()
  expect(shown[0]?.question).toBe(undefined)
  expect(shown[0]?.sentences.join()).toMatch(
    /Started by alice@laptop at \d\d:\d\d\. Do not approve a code that somebody sent you/,
  )
})

test('names of the computer cannot move the cursor', () => {
  const computer = { userName: () => 'a\u001b[2J', hostName: () => 'b\r\n' }
  expect(formatOrigin({ clock: new TestClock('2026-11-21T01:30:00Z'), computer })).toContain('a[2J@b at')
})

test('a QR code is drawn where no browser opens, and not where nobody asked for one', async () => {
  const small = attend(failed)
  await small.appeared()
  const rows = small.stderr().split('\n')
  expect(rows.length).toBeGreaterThan(10)
  expect(rows[0]).toContain('█')
  const asked = attend('none')
  await asked.appeared()
  expect(asked.stderr()).toBe('')
})

test('a QR code that does not fit into the terminal is left out', async () => {
  const { stderr, appeared } = attend(failed, { address: `https://id.example/${'a'.repeat(900)}` })
  await appeared()
  expect(stderr()).toBe('')
})

test('without anybody watching nothing is drawn and nothing read', async () => {
  const { shown, stderr, settled, over, outcome } = attend(failed, { watched: false })
  await settled()
  expect([shown, stderr()]).toEqual([[], ''])
  over.abort(new Error('over'))
  await expect(outcome).rejects.toThrow('over')
})
