/** A place in a YAML file, which knows its line: what is wrong there is said with file, line and remedy. */

import { type Duration, hours, minutes, seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'

interface Source {
  readonly file: string
  readonly lines: LineCounter
}

/** The root of a document. Throws `invalid` when the text is no YAML. */
export function parsePlace(text: string, file: string): Place {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true })
  const [error] = document.errors
  if (error) {
    const { line } = lines.linePos(error.pos[0])
    throw new Refusal('invalid', `${file}:${line}: ${error.message}`, { hint: 'Check the indentation and the quotes.' })
  }
  return new Place({ file, lines }, document.contents, 'the document')
}

export class Place {
  readonly #source: Source
  readonly #node: unknown
  readonly #name: string

  constructor(source: Source, node: unknown, name: string) {
    this.#source = source
    this.#node = node
    this.#name = name
  }

  /** Throws `invalid` with file and line: `acme.yaml:12: accounts[2].id must be …`. */
  refuse(problem: string, hint?: string): never {
    const range = (this.#node as Node | null)?.range
    const line = range ? this.#source.lines.linePos(range[0]).line : 1
    throw new Refusal('invalid', `${this.#source.file}:${line}: ${this.#name} ${problem}`, hint ? { hint } : {})
  }

  /** The member of that name, or undefined. */
  find(name: string): Place | undefined {
    const node: unknown = this.#map().get(name, true)
    return node === undefined || node === null ? undefined : this.#child(node, name)
  }

  get(name: string): Place {
    return this.find(name) ?? this.refuse(`needs ${name}`, `Add a line "${name}: …".`)
  }

  /** Refuses members that nobody reads: most are misspelt. */
  only(...names: string[]): this {
    for (const { key } of this.#map().items) {
      const name = isScalar(key) ? String(key.value) : ''
      if (names.includes(name)) continue
      this.#child(key, name).refuse('is not known here', `Known are: ${names.join(', ')}.`)
    }
    return this
  }

  list(): Place[] {
    if (!isSeq(this.#node)) return this.refuse('must be a list', 'Begin each item with "- ".')
    return this.#node.items.map((item, index) => new Place(this.#source, item, `${this.#name}[${index}]`))
  }

  text(): string {
    const value = isScalar(this.#node) ? this.#node.value : undefined
    if (typeof value === 'string' && value.trim() !== '') return value
    return this.refuse('must be a text', 'Put it in quotes: a number such as 012 would lose its zero.')
  }

  matching(pattern: RegExp, what: string): string {
    const text = this.text()
    return pattern.test(text) ? text : this.refuse(`must be ${what}`)
  }

  oneOf<Choice extends string>(...choices: readonly Choice[]): Choice {
    const text = this.text()
    return choices.find((choice) => choice === text) ?? this.refuse(`must be one of: ${choices.join(', ')}`)
  }

  flag(): boolean {
    const value = isScalar(this.#node) ? this.#node.value : undefined
    return typeof value === 'boolean' ? value : this.refuse('must be true or false')
  }

  /** `PT1H`, `PT90M`, `P1D` between the two bounds. */
  duration(least: Duration, most: Duration): Duration {
    const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(this.text())
    if (!parts) return this.refuse('must be a duration such as PT8H')
    const [, d = '0', h = '0', m = '0', s = '0'] = parts
    const length = (hours(24 * Number(d) + Number(h)) + minutes(Number(m)) + seconds(Number(s))) as Duration
    return length >= least && length <= most ? length : this.refuse('is too short or too long')
  }

  /** As JSON, whatever it is; a text is taken as JSON already. */
  json(): string {
    if (isScalar(this.#node) && typeof this.#node.value === 'string') return this.#node.value
    return isMap(this.#node) ? JSON.stringify(this.#node.toJSON()) : this.refuse('must be a policy document')
  }

  #map(): YAMLMap {
    return isMap(this.#node) ? this.#node : this.refuse('must hold members', 'Write "name: value", one a line.')
  }

  #child(node: unknown, name: string): Place {
    return new Place(this.#source, node, this.#name === 'the document' ? name : `${this.#name}.${name}`)
  }
}
