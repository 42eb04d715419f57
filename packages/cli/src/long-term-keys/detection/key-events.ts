/** What of a text may be a part of a key: ids, ids that are none of ours, and what may be a secret, in their order. */

import type { Spelling, TextSpan } from './detected.ts'
import { isKeyId } from './key-id-form.ts'
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
  /** False for an id of something else: it keeps the secret that belongs to it from being one of ours. */
  readonly isKey: boolean
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
    if (isInWord(text, start, end) || isInBase64(text, start, end)) continue
    const isKey = /^AKIA[A-Z2-7]{16}$/.test(value) && isKeyId(value)
    yield { type: 'id', isKey, value, span: { start, end }, spelling: 'plain' }
  }
  // In base64, with or without a line break behind it: 27 or 28 letters.
  for (const { 0: encoded, index: start } of text.matchAll(/QUtJQ[A-Za-z0-9+/]{22,23}/g)) {
    const value = decode(encoded)
    const end = start + encoded.length
    if (!/^AKIA[A-Z2-7]{16}$/.test(value) || isInWord(text, start, end)) continue
    yield { type: 'id', isKey: isKeyId(value), value, span: { start, end }, spelling: 'base64' }
  }
}

const decode = (encoded: string): string =>
  Buffer.from(encoded, 'base64')
    .toString('latin1')
    .replace(/\r?\n$/, '')

/** What may end right before an id: an escape of JSON, a URL or a mail, a colour of a terminal. */
const ESCAPE_BEFORE = new RegExp(
  `(?:\\\\[nrtbfv]|\\\\u[0-9a-f]{4}|\\\\x[0-9a-f]{2}|%[0-9a-f]{2}|=3D|${String.fromCharCode(27)}\\[[0-9;]{0,8}m)$`,
  'i',
)

/** Letters or digits stand around it, and are no part of an escape. */
const isInWord = (text: string, start: number, end: number): boolean =>
  isWordAt(text, end) || (isWordAt(text, start - 1) && !ESCAPE_BEFORE.test(text.slice(Math.max(0, start - 12), start)))

/** Letters of base64 on one side, as many as no path and no pair has. */
const MANY_LETTERS = 48

function isInBase64(text: string, start: number, end: number): boolean {
  if (!/[+/]/.test(text.charAt(start - 1) + text.charAt(end))) return false
  const before = /[A-Za-z0-9+/]*$/.exec(text.slice(Math.max(0, start - MANY_LETTERS), start))?.[0].length ?? 0
  const behind = /^[A-Za-z0-9+/]*/.exec(text.slice(end, end + MANY_LETTERS))?.[0].length ?? 0
  return before === MANY_LETTERS || behind === MANY_LETTERS
}

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
    yield { type: 'id', isKey: false, value, span: { start: end - value.length, end }, spelling: 'plain' }
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
  // A mail's =3D before it.
  if (/^3D.{40}$/.test(value))
    return findSecret({ value: value.slice(2), span: { ...span, start: span.start + 2 }, spelling })
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

/** A part of something longer: a token with hyphens, base64 with its padding, a name with dots; or it is encrypted. */
function isInToken(text: string, { start, end }: TextSpan): boolean {
  if (/^[A-Za-z0-9]$/.test(text.charAt(end)) || /^(?:[_~-]|\.[A-Za-z0-9])/.test(text.slice(end, end + 2))) return true
  if (text.charAt(end) === '=') return end - start === SECRET_LENGTH
  const before = text.slice(Math.max(0, start - 80), start)
  // ${NAME:-value}, and what sops has encrypted.
  return (/[_~.$@-]$/.test(before) && !/\$\{\w+:?-$/.test(before)) || /ENC\[\w+,data:$/.test(before)
}
