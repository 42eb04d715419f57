/** Run configurations in XML: JetBrains' `<env name= value=>`, Eclipse's `<mapEntry key= value=>`. */

import type { Format } from './format.ts'
import { type Assignment, isKeyVariable, replaceVariables } from './key-variables.ts'
import { removeFromLine } from './whole-lines.ts'

const PIECE = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<(\/?)([\w:.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g
const ENTRIES: ReadonlyMap<string, string> = new Map([
  ['env', 'name'],
  ['envVar', 'name'],
  ['mapEntry', 'key'],
  ['entry', 'key'],
])

interface Attribute {
  readonly value: string
  readonly start: number
  readonly end: number
}

export const editXml: Format = (question) => {
  const { text } = question
  const assignments: Assignment[] = []
  let scope = 0
  for (const piece of text.matchAll(PIECE)) {
    const [whole, close, element = '', inner = ''] = piece
    const key = ENTRIES.get(element)
    if (key === undefined || close === '/') {
      if (element !== '' && key === undefined) scope = piece.index
      continue
    }
    // An element with something inside is for a person.
    if (!inner.endsWith('/')) continue
    const offset = piece.index + whole.length - inner.length - 1
    const [name, value] = [findAttribute(inner, key, offset), findAttribute(inner, 'value', offset)]
    if (!name || !value || !isKeyVariable(name.value)) continue
    assignments.push({
      name: name.value,
      value: value.value,
      scope,
      become: (newName, newValue) => [
        { start: name.start, end: name.end, text: newName },
        { start: value.start, end: value.end, text: escapeXml(newValue) },
      ],
      removal: [removeFromLine(text, piece.index, piece.index + whole.length, /^<!--/)],
    })
  }
  return replaceVariables(question, assignments)
}

function findAttribute(inner: string, name: string, offset: number): Attribute | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(inner)
  const written = found?.[1] ?? found?.[2]
  if (!found || written === undefined) return undefined
  const start = offset + found.index + found[0].length - 1 - written.length
  return { value: unescapeXml(written), start, end: start + written.length }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined
    if (code === undefined) return ENTITIES[name] ?? whole
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;')
