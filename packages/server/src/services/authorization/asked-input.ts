/** Members of an input that nobody has checked yet: of whatever type, of whatever length, or not there. */

import { Refusal } from '@mayfly/identity-center/refusal'

/** Longer than any id or ARN that a model allows: whoever sends more is refused by the model, and costs nothing here. */
const LONGEST = 2048
/** More than any list that a policy is asked about. Some models set no limit, and what was passed over here would be done. */
const MOST_ITEMS = 200

export class AskedInput {
  readonly #members: Readonly<Record<string, unknown>>

  constructor(input: unknown) {
    this.#members = isRecord(input) ? input : {}
  }

  /** The member, where it is a text of a length that an id can have. */
  text(name: string): string | undefined {
    return textOf(this.#members[name])
  }

  /** The member, an ARN: in this partition, whichever it names, since it is found or attached by either. */
  arn(name: string, partition: string): string | undefined {
    return inPartition(this.text(name), partition)
  }

  /** The texts of a list; those of a single text. Throws `invalid` for a list of hundreds. */
  texts(name: string): string[] {
    const value = this.#members[name]
    const items = Array.isArray(value) ? within(name, value) : [value]
    return items.flatMap((item) => textOf(item) ?? [])
  }

  object(name: string): AskedInput {
    return new AskedInput(this.#members[name])
  }

  /** The members of a list that are objects. Throws `invalid` for a list of hundreds. */
  objects(name: string): AskedInput[] {
    const value = this.#members[name]
    return Array.isArray(value) ? within(name, value).map((item) => new AskedInput(item)) : []
  }
}

/** The same ARN as it stands in a partition. */
export const inPartition = (arn: string | undefined, partition: string): string | undefined =>
  arn?.replace(/^arn:[^:]*:/, `arn:${partition}:`)

function within(name: string, items: readonly unknown[]): readonly unknown[] {
  if (items.length <= MOST_ITEMS) return items
  throw new Refusal('invalid', `${name} has more than ${MOST_ITEMS} members.`)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= LONGEST ? value : undefined
