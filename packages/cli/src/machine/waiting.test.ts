import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { renderScreen } from '../testing/rendered-screen.ts'
import { Interrupted } from './question.ts'
import { createTerminal } from './terminal.ts'
import { foldWords, type Take } from './waiting.ts'

/** A terminal in which something is waited for; `accepts` is the answer that ends it. */
function wait({ accepts = 'yes', isForeground = true, isTTY = true } = {}) {
  const raw: boolean[] = []
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: (on: boolean) => void raw.push(on) })
  const error = Object.assign(new PassThrough(), { isTTY, columns: 60 })
  const terminal = createTerminal({ input, output: new PassThrough(), error, isForeground: () => isForeground })
  let written = ''
  error.on('data', (chunk: Buffer) => {
    written += chunk.toString()
  })
  const taken: string[] = []
  const take = (typed: string): Take => {
    taken.push(typed)
    if (typed.replaceAll('\n', '') === accepts) return { is: 'taken' }
    return accepts.startsWith(typed.replaceAll('\n', ''))
      ? { is: 'unfinished' }
      : { is: 'refused', sentence: 'That is not it.' }
  }
  const done = new AbortController()
  const sentences = ['Sign in with the browser, then paste the address at which it ended.']
  const outcome = terminal.wait({ sentences, question: { prompt: 'Address (hidden): ', take } }, done.signal)
  outcome.catch(() => undefined)
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      input.write(key)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  return {
    terminal,
    outcome,
    press,
    done,
    taken,
    raw,
    input,
    screen: () => renderScreen(written, 60),
    written: () => written,
  }
}

const SENTENCES = 'Sign in with the browser, then paste the address at which\nit ended.\n'

test('what is typed is counted, never shown, and everything is gone once it was taken', async () => {
  const { outcome, press, screen, written, raw } = wait()
  await press('y', 'es')
  expect(screen()).toBe(`${SENTENCES}Address (hidden): (3 characters)`)
  await press('\r')
  await outcome
  expect(screen()).toBe('')
  expect(written()).not.toContain('yes')
  expect(raw).toEqual([true, false])
})

test('a paste is marked by the terminal, and its line ends do not answer', async () => {
  const { outcome, press, taken, written } = wait({ accepts: 'https://a.example/x' })
  await press('\u001b[200~https://a.example\n/x\n\u001b[201~')
  expect(taken).toEqual([])
  await press('\r')
  await outcome
  expect(written()).toContain('\u001b[?2004h')
  expect(written().lastIndexOf('\u001b[?2004l')).toBeGreaterThan(written().lastIndexOf('\u001b[?2004h'))
})

test('where pastes are not marked, lines are put together until they are an answer', async () => {
  const { outcome, press, taken } = wait({ accepts: 'yes' })
  await press('y\re\rs\r')
  await outcome
  expect(taken.at(-1)).toBe('y\ne\ns')
})

test('the lines behind an answer do not reach the shell', async () => {
  const { outcome, press, input } = wait()
  await press('yes\rrm -rf /\r')
  await outcome
  expect(input.read()).toBe(null)
})

test('a wrong answer is told about, and forgotten', async () => {
  const { outcome, press, screen } = wait()
  await press('no', '\r')
  expect(screen()).toBe(`${SENTENCES}That is not it.\nAddress (hidden):`)
  await press('\r')
  expect(screen()).toBe(`${SENTENCES}Address (hidden):`)
  await press('yes\r')
  await outcome
})

test('what is waited for comes first: everything is gone and the terminal is as it was', async () => {
  const { outcome, press, done, screen, raw, input } = wait()
  await press('ye')
  done.abort(new Error('came'))
  await expect(outcome).rejects.toThrow('came')
  expect(screen()).toBe('')
  expect(raw).toEqual([true, false])
  expect(input.isPaused()).toBe(true)
})

test('Ctrl-C ends it, also in the middle of a paste that never ends', async () => {
  for (const keys of ['\u0003', '\u001b[200~endless\u0003']) {
    const { outcome, press, raw } = wait()
    await press(keys)
    await expect(outcome).rejects.toBeInstanceOf(Interrupted)
    expect(raw).toEqual([true, false])
  }
})

test('Ctrl-D, or a terminal that has gone away, ends the question and not the waiting', async () => {
  const { outcome, press, done, screen } = wait()
  await press('\u0004')
  expect(screen()).toBe(`${SENTENCES}Address (hidden):`)
  done.abort(new Error('came'))
  await expect(outcome).rejects.toThrow('came')
  expect(screen()).toBe('')
})

test('a megabyte of control characters does no harm', async () => {
  const { outcome, press, screen } = wait()
  await press(`\u001b[2J\u0007\u0000${'\u001b]0;x\u0007'.repeat(10)}`, 'z'.repeat(1_000_000), '\r')
  await expect.poll(screen).toBe(`${SENTENCES}That is not it.\nAddress (hidden):`)
  await press('yes\r')
  await outcome
})

test('behind the shell, or without a terminal, nothing is read and nothing drawn', async () => {
  for (const place of [{ isForeground: false }, { isTTY: false }]) {
    const { outcome, press, done, written, raw, taken } = wait(place)
    await press('yes\r')
    done.abort(new Error('came'))
    await expect(outcome).rejects.toThrow('came')
    expect([written(), raw, taken]).toEqual(['', [], []])
  }
})

test('sentences are broken between words', () => {
  expect(foldWords('one two three', 8)).toEqual(['one two', 'three'])
  expect(foldWords('https://an.address.that.is.long', 8)).toEqual(['https://an.address.that.is.long'])
})
