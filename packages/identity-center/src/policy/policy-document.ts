/** The members of a policy document, each with the place that a refusal names. */

import { type JsonNode, parseJson, placeOf } from './json-document.ts'
import { MalformedPolicy } from './malformed-policy.ts'

export interface Member {
  readonly node: JsonNode
  /** `Statement[0].Action` */
  readonly path: string
}

/** More than any policy of AWS has; whoever sends more shall not keep us busy. */
const LONGEST_DOCUMENT = 524_288

export class DocumentReader {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** Refuses what stands at `member`: what is wrong with it, and what to write instead. */
  refuse({ node, path }: Member, problem: string, fix: string): never {
    throw new MalformedPolicy(problem, { place: placeOf(this.#text, node.at), path, fix })
  }

  /** Refuses the document as a whole. */
  refuseDocument(problem: string, fix: string): never {
    throw new MalformedPolicy(problem, { place: { line: 1, column: 1 }, path: '', fix })
  }

  document(allowed: readonly string[]): ReadonlyMap<string, Member> {
    if (this.#text.length > LONGEST_DOCUMENT) this.refuseDocument('the document is too long.', 'Split it.')
    return this.object({ node: parseJson(this.#text), path: '' }, allowed)
  }

  /** Its members by name; refuses a name that is not allowed. */
  object(member: Member, allowed?: readonly string[]): ReadonlyMap<string, Member> {
    const { node, path } = member
    if (node.kind !== 'object') return this.refuse(member, 'an object belongs here.', 'Write { … }.')
    const members = new Map<string, Member>()
    for (const { key, at, value } of node.members) {
      const inner = path === '' ? key : `${path}.${key}`
      if (allowed && !allowed.includes(key)) {
        const near = allowed.find((name) => name.toLowerCase() === key.toLowerCase())
        const fix = near ? `Write ${near}: the case counts.` : `Only these may stand here: ${allowed.join(', ')}.`
        this.refuse({ node: { ...value, at }, path: inner }, `there is no element ${key}.`, fix)
      }
      members.set(key, { node: value, path: inner })
    }
    return members
  }

  items(member: Member): Member[] {
    const { node, path } = member
    if (node.kind !== 'array') return this.refuse(member, 'a list belongs here.', 'Write [ … ].')
    return node.items.map((item, index) => ({ node: item, path: `${path}[${index}]` }))
  }

  string(member: Member): string {
    if (member.node.kind === 'string') return member.node.value
    return this.refuse(member, 'a string belongs here.', 'Write it in double quotes.')
  }
}

/** One string or a list of them, each with its place; refuses an empty list. */
export function textsOf(member: Member, reader: DocumentReader): [string, Member][] {
  const members = member.node.kind === 'array' ? reader.items(member) : [member]
  if (members.length === 0)
    return reader.refuse(member, 'the list is empty.', 'Name at least one, or leave the element out.')
  return members.map((item) => [reader.string(item), item])
}
