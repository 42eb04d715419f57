/** What of a text may be a part of a key: ids, ids that are none of ours, and what may be a secret, in their order. */

import type { Spelling, TextSpan } from './detected.ts'
import { judgeKeyId, type KeyIdForm } from './key-id-form.ts'
import { type LetterRun, readLetterRuns } from './letter-runs.ts'
import { isSecretForm, SECRET_LENGTH } from './secret-form.ts'
import { findValueName, type ValueName } from './value-name.ts'

interface Stretch {
  readonly value: string
  readonly span: TextSpan
  readonly spelling: Spelling
}

interface IdStretch extends Stretch {
  readonly type: 'id'
  /** `none` is an id that is no long-term key: it keeps the secret that belongs to it from being one. */
  readonly form: KeyIdForm
}

interface SecretStretch extends Stretch {
  readonly type: 'secret'
}

interface Named {
  readonly name: ValueName
}

export type IdEvent = IdStretch & Named
export type SecretEvent = SecretStretch & Named
export type KeyEvent = IdEvent | SecretEvent

/** In the order in which they stand. */
export function listKeyEvents(text: string): readonly KeyEvent[] {
  const found = [...listIds(text), ...listNamedIds(text), ...listSecrets(text)]
  let former: KeyEvent | undefined
  return found
    .sort((one, other) => one.span.start - other.span.start)
    .map((stretch) => {
      const end = former?.span.end ?? 0
      const own = findValueName(text, stretch.span.start, end)
      // The second of a list is named by what names the list.
      const isListed =
        own.text === '' && former?.type === stretch.type && isListSeparator(text, end, stretch.span.start)
      former = { ...stretch, name: isListed && former ? former.name : own }
      return former
    })
}

const isListSeparator = (text: string, start: number, end: number): boolean =>
  end - start < 80 && /^["'`]?\s*,\s*["'`]?$/.test(text.slice(start, end))

function* listIds(text: string): Generator<IdStretch> {
  for (const { 0: value, index: start } of text.matchAll(/A(?:KI|SI)A[A-Z0-9]{12,28}/g)) {
    const end = start + value.length
    if (isInWord(text, start, end)) continue
    const form = /^AKIA[A-Z2-7]{16}$/.test(value) ? judgeKeyId(value) : 'none'
    yield { type: 'id', form, value, span: { start, end }, spelling: 'plain' }
  }
  // In base64, with or without a line break behind it: 27 or 28 letters.
  for (const { 0: encoded, index: start } of text.matchAll(/QUtJQ[A-Za-z0-9+/]{22,23}/g)) {
    const value = decode(encoded)
    const end = start + encoded.length
    if (!/^AKIA[A-Z2-7]{16}$/.test(value) || isInWord(text, start, end)) continue
    yield { type: 'id', form: judgeKeyId(value), value, span: { start, end }, spelling: 'base64' }
  }
}

const decode = (encoded: string): string =>
  Buffer.from(encoded, 'base64')
    .toString('latin1')
    .replace(/\r?\n$/, '')

/** What may end right before an id: an escape of JSON or a URL, a colour of a terminal. */
const ESCAPE_BEFORE = new RegExp(
  `(?:\\\\[nrtbfv]|\\\\u[0-9a-f]{4}|\\\\x[0-9a-f]{2}|%[0-9a-f]{2}|${String.fromCharCode(27)}\\[[0-9;]{0,8}m)$`,
  'i',
)

/** Letters or digits stand around it, and are no part of an escape. */
const isInWord = (text: string, start: number, end: number): boolean =>
  isWordAt(text, end) || (isWordAt(text, start - 1) && !ESCAPE_BEFORE.test(text.slice(Math.max(0, start - 12), start)))

const isWordAt = (text: string, at: number): boolean => /^[A-Za-z0-9]$/.test(text.charAt(at))

/** What a name says is an access key id, of whatever vendor. */
const NAMED_ID =
  /(?<!secret[\s_.-]?)access[\s_.-]?(?:key(?:[\s_.-]?id)?|id)["'\]\s]{0,4}(?:=>|[:=>\s])[\s"']{0,4}([A-Za-z0-9_-]{16,128})(?![A-Za-z0-9.$({[/+])/gi

function* listNamedIds(text: string): Generator<IdStretch> {
  for (const { 0: whole, 1: value = '', index } of text.matchAll(NAMED_ID)) {
    // AWS's own are listed by their form; a name that is followed by another one has no value.
    if (/^A[KS]IA|^QUtJQ|secret|access/i.test(value) || (value.length === SECRET_LENGTH && isSecretForm(value)))
      continue
    const end = index + whole.length
    yield { type: 'id', form: 'none', value, span: { start: end - value.length, end }, spelling: 'plain' }
  }
}

function* listSecrets(text: string): Generator<SecretStretch> {
  for (const run of readLetterRuns(text)) {
    const secret = findSecret(run)
    if (secret && !isInToken(text, secret.span)) yield { type: 'secret', ...secret }
  }
}

function findSecret({ value, span, spelling }: LetterRun): Stretch | undefined {
  if (value.length === SECRET_LENGTH) return isSecretForm(value) ? { value, span, spelling } : undefined
  if (spelling !== 'plain') return undefined
  // id/secret, as notes have it.
  if (/^AKIA[A-Z2-7]{16}\/.{40}$/.test(value)) {
    const secret = value.slice(-SECRET_LENGTH)
    return isSecretForm(secret)
      ? { value: secret, span: { start: span.end - SECRET_LENGTH, end: span.end }, spelling }
      : undefined
  }
  if (value.length < 54 || value.length > 56) return undefined
  const decoded = decode(value)
  const isSecret = /^[A-Za-z0-9+/]{40}$/.test(decoded) && isSecretForm(decoded)
  return isSecret ? { value: decoded, span, spelling: 'base64' } : undefined
}

/** A part of something longer: a token with hyphens, base64 with its padding, a name with dots. */
function isInToken(text: string, { start, end }: TextSpan): boolean {
  if (/^[A-Za-z0-9]$/.test(text.charAt(end)) || /^[_~.$@-]$/.test(text.charAt(start - 1))) return true
  if (text.charAt(end) === '=') return end - start === SECRET_LENGTH
  return /^(?:[_~-]|\.[A-Za-z0-9])/.test(text.slice(end, end + 2))
}
