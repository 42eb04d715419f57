/** Finds the long-term access keys of a text, whatever the text is. */

import { accountOfKeyId } from '../key/access-key-id.ts'
import { HiddenSecret } from '../key/hidden-secret.ts'
import { findEncodedTexts } from './base64-text.ts'
import { isCanaryId } from './canary-accounts.ts'
import type { Detected, TextHints, TextSpan } from './detected.ts'
import { type KeyEvent, listKeyEvents } from './key-events.ts'
import { locate } from './layout.ts'
import { type Pairs, type PlacedEvent, pairUp } from './pairing.ts'
import { weigh } from './value-name.ts'

/**
 * Every long-term access key that stands in a text, in the order in which they stand: an id with the secret that belongs
 * to it, an id alone, and a secret alone whose name says what it is. Temporary credentials, ids from documentations and
 * other vendors' keys are none. The same id in two places is answered twice. Never throws; takes time in proportion to
 * the text.
 */
export function detectKeys(text: string, { path }: TextHints = {}): readonly Detected[] {
  if (path !== undefined && text.length < LONGEST_VALUE && isNamedSecret(path)) return detectWhole(text)
  if (!mayHoldKeys(text)) return []
  return [...detectPlain(text), ...detectEncoded(text)].sort((one, other) => startOf(one) - startOf(other))
}

const startOf = ({ idAt, secretAt }: Detected): number => (idAt ?? secretAt)?.start ?? 0

/** What every text has that holds a key: an id, one in base64, or the name of a secret. */
const IDS = /AKIA|QUtJQ|FLSU[EF]|BS0lB/
const NAMES = /secret[\s_.-]?access|aws.{0,12}secret|secret.{0,12}aws|amazon.{0,12}secret/i

/** True for a text with a name that says secret access key, in any spelling. */
export const namesSecret = (text: string): boolean => NAMES.test(text)

/** False for a text that holds no key, at a glance. */
const mayHoldKeys = (text: string): boolean => IDS.test(text) || namesSecret(text)

/** Characters of a file that holds one value. */
const LONGEST_VALUE = 200

/** True for the path of a file that is named as a secret is: `/run/secrets/aws_secret_access_key`. */
export const isNamedSecret = (path: string): boolean =>
  weigh((path.split(/[/\\]/).at(-1) ?? '').replace(/\.[a-z]{1,5}$/i, '')) === 'strong'

function detectWhole(text: string): readonly Detected[] {
  const [, before = '', value] = /^(\uFEFF?\s*)(\S+)\s*$/.exec(text) ?? []
  // As if the name stood before it; a text that is more than a value is one like any other.
  const name = value === undefined ? '' : 'aws_secret_access_key='
  const shift = name.length - before.length
  if (value === undefined) return detectPlain(text)
  const [place] = locate(text, [before.length])
  return detectPlain(name + value).map((detected) => ({
    ...detected,
    ...pick(place),
    ...(detected.idAt && { idAt: moved(detected.idAt, -shift) }),
    ...(detected.secretAt && { secretAt: moved(detected.secretAt, -shift) }),
  }))
}

const moved = ({ start, end }: TextSpan, by: number): TextSpan => ({ start: start + by, end: end + by })

function detectPlain(text: string): readonly Detected[] {
  const events = listKeyEvents(text)
  if (events.length === 0) return []
  const places = locate(
    text,
    events.map(({ span }) => span.start),
  )
  const placed = events.flatMap((event, index) => {
    const at = places[index]
    return at ? [{ ...event, at }] : []
  })
  const pairs = pairUp(placed)
  return placed.flatMap((event) => describe(event, pairs))
}

function describe(event: PlacedEvent, pairs: Pairs): readonly Detected[] {
  const partner = pairs.get(event)
  const { line, column } = event.at
  if (event.type === 'secret') {
    if (partner || event.name.weight !== 'strong') return []
    return [{ secret: new HiddenSecret(event.value), isCanary: false, line, column, ...secretPlace(event) }]
  }
  if (!event.isKey) return []
  const accountId = accountOfKeyId(event.value)
  return [
    {
      accessKeyId: event.value,
      ...(partner && { secret: new HiddenSecret(partner.value), ...secretPlace(partner) }),
      ...(accountId !== undefined && { accountId }),
      isCanary: isCanaryId(event.value),
      line,
      column,
      idAt: event.span,
      idSpelling: event.spelling,
    },
  ]
}

const secretPlace = ({ span, spelling }: KeyEvent): Pick<Detected, 'secretAt' | 'secretSpelling'> => ({
  secretAt: span,
  secretSpelling: spelling,
})

/** Whole texts in base64: the data of a Kubernetes secret, the authorization of a registry, a mail. */
function detectEncoded(text: string): readonly Detected[] {
  return findEncodedTexts(text).flatMap((encoded) => {
    const inside = detectPlain(encoded.text)
    const found = inside.map((detected) => ({
      ...detected,
      ...(detected.idAt && { idAt: encoded.spanOf(detected.idAt), idSpelling: 'base64' as const }),
      ...(detected.secretAt && { secretAt: encoded.spanOf(detected.secretAt), secretSpelling: 'base64' as const }),
    }))
    const places = locate(text, found.map(startOf))
    return found.map((detected, index) => ({ ...detected, ...pick(places[index]) }))
  })
}

const pick = (place: { line: number; column: number } | undefined): { line: number; column: number } => ({
  line: place?.line ?? 1,
  column: place?.column ?? 1,
})
