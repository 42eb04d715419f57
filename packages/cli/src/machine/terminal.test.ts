import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { renderScreen } from '../testing/rendered-screen.ts'
import { EndOfInput, Interrupted, NoTerminal } from './question.ts'
import { createTerminal } from './terminal.ts'

/** A terminal whose keys a test presses, and whose screen it reads as a person would see it. */
function openTerminal(columns = 80) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
  const output = Object.assign(new PassThrough(), { isTTY: true, columns })
  const error = new PassThrough()
  const terminal = createTerminal({ input, output, error, isForeground: () => true })
  let written = ''
  output.on('data', (chunk: Buffer) => {
    written += chunk.toString()
  })
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      input.write(key)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { terminal, press, input, screen: () => renderScreen(written, columns) }
}

const [UP, DOWN, LEFT, HOME] = ['\u001b[A', '\u001b[B', '\u001b[D', '\u001b[H'] as const

test('an answer is what was typed, without the blanks around it', async () => {
  const { terminal, press, screen } = openTerminal()
  const answer = terminal.ask({ prompt: 'SSO region [None]: ' })
  await press('  us-east-1 ', '\r')
  await expect(answer).resolves.toBe('us-east-1')
  expect(screen()).toBe('SSO region [None]:   us-east-1\n')
})

test('a line is edited with the keys that people know', async () => {
  const { terminal, press } = openTerminal()
  const answer = terminal.ask({ prompt: '> ' })
  await press('bcx', '\u007f', HOME, 'a', '\u0005', 'd', LEFT, LEFT, '-', '\r')
  await expect(answer).resolves.toBe('ab-cd')
})

test('a sequence that arrives in pieces is one key', async () => {
  const { terminal, press } = openTerminal()
  const answer = terminal.ask({ prompt: '> ' })
  await press('b', '\u001b', '[', 'D', 'a', '\r')
  await expect(answer).resolves.toBe('ab')
})

test('a pasted text with a line end does not answer the question by itself', async () => {
  const { terminal, press } = openTerminal()
  const answer = terminal.ask({ prompt: '> ' })
  await press('\u001b[200~https://a.example/start\n\u001b[201~', '\r')
  await expect(answer).resolves.toBe('https://a.example/start')
})

test('a refused answer keeps the line open, says why below it, and leaves no trace once it is right', async () => {
  const { terminal, press, screen } = openTerminal()
  const answer = terminal.ask({
    prompt: 'SSO region [None]: ',
    check: (text) => (text ? undefined : 'A value is required'),
  })
  await press('\r')
  expect(screen()).toBe('SSO region [None]:\nA value is required')
  await press('x', '\r')
  await expect(answer).resolves.toBe('x')
  expect(screen()).toBe('SSO region [None]: x\n')
})

test('Tab walks through what fits, and comes back to what was typed', async () => {
  const { terminal, press, screen } = openTerminal()
  const completions = [{ value: 'corp', about: 'eu-west-1' }, { value: 'corp-2' }, { value: 'home' }]
  const answer = terminal.ask({ prompt: '> ', completions })
  await press('co', '\t')
  expect(screen()).toBe('> corp\n  corp    eu-west-1\n  corp-2')
  await press('\t')
  expect(screen().split('\n')[0]).toBe('> corp-2')
  await press('\t')
  expect(screen().split('\n')[0]).toBe('> co')
  await press('\t', '\r')
  await expect(answer).resolves.toBe('corp')
})

test('a preview follows the answer and is gone after Enter', async () => {
  const { terminal, press, screen } = openTerminal()
  const preview = (answer: string) => (answer === 'corp' ? '{\n  "sso_region": "eu-west-1"\n}' : undefined)
  const answer = terminal.ask({ prompt: '> ', preview })
  await press('corp')
  expect(screen()).toBe('> corp\n{\n  "sso_region": "eu-west-1"\n}')
  await press('\r')
  await answer
  expect(screen()).toBe('> corp\n')
})

test('an answer longer than the terminal is wide wraps and can still be edited', async () => {
  const { terminal, press, screen } = openTerminal(20)
  const answer = terminal.ask({ prompt: 'SSO start URL: ' })
  await press('https://example.test/start', HOME, 'x', '\u007f', '\u0005', '\r')
  await expect(answer).resolves.toBe('https://example.test/start')
  expect(screen()).toBe('SSO start URL: https\n://example.test/star\nt\n')
})

test('the arrow keys move through a menu and around its ends; the menu is gone after Enter', async () => {
  const { terminal, press, screen } = openTerminal()
  const choice = terminal.choose(['Dev', 'Production', 'Staging'])
  await press('x')
  expect(screen()).toBe('> Dev\n  Production\n  Staging')
  await press(UP)
  expect(screen()).toBe('  Dev\n  Production\n> Staging')
  await press(DOWN, DOWN, '\r')
  await expect(choice).resolves.toBe(1)
  expect(screen()).toBe('')
})

test('a long menu shows ten rows and a scrollbar, and scrolls', async () => {
  const { terminal, press, screen } = openTerminal()
  const choice = terminal.choose(Array.from({ length: 30 }, (_, index) => `account ${index}`))
  await press(UP)
  const rows = screen().split('\n')
  expect(rows).toHaveLength(10)
  expect(rows[0]).toBe('  account 20 │')
  expect(rows[9]).toBe('> account 29 █')
  await press('\r')
  await expect(choice).resolves.toBe(29)
})

test('a row wider than the terminal is cut, so that the menu can be taken away whole', async () => {
  const { terminal, press, screen } = openTerminal(20)
  const choice = terminal.choose(['a'.repeat(50), 'b'.repeat(50)])
  await press(DOWN, '\r')
  await expect(choice).resolves.toBe(1)
  expect(screen()).toBe('')
})

test('Ctrl-C ends a question as interrupted, Ctrl-D as ended', async () => {
  const { terminal, press } = openTerminal()
  const asked = expect(terminal.ask({ prompt: '> ' })).rejects.toBeInstanceOf(Interrupted)
  await press('abc', '\u0003')
  await asked
  const chosen = expect(terminal.choose(['a', 'b'])).rejects.toBeInstanceOf(Interrupted)
  await press('\u0003')
  await chosen
  const ended = expect(terminal.ask({ prompt: '> ' })).rejects.toBeInstanceOf(EndOfInput)
  await press('\u0004')
  await ended
})

test('a terminal that goes away ends the question', async () => {
  const { terminal, input } = openTerminal()
  const asked = expect(terminal.ask({ prompt: '> ' })).rejects.toBeInstanceOf(EndOfInput)
  input.end()
  await asked
})

test('what is typed ahead answers the next question', async () => {
  const { terminal, press } = openTerminal()
  const first = terminal.ask({ prompt: '> ' })
  await press('one\rtwo\r')
  await expect(first).resolves.toBe('one')
  await expect(terminal.ask({ prompt: '> ' })).resolves.toBe('two')
})

test('nobody is asked when standard input is no terminal', async () => {
  const terminal = createTerminal({
    input: new PassThrough(),
    output: new PassThrough(),
    error: new PassThrough(),
    isForeground: () => true,
  })
  expect(terminal.interactive).toBe(false)
  await expect(terminal.ask({ prompt: '> ' })).rejects.toBeInstanceOf(NoTerminal)
})
