/** JSON that knows where everything stands, so that what is wrong can be shown at its line. */

export interface JsonNode {
  kind: 'object' | 'array' | 'text' | 'other'
  /** From 1. */
  line: number
  column: number
  text?: string
  members?: { key: string; at: { line: number; column: number }; value: JsonNode }[]
  items?: JsonNode[]
}

export class JsonFault extends Error {
  readonly line: number
  readonly column: number

  constructor(message: string, { line, column }: { line: number; column: number }) {
    super(message)
    this.line = line
    this.column = column
  }
}

const TOKEN =
  /\s*(?:("(?:[^"\\\n\r\t]|\\["\\/bfnrtu])*")|([{}[\],:])|(true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?))/y
const DEEPEST = 40

/** Reads a document (RFC 8259). Throws `JsonFault` at the first place that is wrong. */
export function parseJson(source: string): JsonNode {
  const reader = new Reader(source)
  const node = reader.value(0)
  reader.end()
  return node
}

class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  value(depth: number): JsonNode {
    if (depth > DEEPEST) throw this.#fault('This is nested too deeply.')
    const place = this.#place()
    const token = this.#next('a value')
    if (token === '{') return { kind: 'object', ...place, members: this.#members(depth) }
    if (token === '[') return { kind: 'array', ...place, items: this.#items(depth) }
    if (token.startsWith('"')) return { kind: 'text', ...place, text: textOf(token, place) }
    if (/^[\]},:]$/.test(token)) throw new JsonFault(`A value is missing before ${token}`, place)
    return { kind: 'other', ...place }
  }

  end(): void {
    const place = this.#place()
    if (place.offset < this.#source.length) throw new JsonFault('Nothing may follow the document.', place)
  }

  #members(depth: number): NonNullable<JsonNode['members']> {
    const members: NonNullable<JsonNode['members']> = []
    if (this.#skip('}')) return members
    do {
      const at = this.#place()
      const token = this.#next('a name in quotes')
      if (!token.startsWith('"')) throw new JsonFault('A name in quotes is expected here.', at)
      const key = textOf(token, at)
      if (members.some((member) => member.key === key)) throw new JsonFault(`${token} stands here twice.`, at)
      this.#expect(':', `A colon is missing after ${token}.`)
      members.push({ key, at, value: this.value(depth + 1) })
    } while (this.#skip(','))
    this.#expect('}', 'A comma or } is missing here.')
    return members
  }

  #items(depth: number): JsonNode[] {
    const items: JsonNode[] = []
    if (this.#skip(']')) return items
    do items.push(this.value(depth + 1))
    while (this.#skip(','))
    this.#expect(']', 'A comma or ] is missing here.')
    return items
  }

  #next(what: string): string {
    TOKEN.lastIndex = this.#at
    const found = TOKEN.exec(this.#source)
    if (!found)
      throw this.#fault(
        this.#rest() === '' ? `The document ends where ${what} is expected.` : `This is no JSON: ${what} is expected.`,
      )
    this.#at = TOKEN.lastIndex
    return found[1] ?? found[2] ?? found[3] ?? ''
  }

  #skip(token: string): boolean {
    if (!this.#rest().startsWith(token)) return false
    this.#next(token)
    return true
  }

  #expect(token: string, otherwise: string): void {
    if (!this.#skip(token)) throw this.#fault(otherwise)
  }

  #rest(): string {
    return this.#source.slice(this.#at, this.#at + 200).trimStart() || this.#source.slice(this.#at).trimStart()
  }

  #fault(message: string): JsonFault {
    return new JsonFault(message, this.#place())
  }

  /** Where the next token begins. */
  #place(): { line: number; column: number; offset: number } {
    const offset = this.#source.length - this.#source.slice(this.#at).trimStart().length
    const lines = this.#source.slice(0, offset).split('\n')
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, offset }
  }
}

/** What a text in quotes says. */
function textOf(token: string, place: { line: number; column: number }): string {
  try {
    return JSON.parse(token) as string
  } catch {
    throw new JsonFault('This text has a character that JSON wants escaped.', place)
  }
}
