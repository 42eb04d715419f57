/** What the value of an attribute may be, and how a value at a path is set or taken away. */

import { Refusal } from '../refusal.ts'

export type AttributeRule =
  | { readonly is: 'text'; readonly longest: number; readonly pattern: RegExp }
  | { readonly is: 'boolean' }
  | { readonly is: 'object'; readonly members: Readonly<Record<string, AttributeRule>> }
  | { readonly is: 'list'; readonly most: number; readonly of: AttributeRule }

export type ObjectRule = Extract<AttributeRule, { is: 'object' }>

export type AttributeValue = string | boolean | AttributeValue[] | { [name: string]: AttributeValue }
export type Attributes = { [name: string]: AttributeValue }

/** One change: `name.familyName`, and its new value; null or none takes it away. */
export interface AttributeOperation {
  readonly path: string
  readonly value?: unknown
}

const LONGEST_TEXT = 1024
// Letters, marks, symbols, digits, punctuation and the spaces that the published pattern names; no control characters.
const TEXT_PATTERN = /^[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r \u00a0\u3000]+$/u

export const text: AttributeRule = { is: 'text', longest: LONGEST_TEXT, pattern: TEXT_PATTERN }
export const boolean: AttributeRule = { is: 'boolean' }
export const object = (members: Readonly<Record<string, AttributeRule>>): ObjectRule => ({ is: 'object', members })
export const list = (most: number, of: AttributeRule): AttributeRule => ({ is: 'list', most, of })

/** `value` without what is null in it; undefined when nothing is left. Throws `invalid`, with the path and no value. */
export function checkValue(rule: AttributeRule, value: unknown, path: string): AttributeValue | undefined {
  if (value === undefined || value === null) return undefined
  switch (rule.is) {
    case 'text':
      return checkText(rule, value, path)
    case 'boolean':
      if (typeof value !== 'boolean') throw new Refusal('invalid', `The value of ${path} must be true or false.`)
      return value
    case 'list':
      return checkList(rule, value, path)
    case 'object':
      return checkObject(rule, value, path)
  }
}

function checkText(rule: Extract<AttributeRule, { is: 'text' }>, value: unknown, path: string): string {
  const isGood =
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= 2 * rule.longest &&
    [...value].length <= rule.longest &&
    rule.pattern.test(value)
  if (!isGood) {
    throw new Refusal('invalid', `The value of ${path} must be a text of 1 to ${rule.longest} characters.`)
  }
  return value
}

function checkList(
  { most, of }: Extract<AttributeRule, { is: 'list' }>,
  value: unknown,
  path: string,
): AttributeValue | undefined {
  if (!Array.isArray(value)) throw new Refusal('invalid', `The value of ${path} must be a list.`)
  if (value.length > most) throw new Refusal('invalid', `The value of ${path} must have at most ${most} members.`)
  const items = value.map((item) => checkValue(of, item, path)).filter((item) => item !== undefined)
  return items.length === 0 ? undefined : items
}

function checkObject({ members }: ObjectRule, value: unknown, path: string): AttributeValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('invalid', `The value of ${path} must be a structure.`)
  }
  const checked: Attributes = {}
  for (const [name, member] of Object.entries(value)) {
    const rule = memberOf(members, name)
    const under = path === '' ? name : `${path}.${name}`
    if (rule === undefined) throw unknownAttribute(under)
    const kept = checkValue(rule, member, under)
    if (kept !== undefined) checked[name] = kept
  }
  return Object.keys(checked).length === 0 ? undefined : checked
}

/** `attributes` after the change. Throws `invalid` for a path that there is not, or a value that will not do. */
export function applyOperation(
  root: ObjectRule,
  attributes: Attributes,
  { path, value }: AttributeOperation,
): Attributes {
  const names = namesIn(path)
  const rule = ruleAt(root, names)
  if (rule === undefined) throw unknownAttribute(path)
  return withValue(attributes, names, checkValue(rule, value, path))
}

/** The colons of an extension's name are its own: `aws:identitystore:enterprise.manager.value`. */
const namesIn = (path: string): string[] => path.split('.')

function ruleAt(root: ObjectRule, names: readonly string[]): AttributeRule | undefined {
  let rule: AttributeRule | undefined = root
  for (const name of names) rule = rule?.is === 'object' ? memberOf(rule.members, name) : undefined
  return rule
}

const memberOf = (members: ObjectRule['members'], name: string): AttributeRule | undefined =>
  Object.hasOwn(members, name) ? members[name] : undefined

function withValue(attributes: Attributes, [name = '', ...rest]: string[], value?: AttributeValue): Attributes {
  const { [name]: before, ...others } = attributes
  const after = rest.length === 0 ? value : withValue((before ?? {}) as Attributes, rest, value)
  const isGone = after === undefined || (typeof after === 'object' && Object.keys(after).length === 0)
  return isGone ? others : { ...others, [name]: after }
}

const unknownAttribute = (path: string): Refusal => new Refusal('invalid', `The attribute ${path} is not known.`)

/** Throws `invalid` for the first of these paths that has no value. */
export function refuseMissing(attributes: Attributes, paths: readonly string[]): void {
  for (const path of paths) {
    let value: AttributeValue | undefined = attributes
    for (const name of path.split('.')) value = (value as Attributes | undefined)?.[name]
    if (value === undefined) throw new Refusal('invalid', `${path} is a required attribute`)
  }
}

/** The names that AWS keeps for itself. */
const RESERVED = new Set(['Administrator', 'AWSAdministrators'])

/** Throws `invalid` when one of these attributes takes a reserved name. */
export function refuseReserved(attributes: Attributes, paths: readonly string[]): void {
  for (const path of paths) {
    const value = attributes[path]
    if (typeof value === 'string' && RESERVED.has(value)) {
      throw new Refusal('invalid', `${value} is a reserved name, and cannot be the ${path} of a user or a group.`)
    }
  }
}
