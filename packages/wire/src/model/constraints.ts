/** Checks an input against the constraints of its model, in AWS's wording. */

import { isRefusedByPattern } from './pattern.ts'
import { ServiceException } from './service-exception.ts'
import { getOperation, getShape, type ServiceModel, type ServiceName, type Shape } from './service-model.ts'

// A body of a megabyte can break a rule a hundred thousand times; nobody reads that.
const MOST_MESSAGES = 25
const LONGEST_ECHO = 256

interface Check {
  readonly model: ServiceModel
  readonly messages: string[]
}

/** What the input breaks, one message a rule: `Value 'x' at 'name' failed to satisfy constraint: Member must …`. */
export function checkInput(model: ServiceModel, operation: string, input: unknown): string[] {
  const { input: reference } = getOperation(model, operation)
  if (reference === undefined) return []
  const check: Check = { model, messages: [] }
  checkStructure(check, getShape(model, reference.shape), input as Readonly<Record<string, unknown>>, '')
  return check.messages
}

function refuse(check: Check, shown: string, path: string, rule: string): void {
  if (check.messages.length >= MOST_MESSAGES) return
  check.messages.push(`Value ${shown}at '${path}' failed to satisfy constraint: ${rule}`)
}

/** AWS writes member names with a small first letter, whatever the model has. */
function nameInMessage(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function checkStructure(check: Check, shape: Shape, value: Readonly<Record<string, unknown>>, path: string): void {
  const under = (name: string): string => (path === '' ? nameInMessage(name) : `${path}.${nameInMessage(name)}`)
  for (const name of shape.required ?? []) {
    if (!Object.hasOwn(value, name) || value[name] === undefined || value[name] === null) {
      refuse(check, 'null ', under(name), 'Member must not be null')
    }
  }
  let set = 0
  for (const [name, reference] of Object.entries(shape.members ?? {})) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined
    if (member === undefined || member === null) continue
    set += 1
    checkValue(check, reference.shape, member, under(name))
  }
  if (shape.union && set !== 1) refuse(check, '', path, 'Member must have exactly one of its members set')
}

function checkValue(check: Check, shapeName: string, value: unknown, path: string): void {
  const shape = getShape(check.model, shapeName)
  switch (shape.type) {
    case 'structure':
      if (!shape.document) checkStructure(check, shape, value as Readonly<Record<string, unknown>>, path)
      return
    case 'list':
      checkList(check, shape, value as readonly unknown[], path)
      return
    case 'map':
      checkMap(check, shape, value as Readonly<Record<string, unknown>>, path)
      return
    default:
      for (const rule of brokenRules(shape, value)) refuse(check, shown(shape, value), path, rule)
  }
}

function checkList(check: Check, shape: Shape, value: readonly unknown[], path: string): void {
  const { member } = shape
  if (member === undefined) return
  const memberShape = getShape(check.model, member.shape)
  const isShown = !shape.sensitive && !memberShape.sensitive && value.every(isScalar)
  const echo = isShown ? echoOf(`[${value.join(', ')}]`) : ''
  for (const rule of brokenLength(shape, value.length)) refuse(check, echo, path, rule)
  if (memberShape.type === 'structure' || memberShape.type === 'list' || memberShape.type === 'map') {
    for (const [index, item] of value.entries()) {
      if (check.messages.length >= MOST_MESSAGES) return
      checkValue(check, member.shape, item, `${path}.${index + 1}.member`)
    }
  } else if (value.some((item) => brokenRules(memberShape, item).length > 0)) {
    refuse(check, echo, path, `Member must satisfy constraint: [${rulesOf(memberShape).join(', ')}]`)
  }
}

function checkMap(check: Check, shape: Shape, value: Readonly<Record<string, unknown>>, path: string): void {
  if (shape.key === undefined || shape.value === undefined) return
  const keyShape = getShape(check.model, shape.key.shape)
  for (const rule of brokenLength(shape, Object.keys(value).length)) refuse(check, '', path, rule)
  if (Object.keys(value).some((key) => brokenRules(keyShape, key).length > 0)) {
    refuse(check, '', path, `Map keys must satisfy constraint: [${rulesOf(keyShape).join(', ')}]`)
  }
  for (const [key, item] of Object.entries(value)) {
    if (check.messages.length >= MOST_MESSAGES) return
    checkValue(check, shape.value.shape, item, `${path}.${echoText(key)}.member`)
  }
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object'
}

function shown(shape: Shape, value: unknown): string {
  return shape.sensitive || !isScalar(value) ? '' : echoOf(String(value))
}

