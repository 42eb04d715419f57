/** The condition operators: how a value of the request is compared with a value of the policy. */

import { compileArn } from './arn-pattern.ts'
import { isInRange, parseIpRange } from './ip-range.ts'
import { compileWildcard, type Wildcard } from './wildcard.ts'

export interface Operator {
  readonly name: string
  /** Whether it holds where no value of the policy compares: `StringNotEquals`. */
  readonly negated: boolean
  /** Whether the policy's values may hold variables, and wildcards. */
  readonly variables: boolean
  readonly wildcards: boolean
  /** A comparison with one value of the policy; undefined when that value is of the wrong form. */
  readonly compile: (value: string) => Wildcard | undefined
  /** What such a value looks like, for whoever wrote a wrong one. */
  readonly example: string
}

type Comparison = (requested: number, written: number) => boolean

const exact: Operator['compile'] = (value) => (text) => text === value
const ignoringCase: Operator['compile'] = (value) => {
  const lower = value.toLowerCase()
  return (text) => text.toLowerCase() === lower
}

const compareWith =
  (parse: (text: string) => number | undefined, compare: Comparison): Operator['compile'] =>
  (value) => {
    const written = parse(value)
    if (written === undefined) return undefined
    return (text) => {
      const requested = parse(text)
      return requested !== undefined && compare(requested, written)
    }
  }

const parseNumber = (text: string): number | undefined =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : undefined

/** A date of ISO 8601, or seconds since 1970; in milliseconds. */
function parseDate(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text) && text.length > 4) return Number(text) * 1000
  if (!/^\d{4}(-\d{2}(-\d{2}(T[\d:.,]+(Z|[+-]\d{2}:?\d{2})?)?)?)?$/.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

const bool: Operator['compile'] = (value) => (/^(true|false)$/i.test(value) ? ignoringCase(value) : undefined)

const address: Operator['compile'] = (value) => {
  const range = parseIpRange(value)
  return range && ((text) => isInRange(text, range))
}

const arn: Operator['compile'] = (value) => compileArn(value)

type Form = Omit<Operator, 'name' | 'negated'>

const STRING = { variables: true, wildcards: false, example: 'a string' }
const PATTERN = { variables: true, wildcards: true, example: 'a string with * and ?' }
const NUMBER = { variables: false, wildcards: false, example: 'a number such as 42' }
const DATE = { variables: false, wildcards: false, example: 'a date such as 2030-01-31T12:00:00Z' }

const FORMS: Readonly<Record<string, Form>> = {
  StringEquals: { ...STRING, compile: exact },
  StringEqualsIgnoreCase: { ...STRING, compile: ignoringCase },
  StringLike: { ...PATTERN, compile: compileWildcard },
  NumericEquals: { ...NUMBER, compile: compareWith(parseNumber, (a, b) => a === b) },
  NumericLessThan: { ...NUMBER, compile: compareWith(parseNumber, (a, b) => a < b) },
  NumericLessThanEquals: { ...NUMBER, compile: compareWith(parseNumber, (a, b) => a <= b) },
  NumericGreaterThan: { ...NUMBER, compile: compareWith(parseNumber, (a, b) => a > b) },
  NumericGreaterThanEquals: { ...NUMBER, compile: compareWith(parseNumber, (a, b) => a >= b) },
  DateEquals: { ...DATE, compile: compareWith(parseDate, (a, b) => a === b) },
  DateLessThan: { ...DATE, compile: compareWith(parseDate, (a, b) => a < b) },
  DateLessThanEquals: { ...DATE, compile: compareWith(parseDate, (a, b) => a <= b) },
  DateGreaterThan: { ...DATE, compile: compareWith(parseDate, (a, b) => a > b) },
  DateGreaterThanEquals: { ...DATE, compile: compareWith(parseDate, (a, b) => a >= b) },
  Bool: { variables: false, wildcards: false, example: '"true" or "false"', compile: bool },
  BinaryEquals: { variables: false, wildcards: false, example: 'base64', compile: exact },
  IpAddress: { variables: false, wildcards: false, example: '203.0.113.0/24 or 2001:db8::/32', compile: address },
  ArnEquals: { ...PATTERN, example: 'an ARN with * and ?', compile: arn },
  ArnLike: { ...PATTERN, example: 'an ARN with * and ?', compile: arn },
}

const NEGATIONS: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
}

const named = (name: string, form: string, negated: boolean): [string, Operator][] => {
  const found = FORMS[form]
  return found ? [[name.toLowerCase(), { name, negated, ...found }]] : []
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...Object.keys(FORMS).flatMap((name) => named(name, name, false)),
  ...Object.entries(NEGATIONS).flatMap(([name, form]) => named(name, form, true)),
])

/** The operator of that name, whatever its case; without `Null`, which compares nothing. */
export const findOperator = (name: string): Operator | undefined => OPERATORS.get(name.toLowerCase())
