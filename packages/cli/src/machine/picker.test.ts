import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { renderScreen } from '../testing/rendered-screen.ts'
import type { Picker } from './picker.ts'
import { EndOfInput, Interrupted, NoTerminal } from './question.ts'
import { createTerminal } from './terminal.ts'

const NAMES = ['dev', 'prod-admin', 'prod-read', 'staging']

const pickerOf = (names: readonly string[], query?: string): Picker => ({
  title: 'Which profile?',
  total: names.length,
  ...(query !== undefined && { query }),
  filter: (typed) => names.flatMap((name, index) => (name.includes(typed) ? [index] : [])),
  row: (index, columns) => [{ text: (names[index] ?? '').slice(0, columns), colour: 'red' }],
})

/** A terminal whose keys a test presses, and whose second screen it reads. */
function openTerminal({ columns = 80, rows = 24, hasColours = false } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
  const output = new PassThrough()
  const error = Object.assign(new PassThrough(), { isTTY: true, columns, rows })
  const terminal = createTerminal({ input, output, error, isForeground: () => true, hasColours })
  let written = ''
  error.on('data', (chunk: Buffer) => {
    written += chunk.toString()
  })
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      input.write(key)
      await settle()
    }
  }
  /** What was drawn last. */
  const screen = (): string => {
    const drawn = written.slice(written.lastIndexOf('\u001b[H') + 3)
    return renderScreen(drawn.slice(0, drawn.indexOf('\u001b[J')).replaceAll('\u001b[K', ''), error.columns)
  }
  const resize = async (next: { columns: number; rows: number }): Promise<void> => {
    Object.assign(error, next)
    error.emit('resize')
    await settle()
  }
  return { terminal, press, screen, input, output, error, resize, settle, written: () => written }
}

const [UP, DOWN, PAGE_DOWN, END] = ['\u001b[A', '\u001b[B', '\u001b[6~', '\u001b[F'] as const

test('typing filters, the arrow keys move, Enter takes; the screen before comes back', async () => {
  const { terminal, press, screen, settle, written } = openTerminal()
  const choice = terminal.pick(pickerOf(NAMES))
  await settle()
  expect(screen().split('\n').slice(0, 6)).toEqual([
    'Which profile?',
    `> ${' '.repeat(74)}4/4`,
    '▌ dev',
    '  prod-admin',
    '  prod-read',
    '  staging',
  ])
  expect(screen()).toMatch(/Type to filter .* Esc leave$/)
  await press('prod', DOWN)
  expect(screen().split('\n').slice(1, 4)).toEqual([`> prod${' '.repeat(70)}2/4`, '  prod-admin', '▌ prod-read'])
  await press('\r')
  await expect(choice).resolves.toBe(2)
  expect(written().endsWith('\u001b[?1049l')).toBe(true)
})

test('the marked row goes around the ends, and a new filter marks the best', async () => {
  const { terminal, press } = openTerminal()
  const choice = terminal.pick(pickerOf(NAMES))
  await press(UP, '\u000e', '\u0010', 'p', '\r')
  await expect(choice).resolves.toBe(1)
})

test('a filter that nothing fits is told, Enter takes nothing, Backspace and Ctrl-U widen it again', async () => {
  const { terminal, press, screen } = openTerminal()
  const choice = terminal.pick(pickerOf(NAMES, 'xyz'))
  await press('\r', '\r')
  expect(screen()).toContain('Nothing fits.')
  await press('\u007f', '\u0015', DOWN, '\r')
  await expect(choice).resolves.toBe(1)
})

for (const [key, bytes] of [
  ['Esc', '\u001b'],
  ['Ctrl-C', '\u0003'],
] as const) {
  test(`${key} leaves without a choice`, async () => {
    const { terminal, press, written } = openTerminal()
    const choice = terminal.pick(pickerOf(NAMES))
    const refused = expect(choice).rejects.toThrow(Interrupted)
    await press(bytes)
    await refused
    expect(written().endsWith('\u001b[?1049l')).toBe(true)
  })
}

test('a terminal that goes away ends it', async () => {
  const { terminal, input } = openTerminal()
  const choice = terminal.pick(pickerOf(NAMES))
  input.end()
  await expect(choice).rejects.toThrow(EndOfInput)
})

test('two thousand rows scroll, and a page is what fits on the screen', async () => {
  const names = Array.from({ length: 2000 }, (_, index) => `profile-${index}`)
  const { terminal, press, screen } = openTerminal({ rows: 12 })
  const choice = terminal.pick(pickerOf(names))
  await press(PAGE_DOWN, PAGE_DOWN)
  expect(screen()).toContain('▌ profile-18')
  await press(END)
  expect(screen()).toContain('▌ profile-1999')
  await press('\r')
  await expect(choice).resolves.toBe(1999)
})

test('a terminal of twenty columns, or one that is made smaller, shows what fits', async () => {
  const { terminal, press, screen, resize, settle } = openTerminal()
  const choice = terminal.pick(pickerOf(['a-very-long-profile-name-of-a-large-company']))
  await settle()
  await resize({ columns: 20, rows: 5 })
  expect(screen().split('\n')).toEqual(['Which profile?', '>               1/1', '▌ a-very-long-profil'.slice(0, 19)])
  await press('company', '\r')
  await expect(choice).resolves.toBe(0)
})

test('without colours the marked row is still bold, and nothing else is styled', async () => {
  const { terminal, press, settle, written } = openTerminal({ hasColours: false })
  const choice = terminal.pick(pickerOf(['dev', 'prod']))
  await settle()
  const drawn = written()
  await press('\r')
  await choice
  expect(drawn).toContain('\u001b[1mdev\u001b[0m')
  expect(drawn).not.toContain('\u001b[31m')
})

test('standard output takes no part', async () => {
  const { terminal, press, output } = openTerminal()
  const choice = terminal.pick(pickerOf(NAMES))
  await press('\r')
  await choice
  expect(output.read()).toBeNull()
})

test('where standard error is no terminal nobody is asked', async () => {
  const { error, input } = openTerminal()
  const silent = createTerminal({ input, output: error, error: new PassThrough(), isForeground: () => true })
  await expect(silent.pick(pickerOf(NAMES))).rejects.toThrow(NoTerminal)
})

test('a name with escapes in it is drawn without them', async () => {
  const { terminal, press, settle, written } = openTerminal()
  const choice = terminal.pick(pickerOf(['dev\u001b]0;title\u0007']))
  await settle()
  await press('\r')
  await choice
  expect(written()).toContain('dev]0;title')
  expect(written()).not.toContain('\u001b]0')
})
