/** The members of a Query form, read and written as the shapes of a model say: `Tags.member.1.Key`. */

import { getShape, type ServiceModel, type Shape } from '../model/service-model.ts'
import { formatIso8601, parseTimestamp } from '../model/timestamp.ts'
import { asBytes, asDate } from './json-value.ts'
import { checkedText, unreadable } from './text.ts'
import { parseWholeNumber } from './whole-number.ts'

const MOST_DEPTH = 10

/** A form as a tree: `a.b` lies under `a`. */
interface Node {
  value?: string
  readonly children: Map<string, Node>
}

/** The input members of a form. Unknown parameters are dropped. Throws `SerializationException`. */
export function readQuery(model: ServiceModel, shapeName: string, form: Map<string, string>): Record<string, unknown> {
  return readStructure(model, getShape(model, shapeName), treeOf(form))
}

function treeOf(form: Map<string, string>): Node {
  const root: Node = { children: new Map() }
  for (const [name, value] of form) {
    const parts = name.split('.')
    if (parts.length > MOST_DEPTH) throw unreadable('A parameter name is nested too deeply.')
    let node = root
    for (const part of parts) {
      const child: Node = node.children.get(part) ?? { children: new Map() }
      node.children.set(part, child)
      node = child
    }
    node.value = value
  }
  return root
}

function readStructure(model: ServiceModel, shape: Shape, node: Node): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [name, reference] of Object.entries(shape.members ?? {})) {
    const child = node.children.get(reference.locationName ?? name)
    if (child !== undefined) result[name] = readNode(model, reference.shape, child, name)
  }
  return result
}

function readNode(model: ServiceModel, shapeName: string, node: Node, name: string): unknown {
  const shape = getShape(model, shapeName)
  switch (shape.type) {
    case 'structure':
      return readStructure(model, shape, node)
    case 'list':
      return readList(model, shape, node, name)
    case 'map':
      return readMap(model, shape, node, name)
    default:
      return readScalar(shape, node.value, name)
  }
}

/** `X.member.1`, `X.member.2`: in the order of the numbers, which need not be without gaps. */
function readList(model: ServiceModel, shape: Shape, node: Node, name: string): unknown[] {
  const { member } = shape
  if (member === undefined) return []
  return entriesOf(node, 'member', name).map((item) => readNode(model, member.shape, item, name))
}

function readMap(model: ServiceModel, shape: Shape, node: Node, name: string): Record<string, unknown> {
  const { key, value } = shape
  if (key === undefined || value === undefined) return {}
  const entries = entriesOf(node, 'entry', name).map((entry): [string, unknown] => {
    const keyText = entry.children.get(key.locationName ?? 'key')?.value
    const item = entry.children.get(value.locationName ?? 'value')
    if (keyText === undefined || item === undefined) throw unreadable(`${name} holds an entry without key or value.`)
    return [checkedText(keyText), readNode(model, value.shape, item, name)]
  })
  if (new Set(entries.map(([keyText]) => keyText)).size < entries.length) throw unreadable(`${name} holds a key twice.`)
  return Object.fromEntries(entries)
}

function entriesOf(node: Node, wrapper: string, name: string): Node[] {
  const entries = node.children.get(wrapper)?.children ?? new Map<string, Node>()
  const numbered = [...entries].map(([number, item]): [number, Node] => {
    if (!/^[1-9]\d{0,5}$/.test(number)) throw unreadable(`${name} must be numbered from 1.`)
    return [Number(number), item]
  })
  return numbered.sort(([a], [b]) => a - b).map(([, item]) => item)
}

function readScalar(shape: Shape, value: string | undefined, name: string): unknown {
  if (value === undefined) throw unreadable(`${name} must be one value.`)
  switch (shape.type) {
    case 'integer':
    case 'long': {
      const number = parseWholeNumber(shape.type, value)
      if (number === undefined) throw unreadable(`${name} must be a whole number.`)
      return number
    }
    case 'boolean':
      if (value !== 'true' && value !== 'false') throw unreadable(`${name} must be true or false.`)
      return value === 'true'
    case 'timestamp': {
      const time = parseTimestamp(value)
      if (time === undefined) throw unreadable(`${name} must be a time.`)
      return time
    }
    case 'blob':
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw unreadable(`${name} must be base64.`)
      return new Uint8Array(Buffer.from(value, 'base64'))
    default:
      return checkedText(value)
  }
}

/** Adds the members of an input to a form, below `prefix`. */
export function writeQuery(
  model: ServiceModel,
  shapeName: string,
  value: unknown,
  prefix: string,
  form: Map<string, string>,
): void {
  if (value === undefined || value === null) return
  const shape = getShape(model, shapeName)
  const under = (name: string): string => (prefix === '' ? name : `${prefix}.${name}`)
  if (shape.type === 'structure') {
    const members = value as Readonly<Record<string, unknown>>
    for (const [name, reference] of Object.entries(shape.members ?? {})) {
      writeQuery(model, reference.shape, members[name], under(reference.locationName ?? name), form)
    }
  } else if (shape.type === 'list' && shape.member !== undefined) {
    const { member } = shape
    for (const [index, item] of (value as readonly unknown[]).entries()) {
      writeQuery(model, member.shape, item, under(`member.${index + 1}`), form)
    }
  } else if (shape.type === 'map' && shape.value !== undefined) {
    for (const [index, [key, item]] of Object.entries(value).entries()) {
      form.set(under(`entry.${index + 1}.key`), key)
      writeQuery(model, shape.value.shape, item, under(`entry.${index + 1}.value`), form)
    }
  } else form.set(prefix, scalarText(shape, shapeName, value))
}

function scalarText(shape: Shape, shapeName: string, value: unknown): string {
  if (shape.type === 'timestamp') return formatIso8601(asDate(value, shapeName))
  if (shape.type === 'blob') return Buffer.from(asBytes(value, shapeName)).toString('base64')
  return String(value)
}
