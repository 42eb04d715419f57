/** The Condition element: operators, keys, values. */

import { type Condition, compileCondition, compileNull } from './condition.ts'
import { findOperator, type Operator } from './operators.ts'
import type { DocumentReader, Member } from './policy-document.ts'
import { parseTemplate, type Template } from './template.ts'

interface Surroundings {
  readonly reader: DocumentReader
  readonly variables: boolean
}

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i

/** All of them must hold. */
export function parseConditions(member: Member, surroundings: Surroundings): Condition[] {
  const { reader } = surroundings
  return [...reader.object(member)].flatMap(([name, keys]) => {
    const read = findReader(name, keys, surroundings)
    return [...reader.object(keys)].map(([key, values]) => {
      if (!/^[\w.-]+(\/[^:]*)?:./.test(key)) {
        return reader.refuse(values, `${key} is no condition key.`, 'Write service:key, such as aws:SourceIp.')
      }
      return read(key.toLowerCase(), values)
    })
  })
}

type KeyReader = (key: string, values: Member) => Condition

function findReader(name: string, member: Member, surroundings: Surroundings): KeyReader {
  const { reader } = surroundings
  const [, quantifier, bare = '', ifExists] = OPERATOR.exec(name) ?? []
  if (bare.toLowerCase() === 'null' && ifExists === undefined) {
    return (key, values) =>
      compileNull(
        key,
        valuesOf(values, reader).map(([text, at]) => readBoolean(text, at, reader)),
      )
  }
  const operator = findOperator(bare)
  if (!operator) {
    return reader.refuse(
      member,
      `there is no condition operator ${name}.`,
      'Use one such as StringEquals or StringLike.',
    )
  }
  const forAll = quantifier?.toLowerCase() === 'forallvalues'
  return (key, values) =>
    compileCondition({
      operator,
      ...(quantifier === undefined ? {} : { quantifier: forAll ? 'ForAllValues' : 'ForAnyValue' }),
      ifExists: ifExists !== undefined,
      key,
      values: valuesOf(values, reader).map(([text, at]) => readValue(operator, text, at, surroundings)),
    })
}

function readBoolean(text: string, member: Member, reader: DocumentReader): boolean {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  return reader.refuse(member, 'Null takes "true" or "false".', 'Write "true" where the key must be absent.')
}

function readValue(operator: Operator, text: string, member: Member, { reader, variables }: Surroundings): Template {
  const rules = { variables: variables && operator.variables, wildcards: operator.wildcards }
  const template = parseTemplate(text, rules)
  if (!template) {
    return reader.refuse(member, `${text} holds a variable that cannot be read.`, `Write \${$} for a dollar sign.`)
  }
  if (template.fixed !== undefined && !operator.compile(template.fixed)) {
    return reader.refuse(member, `${operator.name} cannot compare with ${text}.`, `Write ${operator.example}.`)
  }
  return template
}

/** Numbers and booleans may stand without quotes. */
function valuesOf(member: Member, reader: DocumentReader): [string, Member][] {
  const members = member.node.kind === 'array' ? reader.items(member) : [member]
  return members.map((item) => {
    const { node } = item
    if (node.kind === 'object' || node.kind === 'array' || node.kind === 'null') {
      return reader.refuse(item, 'a value belongs here.', 'Write a string, a number, true or false.')
    }
    return [node.value, item]
  })
}
