/** Rows of the letters that secrets are made of, with escapes read as what they stand for. */

import type { Spelling, TextSpan } from './detected.ts'

export interface LetterRun {
  readonly span: TextSpan
  readonly value: string
  readonly spelling: Spelling
}

/** No secret, encoded or not, makes a shorter or a longer row. */
const [SHORTEST, LONGEST] = [40, 64]

/** Every row of 40 to 64 letters of `[A-Za-z0-9+/]`, in order. One look at each character. */
export function* readLetterRuns(text: string): Generator<LetterRun> {
  let run = { start: 0, count: 0, escapes: 0 }
  for (let at = 0; at <= text.length; ) {
    const code = text.charCodeAt(at)
    const unit = isLetter(code) ? LETTER : readEscape(text, at, code)
    if (unit.letter !== undefined) {
      if (run.count === 0) run.start = at
      run.count += 1
      if (unit !== LETTER) run.escapes += 1
      at += unit.length
      continue
    }
    if (run.count >= SHORTEST && run.count <= LONGEST) {
      const span = { start: run.start, end: at }
      yield run.escapes > 0
        ? { span, value: readLetters(text, span), spelling: 'escaped' }
        : { span, value: text.slice(span.start, span.end), spelling: 'plain' }
    }
    run = { start: 0, count: 0, escapes: 0 }
    at += unit.length
  }
}

interface Unit {
  /** The letter of a secret that it stands for; absent where it stands for anything else. */
  readonly letter?: string
  /** Characters that it takes. */
  readonly length: number
}

const LETTER: Unit = { letter: 'itself', length: 1 }
const OTHER: Unit = { length: 1 }

const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 47 && code <= 57) || code === 43

function readLetters(text: string, { start, end }: TextSpan): string {
  let letters = ''
  for (let at = start; at < end; ) {
    const code = text.charCodeAt(at)
    const { letter, length } = isLetter(code) ? { letter: text.charAt(at), length: 1 } : readEscape(text, at, code)
    letters += letter ?? ''
    at += length
  }
  return letters
}

/** What stands at `at`, where no letter stands. */
function readEscape(text: string, at: number, code: number): Unit {
  if (code === BACKSLASH) return readBackslashes(text, at)
  if (code === PERCENT) {
    const digits = text.slice(at + 1, at + 3)
    return /^[0-9A-Fa-f]{2}$/.test(digits) ? standsFor(Number.parseInt(digits, 16), 3) : OTHER
  }
  if (code === AMPERSAND) {
    const [whole = '', hex, decimal] =
      /^&(?:#x([0-9A-Fa-f]{1,4})|#([0-9]{1,5})|[a-z]{2,6});/.exec(text.slice(at, at + 9)) ?? []
    if (whole === '') return OTHER
    const named = { '&sol;': 47, '&plus;': 43 }[whole]
    return standsFor(hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : (named ?? 0), whole.length)
  }
  return OTHER
}

const [BACKSLASH, PERCENT, AMPERSAND] = [92, 37, 38]

/** `\/`, `\u002f`, `\x2f`, also where JSON in JSON doubles the backslash; of `\n` the n is no letter. */
function readBackslashes(text: string, at: number): Unit {
  let end = at
  while (text.charCodeAt(end) === BACKSLASH) end += 1
  const [after = ''] = /^(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrtbfv/+])/.exec(text.slice(end, end + 5)) ?? []
  const length = end - at + after.length
  if (after.length > 1) return standsFor(Number.parseInt(after.slice(1), 16), length)
  return after === '/' || after === '+' ? { letter: after, length } : { length }
}

const standsFor = (code: number, length: number): Unit =>
  isLetter(code) ? { letter: String.fromCharCode(code), length } : { length }
