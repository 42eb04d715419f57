/** Members of an input that nobody has checked yet: of whatever type, of whatever length, or not there. */

/** Longer than any id or ARN that a model allows: whoever sends more is refused by the model, and costs nothing here. */
const LONGEST = 2048

export class AskedInput {
  readonly #members: Readonly<Record<string, unknown>>

  constructor(input: unknown) {
    this.#members = isRecord(input) ? input : {}
  }

  /** The member, where it is a text of a length that an id can have. */
  text(name: string): string | undefined {
    return textOf(this.#members[name])
  }

  /** The texts of a list; those of a single text. */
  texts(name: string): string[] {
    const value = this.#members[name]
    const items = Array.isArray(value) ? value.slice(0, 200) : [value]
    return items.flatMap((item) => textOf(item) ?? [])
  }

  object(name: string): AskedInput {
    return new AskedInput(this.#members[name])
  }

  /** The members of a list that are objects. */
  objects(name: string): AskedInput[] {
    const value = this.#members[name]
    return Array.isArray(value) ? value.slice(0, 200).map((item) => new AskedInput(item)) : []
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= LONGEST ? value : undefined
