/** Lines that stand in the terminal while something is waited for, and a hidden line that may end the waiting. */

import type { Keyboard } from './keyboard.ts'
import { Interrupted } from './question.ts'
import { type Screen, textWidth } from './screen.ts'

/** What a person sees and may type meanwhile. */
export interface Waiting {
  /** Sentences above; each begins a line, and is broken between words. */
  readonly sentences: readonly string[]
  /** A line that can be typed or pasted; what is typed is counted, and never shown. */
  readonly question?: HiddenQuestion
}

export interface HiddenQuestion {
  /** With its blank at the end. */
  readonly prompt: string
  /** Decides on each Enter about all that was typed since the last complaint, line ends included. */
  take(text: string): Take
}

/** `taken` ends the waiting; `unfinished` waits for the next line; a complaint is shown, and what was typed forgotten. */
export type Take =
  | { readonly is: 'taken' }
  | { readonly is: 'unfinished' }
  | { readonly is: 'refused'; readonly sentence: string }

/** More than this is not kept of one answer. */
const MOST_TYPED = 65_536

/** Milliseconds for which the rest of a paste is swallowed, so that it does not reach the shell. */
const REST_OF_PASTE = 150

/** Where the reading and drawing happens. */
export interface WaitingPlace {
  readonly screen: Screen
  readonly openKeyboard: () => Keyboard
  /** Stops this process group as Ctrl-Z does; resolves when it goes on, with whether it is in front. */
  readonly suspend: () => Promise<boolean>
}

/** Resolves once an answer was taken. Takes what it drew away in any case. Rejects with Interrupted on Ctrl-C. */
export async function askHidden(
  sentences: readonly string[],
  question: HiddenQuestion,
  { screen, openKeyboard, suspend }: WaitingPlace,
  signal: AbortSignal,
): Promise<void> {
  let typed = ''
  let complaint: string | undefined
  let keyboard = openKeyboard()
  try {
    for (;;) {
      if (!keyboard.hasNext()) draw(screen, sentences, question, { typed, complaint })
      const key = await untilAborted(keyboard.read(), signal)
      if (key.type === 'interrupt') throw new Interrupted()
      // The terminal has gone away, or the person wants no more of this: what is waited for may still come.
      if (key.type === 'end-of-input') return await aborted(signal)
      if (key.type === 'suspend') {
        screen.clear()
        keyboard.close()
        if (!(await suspend())) return await aborted(signal)
        keyboard = openKeyboard()
      }
      if (key.type === 'text' && typed.length < MOST_TYPED) typed += key.text.slice(0, MOST_TYPED)
      if (key.type === 'backspace') typed = [...typed].slice(0, -1).join('')
      if (key.type === 'delete-to-start' || key.type === 'delete-word') typed = ''
      if (key.type !== 'enter') continue
      if (typed.trim() === '') {
        complaint = undefined
        continue
      }
      const take = question.take(typed)
      if (take.is === 'taken') {
        await swallow(keyboard)
        return
      }
      complaint = take.is === 'refused' ? take.sentence : undefined
      typed = take.is === 'unfinished' ? `${typed}\n` : ''
    }
  } finally {
    screen.clear()
    keyboard.close()
  }
}

/** Draws sentences until what is waited for has come. */
export async function standStill(sentences: readonly string[], screen: Screen, signal: AbortSignal): Promise<never> {
  const lines = sentences.flatMap((sentence) => foldWords(sentence, screen.columns))
  screen.draw(
    [...lines, ''].map((text) => ({ text })),
    0,
    lines.length,
  )
  try {
    return await aborted(signal)
  } finally {
    screen.clear()
  }
}

function draw(
  screen: Screen,
  sentences: readonly string[],
  { prompt }: HiddenQuestion,
  { typed, complaint }: { readonly typed: string; readonly complaint: string | undefined },
): void {
  const above = [...sentences, ...(complaint === undefined ? [] : [complaint])]
  const lines = above.flatMap((sentence) => foldWords(sentence, screen.columns))
  const count = [...typed.replaceAll('\n', '')].length
  const line = `${prompt}${count === 0 ? '' : count === 1 ? '(1 character)' : `(${count} characters)`}`
  screen.draw(
    [...lines, line].map((text) => ({ text })),
    [...line].length,
    lines.length,
  )
}

/** Rows of whole words, as far as they fit. */
export function foldWords(sentence: string, columns: number): readonly string[] {
  const rows: string[] = []
  for (const word of sentence.split(' ')) {
    const last = rows.at(-1)
    if (last !== undefined && textWidth(last) + 1 + textWidth(word) < columns) rows[rows.length - 1] = `${last} ${word}`
    else rows.push(word)
  }
  return rows
}

/** Reads on for a moment and forgets it: the lines behind the one that was enough. */
async function swallow(keyboard: Keyboard): Promise<void> {
  const over = AbortSignal.timeout(REST_OF_PASTE)
  for (;;) {
    const key = await untilAborted(keyboard.read(), over).catch(() => undefined)
    if (key === undefined || key.type === 'end-of-input') return
  }
}

/** Rejects with the signal's reason when it comes first. */
async function untilAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const give = (): void => reject(signal.reason)
  if (signal.aborted) give()
  signal.addEventListener('abort', give, { once: true })
  try {
    return await Promise.race([task, promise])
  } finally {
    signal.removeEventListener('abort', give)
  }
}

/** Never resolves. */
export const aborted = (signal: AbortSignal): Promise<never> =>
  untilAborted(new Promise<never>(() => undefined), signal)
