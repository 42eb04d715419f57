/** JSON values read and written as the shapes of a model say. */

import type { ServiceModel, Shape } from '../model/service-model.ts'
import { getShape } from '../model/service-model.ts'
import { formatEpochSeconds, parseTimestamp } from '../model/timestamp.ts'
import { checkedText, harmlessText, unreadable } from './text.ts'
import { isWholeNumber } from './whole-number.ts'

/** Kinds as AWS's own reader names them in its refusals. */
function kindOf(value: unknown): string {
  if (value === null) return 'NULL_VALUE'
  if (Array.isArray(value)) return 'LIST_VALUE'
  return typeof value === 'object' ? 'STRUCTURE_VALUE' : `${(typeof value).toUpperCase()}_VALUE`
}

function mismatch(value: unknown, wanted: string): Error {
  return unreadable(`${kindOf(value)} can not be converted to a ${wanted}`)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What becomes of each string: the server refuses a bad one, the client makes it harmless. */
type ReadText = (text: string) => string

/** A value typed as its shape says: unknown members dropped, `null` members absent. Throws `SerializationException`. */
export function readJson(model: ServiceModel, shapeName: string, value: unknown): unknown {
  return readValue({ model, readText: checkedText }, shapeName, value)
}

/** As `readJson`, for what a service answered. */
export function readJsonAnswer(model: ServiceModel, shapeName: string, value: unknown): unknown {
  return readValue({ model, readText: harmlessText }, shapeName, value)
}

interface Reading {
  readonly model: ServiceModel
  readonly readText: ReadText
}

function readValue(reading: Reading, shapeName: string, value: unknown): unknown {
  const shape = getShape(reading.model, shapeName)
  switch (shape.type) {
    case 'structure':
      return shape.document ? readDocument(reading, value) : readStructure(reading, shape, value)
    case 'list':
      return readList(reading, shape, value)
    case 'map':
      return readMap(reading, shape, value)
    case 'string':
      if (typeof value !== 'string') throw mismatch(value, 'String')
      return reading.readText(value)
    case 'integer':
    case 'long':
      if (!isWholeNumber(shape.type, value)) throw mismatch(value, shape.type === 'long' ? 'Long' : 'Integer')
      return value
    case 'float':
    case 'double':
      if (typeof value !== 'number') throw mismatch(value, 'Double')
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch(value, 'Boolean')
      return value
    case 'timestamp':
      return readTime(value)
    case 'blob':
      return readBlob(value)
  }
}

function readStructure(reading: Reading, shape: Shape, value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw mismatch(value, 'Structure')
  const result: Record<string, unknown> = {}
  for (const [name, reference] of Object.entries(shape.members ?? {})) {
    const wireName = reference.locationName ?? name
    if (!Object.hasOwn(value, wireName)) continue
    const member = value[wireName]
    if (member !== null && member !== undefined) result[name] = readValue(reading, reference.shape, member)
  }
  return result
}

function readList(reading: Reading, shape: Shape, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw mismatch(value, 'List')
  const { member } = shape
  return member === undefined ? [] : value.map((item) => readValue(reading, member.shape, item))
}

function readMap(reading: Reading, shape: Shape, value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw mismatch(value, 'Map')
  const { value: reference } = shape
  if (reference === undefined) return {}
  // `fromEntries` defines properties, so a key `__proto__` is a key like any other.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [reading.readText(key), readValue(reading, reference.shape, item)]),
  )
}

function readTime(value: unknown): Date {
  const time = parseTimestamp(value)
  if (time === undefined) throw mismatch(value, 'Timestamp')
  return time
}

function readBlob(value: unknown): Uint8Array {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw mismatch(value, 'Blob')
  return new Uint8Array(Buffer.from(value, 'base64'))
}

/** Free-form JSON keeps its form; only its strings are looked at. */
function readDocument(reading: Reading, value: unknown): unknown {
  if (typeof value === 'string') return reading.readText(value)
  if (Array.isArray(value)) return value.map((item) => readDocument(reading, item))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [reading.readText(key), readDocument(reading, item)]),
  )
}

/** The JSON form of a value: absent and unknown members left out. Throws `TypeError` when our own code has the type wrong. */
export function writeJson(model: ServiceModel, shapeName: string, value: unknown): unknown {
  return writeShape(model, { shapeName, shape: getShape(model, shapeName) }, value)
}

interface NamedShape {
  readonly shapeName: string
  readonly shape: Shape
}

function writeShape(model: ServiceModel, { shapeName, shape }: NamedShape, value: unknown): unknown {
  switch (shape.type) {
    case 'structure':
      return shape.document ? value : writeStructure(model, shape, value)
    case 'list':
      return writeList(model, shape, value)
    case 'map':
      return writeMap(model, shape, value)
    case 'timestamp':
      return formatEpochSeconds(asDate(value, shapeName))
    case 'blob':
      return Buffer.from(asBytes(value, shapeName)).toString('base64')
    case 'long':
    case 'integer':
      if (!isWholeNumber(shape.type, value)) throw wrongType(shapeName, 'a whole number')
      return value
    case 'float':
    case 'double':
      if (!Number.isFinite(value)) throw wrongType(shapeName, 'a number')
      return value
    case 'boolean':
    case 'string':
      if (typeof value !== shape.type) throw wrongType(shapeName, `a ${shape.type}`)
      return value
  }
}

function wrongType(shapeName: string, wanted: string): TypeError {
  return new TypeError(`${shapeName} must be ${wanted}.`)
}

/** A time, or `TypeError`. */
export function asDate(value: unknown, shapeName: string): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value
  throw wrongType(shapeName, 'a time')
}

/** Bytes, or `TypeError`. */
export function asBytes(value: unknown, shapeName: string): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw wrongType(shapeName, 'bytes')
}

function writeStructure(model: ServiceModel, shape: Shape, value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw wrongType('A structure', 'an object')
  const result: Record<string, unknown> = {}
  for (const target of membersOf(model, shape)) {
    const member = value[target.name]
    if (member === undefined || member === null || !Object.hasOwn(value, target.name)) continue
    result[target.written] = writeShape(model, target, member)
  }
  return result
}

interface WrittenMember extends NamedShape {
  readonly name: string
  readonly written: string
}

// A page of a list writes a hundred structures of one shape, and a model never changes: a memo, keyed by shape.
const writtenMembers = new WeakMap<Shape, readonly WrittenMember[]>()

function membersOf(model: ServiceModel, shape: Shape): readonly WrittenMember[] {
  const known = writtenMembers.get(shape)
  if (known !== undefined) return known
  const members = Object.entries(shape.members ?? {}).map(([name, reference]) => ({
    name,
    written: reference.locationName ?? name,
    shapeName: reference.shape,
    shape: getShape(model, reference.shape),
  }))
  writtenMembers.set(shape, members)
  return members
}

function writeList(model: ServiceModel, shape: Shape, value: unknown): unknown[] {
  const { member } = shape
  if (!Array.isArray(value) || member === undefined) throw wrongType('A list', 'an array')
  return value.map((item) => writeJson(model, member.shape, item))
}

function writeMap(model: ServiceModel, shape: Shape, value: unknown): Record<string, unknown> {
  const { value: reference } = shape
  if (!isRecord(value) || reference === undefined) throw wrongType('A map', 'an object')
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && item !== null)
      .map(([key, item]) => [key, writeJson(model, reference.shape, item)]),
  )
}
