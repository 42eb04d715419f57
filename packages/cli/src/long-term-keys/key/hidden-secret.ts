/** A secret access key that no print, JSON or error can give away: its last four characters stand for it. */

import { neverPrint } from '../../machine/unspoken.ts'

/** As Node's inspector and `console` ask for it. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom')

export class HiddenSecret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
    neverPrint(text)
  }

  /** The secret itself: for signing a request, and for writing a file back. */
  reveal(): string {
    return this.#text
  }

  /** `…wXyZ` */
  toString(): string {
    return `…${this.#text.slice(-4)}`
  }

  toJSON(): string {
    return this.toString()
  }

  [INSPECT](): string {
    return this.toString()
  }
}
