/** JSON read with the place of every value, so that what is wrong with a document can be shown where it stands. */

import { MalformedPolicy, type Place } from './malformed-policy.ts'

interface Located {
  /** The offset of its first character. */
  readonly at: number
}

export interface JsonMember {
  readonly key: string
  readonly at: number
  readonly value: JsonNode
}

export type JsonNode =
  | (Located & { readonly kind: 'object'; readonly members: readonly JsonMember[] })
  | (Located & { readonly kind: 'array'; readonly items: readonly JsonNode[] })
  | (Located & { readonly kind: 'string'; readonly value: string })
  | (Located & { readonly kind: 'number' | 'boolean' | 'null'; readonly value: string })

/** Policies are four levels deep. */
const DEEPEST = 16

const TOKEN = /[\t\n\r ]*(?:([[\]{}:,])|("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*|true|false|null)|$)/y

/** Where an offset is in a text. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

/** Reads a JSON text. Throws `MalformedPolicy` where it is none, or names a member twice. */
export function parseJson(text: string): JsonNode {
  const reader = new Reader(text)
  const node = reader.value(0)
  reader.end()
  return node
}

interface Token {
  readonly kind: 'mark' | 'string' | 'word' | 'end'
  readonly text: string
  readonly at: number
}

class Reader {
  readonly #text: string
  #offset = 0

  constructor(text: string) {
    this.#text = text
  }

  end(): void {
    const token = this.#next()
    if (token.kind !== 'end') this.#refuse(token.at, 'something follows the document.', 'Remove it.')
  }

  value(depth: number): JsonNode {
    const token = this.#next()
    const { kind, text, at } = token
    if (depth > DEEPEST) this.#refuse(at, 'the document is nested too deeply.', 'A policy has four levels.')
    if (text === '{') return this.#object(at, depth)
    if (text === '[') return this.#array(at, depth)
    if (kind === 'string') return { kind, at, value: this.#string(token) }
    if (kind !== 'word') return this.#refuse(at, 'a value is missing.', 'Write a string, a list or an object.')
    if (text === 'true' || text === 'false') return { kind: 'boolean', at, value: text }
    if (text === 'null') return { kind: 'null', at, value: text }
    if (Number.isNaN(Number(text))) this.#refuse(at, `${text} is no number.`, 'Write it in quotes.')
    return { kind: 'number', at, value: text }
  }

  #object(at: number, depth: number): JsonNode {
    const members: JsonMember[] = []
    const keys = new Set<string>()
    let token = this.#next()
    if (token.text === '}') return { kind: 'object', at, members }
    while (true) {
      if (token.kind !== 'string') this.#refuse(token.at, 'a member name is missing.', 'Write it in double quotes.')
      const key = this.#string(token)
      if (keys.has(key)) this.#refuse(token.at, `${key} stands here twice.`, 'Merge the two.')
      keys.add(key)
      const colon = this.#next()
      if (colon.text !== ':') this.#refuse(colon.at, `a colon is missing behind ${key}.`, 'Write a colon.')
      members.push({ key, at: token.at, value: this.value(depth + 1) })
      const mark = this.#next()
      if (mark.text === '}') return { kind: 'object', at, members }
      if (mark.text !== ',') this.#refuse(mark.at, 'a comma or a closing brace is missing.', 'Write one of them.')
      token = this.#next()
    }
  }

  #array(at: number, depth: number): JsonNode {
    const items: JsonNode[] = []
    const start = this.#offset
    if (this.#next().text === ']') return { kind: 'array', at, items }
    this.#offset = start
    while (true) {
      items.push(this.value(depth + 1))
      const mark = this.#next()
      if (mark.text === ']') return { kind: 'array', at, items }
      if (mark.text !== ',') this.#refuse(mark.at, 'a comma or a closing bracket is missing.', 'Write one of them.')
    }
  }

  #string({ text, at }: Token): string {
    try {
      return JSON.parse(text) as string
    } catch {
      return this.#refuse(
        at,
        'a string holds a line break, a control character or an unknown escape.',
        'Write a line break as \\n and a backslash as two.',
      )
    }
  }

  #next(): Token {
    TOKEN.lastIndex = this.#offset
    const match = TOKEN.exec(this.#text)
    if (!match) {
      const at = this.#offset + (/^[\t\n\r ]*/.exec(this.#text.slice(this.#offset))?.[0].length ?? 0)
      return this.#refuse(at, 'this is not JSON.', 'Strings stand in double quotes, lists in brackets.')
    }
    this.#offset = TOKEN.lastIndex
    const [, mark, string, word] = match
    const text = mark ?? string ?? word ?? ''
    const kind = mark ? 'mark' : string ? 'string' : word ? 'word' : 'end'
    return { kind, text, at: this.#offset - text.length }
  }

  #refuse(at: number, problem: string, fix: string): never {
    throw new MalformedPolicy(problem, { place: placeOf(this.#text, at), path: '', fix })
  }
}
