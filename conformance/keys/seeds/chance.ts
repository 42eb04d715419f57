/** Chance that a seed repeats, and the small choices that a person's files are full of. */

import { createHash } from 'node:crypto'

const WORDS =
  'amber apex atlas basil birch bolt cedar cobalt comet coral delta ember falcon fern flint garnet harbor hazel indigo iris juniper kestrel lagoon larch lotus maple meadow mica nectar nova oak onyx opal orchid osprey pearl pine quartz raven reef river sable saffron sierra slate sparrow spruce tidal topaz umber velvet willow zephyr'.split(
    ' ',
  )

export class Chance {
  readonly #seed: string
  #blocks = 0
  #rest: Buffer = Buffer.alloc(0)

  constructor(seed: string) {
    this.#seed = seed
  }

  bytes(count: number): Buffer {
    const parts = [this.#rest]
    for (let length = this.#rest.length; length < count; length += 32) {
      this.#blocks += 1
      parts.push(createHash('sha256').update(`${this.#seed}:${this.#blocks}`).digest())
    }
    const all = Buffer.concat(parts)
    this.#rest = all.subarray(count)
    return all.subarray(0, count)
  }

  /** From 0 up to `end`, without `end`. */
  below(end: number): number {
    return this.bytes(4).readUInt32BE() % end
  }

  /** True `times` in a hundred. */
  isLikely(times: number): boolean {
    return this.below(100) < times
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T
  }

  shuffled<T>(all: readonly T[]): T[] {
    const left = [...all]
    return all.map(() => left.splice(this.below(left.length), 1)[0] as T)
  }

  letters(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.below(alphabet.length)]).join('')
  }

  digits(length: number): string {
    return this.letters('0123456789', length)
  }

  hex(length: number): string {
    return this.bytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length)
  }

  uuid(): string {
    const hex = this.hex(32)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }

  word(): string {
    return this.pick(WORDS)
  }

  /** `quartz-raven`, with a separator that the place allows. */
  name(separator = '-'): string {
    return `${this.word()}${separator}${this.word()}${this.isLikely(30) ? this.below(90) + 10 : ''}`
  }

  /** A folder of a project below the home, some levels deep. */
  project(): string {
    const depth = 1 + this.below(4)
    return [
      this.pick(['work', 'src', 'projects', 'code', 'dev']),
      ...Array.from({ length: depth }, () => this.name()),
    ].join('/')
  }

  /** None, one or some blanks. */
  blanks(): string {
    return this.pick(['', ' ', ' ', '  '])
  }

  /** `=` with or without blanks around, as ini files have it. */
  equals(): string {
    return this.pick(['=', ' = ', ' = ', '= ', '  =  '])
  }

  /** Nothing, or comment lines. */
  comment(sign: string, end = ''): string {
    const lines = Array.from(
      { length: this.below(4) },
      () => `${sign} ${this.word()} ${this.word()} ${this.word()}${end}\n`,
    )
    return lines.join('') + (this.isLikely(30) ? '\n' : '')
  }

  quoted(text: string, signs: readonly string[] = ['', "'", '"']): string {
    const sign = this.pick(signs)
    return `${sign}${text}${sign}`
  }

  region(): string {
    return this.pick(['us-east-1', 'eu-central-1', 'eu-west-1', 'us-west-2', 'ap-southeast-2'])
  }

  /** The members in another order, as JSON with one of the usual indentations; `/` is sometimes written `\/`. */
  json(value: unknown): string {
    const text = JSON.stringify(this.#reordered(value), null, this.pick<string | number>([2, 2, 4, '\t']))
    return `${this.isLikely(35) ? text.replaceAll('/', '\\/') : text}\n`
  }

  /** As an attribute or text of XML; `/` and `+` are sometimes written as references. */
  xml(text: string): string {
    const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
    if (this.isLikely(65)) return safe
    return safe.replaceAll('/', this.pick(['&#47;', '&#x2F;'])).replaceAll('+', this.pick(['&#43;', '&#x2b;']))
  }

  #reordered(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#reordered(one))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(this.shuffled(Object.entries(value)).map(([name, one]) => [name, this.#reordered(one)]))
  }
}
