/** A place in a YAML file, which knows its line: what is wrong there is said with file, line, column and remedy. */

import { type Duration, days, hours, minutes, seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLMap } from 'yaml'
import { findNearest } from './nearest-name.ts'

/** A hundred times the example. Reading more would keep the start waiting. */
const MOST_CHARACTERS = 1_000_000
/** An inline policy of a permission set is no longer (§5). */
const MOST_POLICY_CHARACTERS = 32_768

interface Source {
  readonly file: string
  readonly lines: LineCounter
}

/** The root of a document. Throws `invalid` when the text is no YAML, or more than this reader wants to read. */
export function parsePlace(text: string, file: string): Place {
  if (text.length > MOST_CHARACTERS) {
    throw new Refusal('invalid', `${file} is longer than ${MOST_CHARACTERS} characters.`, {
      hint: 'Is it the right file? An organization of that size is better made through the APIs.',
    })
  }
  const source = { file, lines: new LineCounter() }
  const document = parseYaml(text, source)
  const [error] = document.errors
  if (error) {
    const { line, col } = source.lines.linePos(error.pos[0])
    const problem = error.message.replace(/[.\s]*$/, '')
    throw new Refusal('invalid', `${file}:${line}:${col}: this is no YAML: ${problem}.`, { hint: remedyOf(error.code) })
  }
  visit(document, { Alias: (_key, alias) => new Place(source, alias, `*${alias.source}`).refuseAlias() })
  return new Place(source, document.contents, 'the document')
}

function parseYaml(text: string, { file, lines }: Source): Document {
  try {
    return parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, logLevel: 'error' })
  } catch (error) {
    // The parser goes down one call a level.
    if (!(error instanceof RangeError)) throw error
    throw new Refusal('invalid', `${file} is nested too deeply.`, { hint: 'Four levels are all it needs.' })
  }
}

function remedyOf(code: string): string {
  if (code === 'TAB_AS_INDENT') return 'Indent with blanks: YAML takes no tabs.'
  if (code === 'DUPLICATE_KEY') return 'Remove one of the two.'
  if (code === 'MULTIPLE_DOCS') return 'Keep one document in the file: remove the line "---" and what follows.'
  return 'Check the indentation, the quotes and the brackets.'
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

  /** Throws `invalid` with its place: `acme.yaml:12:7: accounts[2].id must be …`. */
  refuse(problem: string, hint?: string): never {
    const { file, lines } = this.#source
    const range = (this.#node as Node | null)?.range
    const { line, col } = range ? lines.linePos(range[0]) : { line: 1, col: 1 }
    throw new Refusal('invalid', `${file}:${line}:${col}: ${this.#name} ${problem}.`, hint ? { hint } : {})
  }

  refuseAlias(): never {
    return this.refuse('refers to another place', 'Write out what stands there: aliases are not taken.')
  }

  /** The member of that name, or undefined. */
  find(name: string): Place | undefined {
    const node: unknown = this.#map().get(name, true)
    return node === undefined || node === null ? undefined : this.#child(node, name)
  }

  /** `example` is shown to whoever left it out. */
  get(name: string, example = ''): Place {
    return this.find(name) ?? this.refuse(`needs ${name}`, `Add a line "${name}: ${example || '…'}".`)
  }

  /** Refuses members that nobody reads: most are misspelt. */
  only(names: readonly string[]): void {
    for (const { key } of this.#map().items) {
      const name = isScalar(key) ? String(key.value) : ''
      if (names.includes(name)) continue
      const near = findNearest(name, names)
      const hint = near === undefined ? `Known are: ${names.join(', ')}.` : `Did you mean ${near}?`
      this.#child(key, name).refuse('is not known here', hint)
    }
  }

  list(): Place[] {
    if (!isSeq(this.#node)) return this.refuse('must be a list', 'Begin each item with "- ".')
    return this.#node.items.map((item, index) => new Place(this.#source, item, `${this.#name}[${index}]`))
  }

  text(): string {
    const value = isScalar(this.#node) ? this.#node.value : undefined
    if (typeof value !== 'string') {
      return this.refuse('must be a text', 'Put it in quotes: a number such as 012 would lose its zero.')
    }
    return value.trim() === '' ? this.refuse('must not be empty') : value
  }

  matching(pattern: RegExp, what: string): string {
    const text = this.text()
    return pattern.test(text) ? text : this.refuse(`must be ${what}`)
  }

  oneOf(...choices: readonly string[]): string {
    const text = this.text()
    return choices.includes(text) ? text : this.refuse(`must be one of: ${choices.join(', ')}`)
  }

  /** One of `names`, which stand under `where`. */
  nameAmong(names: readonly string[], where: string): string {
    const name = this.text()
    if (names.includes(name)) return name
    const near = findNearest(name, names)
    const hint = near === undefined ? `Add ${name} to the ${where}, or remove it here.` : `Did you mean ${near}?`
    return this.refuse(`names ${name}, which is not among the ${where}`, hint)
  }

  flag(): boolean {
    const value = isScalar(this.#node) ? this.#node.value : undefined
    return typeof value === 'boolean' ? value : this.refuse('must be true or false')
  }

  /** `PT1H`, `PT90M`, `P1D` between the two bounds. */
  duration(least: Duration, most: Duration): Duration {
    const parts = /^P(?=.)(?:(\d{1,5})D)?(?:T(?=.)(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?$/.exec(this.text())
    if (!parts) return this.refuse('must be a duration such as PT8H', 'PT90M is 90 minutes, PT8H 8 hours, P1D a day.')
    const [, d = '0', h = '0', m = '0', s = '0'] = parts
    const length = (days(Number(d)) + hours(Number(h)) + minutes(Number(m)) + seconds(Number(s))) as Duration
    if (length >= least && length <= most) return length
    return this.refuse(`must be between ${formatLength(least)} and ${formatLength(most)}`)
  }

  /** A policy document as JSON; a text must hold JSON already. */
  policy(): string {
    const isText = isScalar(this.#node) && typeof this.#node.value === 'string'
    const json = isText ? this.text() : JSON.stringify(this.#map().toJSON())
    if (!isJsonObject(json)) return this.refuse('must be a policy document', 'Write it as YAML, or as JSON in quotes.')
    if (json.length <= MOST_POLICY_CHARACTERS) return json
    return this.refuse(`is longer than ${MOST_POLICY_CHARACTERS} characters`, 'Split it over several permission sets.')
  }

  #map(): YAMLMap {
    return isMap(this.#node) ? this.#node : this.refuse('must hold members', 'Write "name: value", one a line.')
  }

  #child(node: unknown, name: string): Place {
    return new Place(this.#source, node, this.#name === 'the document' ? name : `${this.#name}.${name}`)
  }
}

/** As ISO 8601 has it, in its largest unit. */
export function formatLength(length: Duration): string {
  if (length % days(1) === 0) return `P${length / days(1)}D`
  return length % hours(1) === 0 ? `PT${length / hours(1)}H` : `PT${length / minutes(1)}M`
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