function echoOf(text: string): string {
  return `'${echoText(text)}' `
}

function echoText(text: string): string {
  return text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO).toWellFormed()}...` : text
}

/** The rules that a scalar breaks, in AWS's order: pattern and set, then upper bounds, then lower ones. */
function brokenRules(shape: Shape, value: unknown): string[] {
  switch (shape.type) {
    case 'string': {
      const text = String(value)
      const broken = brokenLength(shape, lengthOf(text))
      if (shape.enum !== undefined && !shape.enum.includes(text)) broken.unshift(enumRule(shape.enum))
      if (shape.pattern !== undefined && isRefusedByPattern(shape, text)) broken.unshift(patternRule(shape.pattern))
      return broken
    }
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return brokenBounds(shape, Number(value), 'value')
    case 'blob':
      return brokenLength(shape, (value as Uint8Array).length)
    default:
      return []
  }
}

function brokenLength(shape: Shape, length: number): string[] {
  return brokenBounds(shape, length, 'length')
}

function brokenBounds({ min, max }: Shape, measure: number, word: 'length' | 'value'): string[] {
  const broken: string[] = []
  if (max !== undefined && measure > max) broken.push(`Member must have ${word} less than or equal to ${max}`)
  if (min !== undefined && measure < min) broken.push(`Member must have ${word} greater than or equal to ${min}`)
  return broken
}

/** Every rule of a scalar, as AWS lists them when one item of a list breaks any. */
function rulesOf(shape: Shape): string[] {
  const word = shape.type === 'string' || shape.type === 'blob' ? 'length' : 'value'
  const rules: string[] = []
  if (shape.max !== undefined) rules.push(`Member must have ${word} less than or equal to ${shape.max}`)
  if (shape.min !== undefined) rules.push(`Member must have ${word} greater than or equal to ${shape.min}`)
  if (shape.pattern !== undefined) rules.push(patternRule(shape.pattern))
  if (shape.enum !== undefined) rules.push(enumRule(shape.enum))
  return rules
}

function patternRule(pattern: string): string {
  return `Member must satisfy regular expression pattern: ${pattern}`
}

function enumRule(values: readonly string[]): string {
  return `Member must satisfy enum value set: [${values.join(', ')}]`
}

/** Unicode scalar values, as the models count. */
function lengthOf(text: string): number {
  let pairs = 0
  for (let at = 0; at < text.length; at += 1) if ((text.codePointAt(at) ?? 0) > 0xffff) pairs += 1
  return text.length - pairs
}

const EXCEPTIONS: Readonly<Record<ServiceName, string>> = {
  sso: 'InvalidRequestException',
  'sso-oidc': 'InvalidRequestException',
  sts: 'ValidationError',
  iam: 'ValidationError',
  'sso-admin': 'ValidationException',
  identitystore: 'ValidationException',
  organizations: 'InvalidInputException',
  signin: 'ValidationException',
  mayfly: 'ValidationException',
}

/** The exception with which a service refuses such an input. `messages` is what `checkInput` returned, at least one. */
export function createValidationException(service: ServiceName, messages: readonly string[]): ServiceException {
  const count = messages.length === 1 ? '1 validation error' : `${messages.length} validation errors`
  const members = membersOf(service, messages[0] ?? '')
  return new ServiceException(EXCEPTIONS[service], `${count} detected: ${messages.join('; ')}`, { members })
}

function membersOf(service: ServiceName, message: string): Readonly<Record<string, string>> {
  if (service === 'signin') return { error: 'INVALID_REQUEST' }
  return service === 'organizations' ? { Reason: reasonOf(message) } : {}
}

/** Organizations says beside the message which kind of rule was broken first. */
function reasonOf(message: string): string {
  return REASONS.find(([rule]) => message.includes(rule))?.[1] ?? 'INVALID_LIST_MEMBER'
}

const REASONS: readonly (readonly [rule: string, reason: string])[] = [
  ['constraint: Member must not be null', 'INPUT_REQUIRED'],
  ['constraint: Member must satisfy regular expression pattern', 'INVALID_PATTERN'],
  ['constraint: Member must satisfy enum value set', 'INVALID_ENUM'],
  ['constraint: Member must have length less', 'MAX_LENGTH_EXCEEDED'],
  ['constraint: Member must have length greater', 'MIN_LENGTH_EXCEEDED'],
  ['constraint: Member must have value less', 'MAX_VALUE_EXCEEDED'],
  ['constraint: Member must have value greater', 'MIN_VALUE_EXCEEDED'],
]
