/** Keys, from the bytes that a terminal in raw mode sends. */

import { StringDecoder } from 'node:string_decoder'

export type NamedKey =
  | 'enter'
  | 'tab'
  | 'back-tab'
  | 'backspace'
  | 'delete'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'home'
  | 'end'
  | 'page-up'
  | 'page-down'
  | 'escape'
  | 'interrupt'
  | 'end-of-input'
  | 'suspend'
  | 'delete-word'
  | 'delete-to-start'
  | 'delete-to-end'

export type Key = { readonly type: NamedKey } | { readonly type: 'text'; readonly text: string }

export interface Keyboard {
  /** The next key; `end-of-input` when the terminal has gone away. */
  read(): Promise<Key>
  /** Whether a key has come already: there is no need to draw before it is read. */
  hasNext(): boolean
  /** Gives the terminal back to the shell. Keys typed ahead stay for the next question. */
  close(): void
}

const CONTROLS: ReadonlyMap<string, NamedKey> = new Map([
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
  ['\x7f', 'backspace'],
  ['\b', 'backspace'],
  ['\x01', 'home'],
  ['\x02', 'left'],
  ['\x03', 'interrupt'],
  ['\x04', 'end-of-input'],
  ['\x05', 'end'],
  ['\x06', 'right'],
  ['\x0b', 'delete-to-end'],
  ['\x0e', 'down'],
  ['\x10', 'up'],
  ['\x15', 'delete-to-start'],
  ['\x17', 'delete-word'],
  ['\x1a', 'suspend'],
])

/** What follows ESC: the CSI and SS3 forms of xterm, VT220 and the Linux console. */
const SEQUENCES: ReadonlyMap<string, NamedKey> = new Map([
  ['[A', 'up'],
  ['[B', 'down'],
  ['[C', 'right'],
  ['[D', 'left'],
  ['OA', 'up'],
  ['OB', 'down'],
  ['OC', 'right'],
  ['OD', 'left'],
  ['[H', 'home'],
  ['[F', 'end'],
  ['OH', 'home'],
  ['OF', 'end'],
  ['[1~', 'home'],
  ['[4~', 'end'],
  ['[7~', 'home'],
  ['[8~', 'end'],
  ['[3~', 'delete'],
  ['[5~', 'page-up'],
  ['[6~', 'page-down'],
  ['[Z', 'back-tab'],
])

const ESC = '\x1b'
const PASTE_START = `${ESC}[200~`
const PASTE_END = `${ESC}[201~`

/** The keys in `text`, and what is left because its end has not come yet. */
function parseKeys(text: string): { readonly keys: readonly Key[]; readonly rest: string } {
  const keys: Key[] = []
  let rest = text
  while (rest !== '') {
    const next = rest.startsWith(ESC) ? parseSequence(rest) : (parseRun(rest) ?? parseControl(rest))
    if (next === 'unfinished') return { keys, rest }
    if (next.key) keys.push(next.key)
    rest = rest.slice(next.length)
  }
  return { keys, rest }
}

interface ParsedKey {
  readonly length: number
  readonly key?: Key
}

/** Characters that came together are one key, as a paste is: it may be a megabyte. */
function parseRun(text: string): ParsedKey | undefined {
  const run = /^\P{Cc}+/u.exec(text)?.[0]
  return run === undefined ? undefined : { length: run.length, key: { type: 'text', text: run } }
}

function parseControl(text: string): ParsedKey {
  const control = CONTROLS.get(text[0] ?? '')
  return control ? { length: 1, key: { type: control } } : { length: 1 }
}

function parseSequence(text: string): ParsedKey | 'unfinished' {
  if (text.startsWith(PASTE_START)) {
    const end = text.indexOf(PASTE_END)
    // A paste that never ends must not swallow Ctrl-C.
    if (end < 0 && text.includes('\x03')) return { length: text.lastIndexOf('\x03') + 1, key: { type: 'interrupt' } }
    if (end < 0) return 'unfinished'
    const pasted = printable(text.slice(PASTE_START.length, end))
    return { length: end + PASTE_END.length, ...(pasted ? { key: { type: 'text', text: pasted } as const } : {}) }
  }
  const behind = text.slice(ESC.length)
  const sequence = /^(?:\[[0-9;?]*[@-~]|O[@-~])/.exec(behind)?.[0]
  if (sequence) {
    const type = SEQUENCES.get(sequence)
    return { length: ESC.length + sequence.length, ...(type ? { key: { type } } : {}) }
  }
  // Anything else is Alt with a key, which nothing here wants.
  return /^(?:\[[0-9;?]*|O)?$/.test(behind) ? 'unfinished' : { length: 2 }
}

/** Without line ends and other control characters: an answer is one line. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '')

export type KeyStream = NodeJS.ReadableStream & {
  setRawMode?(raw: boolean): unknown
  ref?(): unknown
  unref?(): unknown
}

/** Keeps what was typed ahead from one question to the next. */
export interface TypedAhead {
  keys: Key[]
}

/** Milliseconds after which a lone ESC is the key itself and not the start of a sequence. */
const ESCAPE_PAUSE = 100

/** Puts the terminal into raw mode and reads keys until closed. */
export function openKeyboard(input: KeyStream, ahead: TypedAhead): Keyboard {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let ended = false
  let wake: (() => void) | undefined
  let lone: NodeJS.Timeout | undefined
  const take = (text: string): void => {
    const parsed = parseKeys(rest + text)
    ahead.keys.push(...parsed.keys)
    rest = parsed.rest
    clearTimeout(lone)
    if (rest === ESC) {
      lone = setTimeout(() => {
        rest = ''
        ahead.keys.push({ type: 'escape' })
        wake?.()
      }, ESCAPE_PAUSE)
    }
    wake?.()
  }
  const onData = (chunk: Buffer | string): void => take(typeof chunk === 'string' ? chunk : decoder.write(chunk))
  const onEnd = (): void => {
    ended = true
    wake?.()
  }
  input.ref?.()
  input.setRawMode?.(true)
  input.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onEnd)
  input.resume()
  return {
    async read() {
      for (;;) {
        const key = ahead.keys.shift()
        if (key) return key
        if (ended) return { type: 'end-of-input' }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    hasNext: () => ahead.keys.length > 0,
    close() {
      clearTimeout(lone)
      input.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onEnd)
      input.pause()
      input.setRawMode?.(false)
      // A paused stream may begin to read again when more was typed; the process is not to wait for that.
      input.unref?.()
    },
  }
}
