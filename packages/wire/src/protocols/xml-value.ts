/** The members of a Query answer, read and written as the shapes of a model say. */

import { getShape, type ServiceModel, type Shape } from '../model/service-model.ts'
import { formatIso8601, parseTimestamp } from '../model/timestamp.ts'
import { asBytes, asDate } from './json-value.ts'
import { harmlessText } from './text.ts'
import { element, escapeXml, findChild, type XmlElement } from './xml.ts'

/** The members of a structure as elements; absent and unknown ones left out. */
export function writeXmlStructure(
  model: ServiceModel,
  shapeName: string,
  value: Readonly<Record<string, unknown>>,
): string {
  let result = ''
  for (const [name, reference] of Object.entries(getShape(model, shapeName).members ?? {})) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined
    if (member === undefined || member === null) continue
    result += element(reference.locationName ?? name, writeXmlValue(model, reference.shape, member))
  }
  return result
}

function writeXmlValue(model: ServiceModel, shapeName: string, value: unknown): string {
  const shape = getShape(model, shapeName)
  switch (shape.type) {
    case 'structure':
      return writeXmlStructure(model, shapeName, value as Readonly<Record<string, unknown>>)
    case 'list': {
      const { member } = shape
      if (!Array.isArray(value) || member === undefined) throw new TypeError(`${shapeName} must be an array.`)
      return value.map((item) => element('member', writeXmlValue(model, member.shape, item))).join('')
    }
    case 'map': {
      const { value: reference } = shape
      if (typeof value !== 'object' || value === null || reference === undefined) {
        throw new TypeError(`${shapeName} must be an object.`)
      }
      return Object.entries(value)
        .map(([key, item]) =>
          element(
            'entry',
            element('key', escapeXml(key)) + element('value', writeXmlValue(model, reference.shape, item)),
          ),
        )
        .join('')
    }
    case 'timestamp':
      return formatIso8601(asDate(value, shapeName))
    case 'blob':
      return Buffer.from(asBytes(value, shapeName)).toString('base64')
    default:
      return escapeXml(String(value))
  }
}

/** The members that an element holds. */
export function readXmlStructure(model: ServiceModel, shapeName: string, parent: XmlElement): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [name, reference] of Object.entries(getShape(model, shapeName).members ?? {})) {
    const child = findChild(parent, reference.locationName ?? name)
    if (child !== undefined) result[name] = readXmlValue(model, reference.shape, child)
  }
  return result
}

function readXmlValue(model: ServiceModel, shapeName: string, node: XmlElement): unknown {
  const shape = getShape(model, shapeName)
  switch (shape.type) {
    case 'structure':
      return readXmlStructure(model, shapeName, node)
    case 'list':
      return readXmlList(model, shape, node)
    case 'map':
      return readXmlMap(model, shape, node)
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return Number(node.text)
    case 'boolean':
      return node.text.trim() === 'true'
    case 'timestamp':
      return parseTimestamp(node.text.trim())
    case 'blob':
      return new Uint8Array(Buffer.from(node.text, 'base64'))
    case 'string':
      return harmlessText(node.text)
  }
}

function readXmlList(model: ServiceModel, shape: Shape, node: XmlElement): unknown[] {
  const { member } = shape
  if (member === undefined) return []
  return node.children
    .filter((child) => child.name === 'member')
    .map((child) => readXmlValue(model, member.shape, child))
}

function readXmlMap(model: ServiceModel, shape: Shape, node: XmlElement): Record<string, unknown> {
  const { value } = shape
  if (value === undefined) return {}
  const entries = node.children.filter((child) => child.name === 'entry')
  return Object.fromEntries(
    entries.map((entry) => {
      const item = findChild(entry, 'value')
      return [
        findChild(entry, 'key')?.text ?? '',
        item === undefined ? undefined : readXmlValue(model, value.shape, item),
      ]
    }),
  )
}
