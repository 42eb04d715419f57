/** A file of a seeded home before it is written: a text with marks where its keys stand. */

import type { Chance } from './chance.ts'
import { type Key, newKey, oldKey } from './key.ts'

export interface Draft {
  /** The kind of place, in words. */
  readonly kind: string
  /** Relative to the home. */
  readonly path: string
  readonly text: string
  /** `lf` where the format's tools know no other; otherwise chance decides between LF and CRLF, and on the last one. */
  readonly endings?: 'lf' | 'crlf' | 'any'
  /** `maybe-bom`: what editors of Windows leave behind. */
  readonly encoding?: 'utf-8' | 'maybe-bom' | 'utf-16le'
  readonly mode?: number
}

/** What lies at a mark. */
export interface Marked {
  readonly accessKeyId?: string
  /** Of the secret. */
  readonly lastFour?: string
  /** A look-alike: why it is none. */
  readonly why?: string
}

/** What a format draws its content from. */
export class Draw {
  readonly chance: Chance
  readonly keys: Key[] = []
  readonly marks: Marked[]

  constructor(chance: Chance, marks: Marked[]) {
    this.chance = chance
    this.marks = marks
  }

  key(): Key {
    return this.#drawn(newKey(this.chance))
  }

  oldKey(): Key {
    return this.#drawn(oldKey(this.chance))
  }

  /** One that lies elsewhere already. */
  former(): Key {
    return this.keys.length === 0 ? this.key() : this.chance.pick(this.keys)
  }

  /** Where the id of a key stands whose secret is in the same file; `text` when it is written in another way. */
  id(key: Key, text = key.accessKeyId): string {
    return this.mark({ accessKeyId: key.accessKeyId, lastFour: key.secretAccessKey.slice(-4) }, text)
  }

  /** Where an id stands without its secret. */
  idAlone(key: Key, text = key.accessKeyId): string {
    return this.mark({ accessKeyId: key.accessKeyId }, text)
  }

  /** Where a secret stands without its id. */
  secretAlone(key: Key, text = key.secretAccessKey): string {
    return this.mark({ lastFour: key.secretAccessKey.slice(-4) }, text)
  }

  mark(marked: Marked, text: string): string {
    this.marks.push(marked)
    return `\uE000${this.marks.length - 1}\uE001${text}`
  }

  #drawn(key: Key): Key {
    this.keys.push(key)
    return key
  }
}

export type Format = (draw: Draw) => Draft

export interface MarkedPlace extends Marked {
  /** Begins with 1. */
  readonly line: number
}

/** The text without its marks, and on which line each stood. */
export function readMarks(text: string, marks: readonly Marked[]): { text: string; places: MarkedPlace[] } {
  const places: MarkedPlace[] = []
  let line = 1
  const plain = text.replaceAll(/\n|\uE000(\d+)\uE001/g, (whole, number?: string) => {
    if (number === undefined) line += 1
    else places.push({ ...marks[Number(number)], line })
    return number === undefined ? whole : ''
  })
  return { text: plain, places }
}

/** The bytes of a draft whose marks are read: line endings, the last of them, encoding. */
export function encode({ endings = 'any', encoding = 'utf-8' }: Draft, text: string, chance: Chance): Buffer {
  const isCrlf = endings === 'crlf' || (endings === 'any' && chance.isLikely(25))
  const ended = chance.isLikely(15) && endings !== 'lf' ? text.trimEnd() : text
  const lines = isCrlf ? ended.replaceAll('\n', '\r\n') : ended
  if (encoding === 'utf-16le') return Buffer.from(`\uFEFF${lines}`, 'utf16le')
  return Buffer.from(encoding === 'maybe-bom' && chance.isLikely(60) ? `\uFEFF${lines}` : lines)
}
