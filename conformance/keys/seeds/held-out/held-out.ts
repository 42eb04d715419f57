/**
 * Places that nobody had in mind while the detector was written: they say how far it sees beyond the places that it was
 * tried on. Written after it, by somebody who has not read it.
 */

import type { Draft, Draw, Format } from '../draft.ts'
import { codes } from './codes.ts'
import { services } from './services.ts'
import { shells } from './shells.ts'
import { texts } from './texts.ts'

/** What a key is written with: in the template `ID`, `SECRET`, and the secret in other forms. */
export type Place = readonly [kind: string, path: string, template: string, endings?: Draft['endings']]

export const heldOut: readonly Format[] = [...shells, ...codes, ...services, ...texts].map(toFormat)

/** Whole words and what follows a code of quoted-printable; not the ID of what `aws configure` asks for. */
const TOKENS = /(?:(?<==[0-9A-F]{2})|(?<!\w|Key ))(?:ID|ALONE|BOTH64|SECRET|URL|BASE64|WORD)(?!\w)/g

/** `ID`, `SECRET`, `URL` (URL-encoded secret), `BASE64` (of the secret), `BOTH64` (of `id:secret`), `WORD`, `ALONE` (an id whose secret is elsewhere). */
function toFormat([kind, path, template, endings = 'any']: Place): Format {
  return (draw: Draw): Draft => {
    const key = draw.key()
    const secret = key.secretAccessKey
    const base64 = (text: string): string => Buffer.from(text).toString('base64')
    const values: Readonly<Record<string, () => string>> = {
      ID: () => draw.id(key),
      ALONE: () => draw.idAlone(key),
      BOTH64: () => draw.id(key, base64(`${key.accessKeyId}:${secret}`)),
      SECRET: () => secret,
      URL: () => encodeURIComponent(secret),
      BASE64: () => base64(secret),
      WORD: () => draw.chance.word(),
    }
    const text = template.replaceAll(TOKENS, (name) => values[name]?.() ?? name)
    const place = path.startsWith('~/') ? path.slice(2) : `${draw.chance.project()}/${path}`
    return { kind, path: place, text, endings }
  }
}
