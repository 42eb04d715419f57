/** Looks at a policy document before it is sent: is it JSON, does every statement say what it has to, is it short enough. */
import { JsonFault, type JsonNode, parseJson } from './json-places.ts'

export interface PolicyFault {
  line: number
  column: number
  message: string
}

const ELEMENTS = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'])

/** What IAM takes of a role's inline policy: characters that are no blanks (quotas of IAM). */
export const MOST_INLINE = 10_240

/** What is wrong, from top to bottom; nothing for a document that may be sent. The server looks closer. */
export function checkPolicy(text: string, most = MOST_INLINE): PolicyFault[] {
  try {
    const document = parseJson(text)
    const size = text.replace(/\s/g, '').length
    return [
      ...checkDocument(document),
      ...(size > most
        ? [fault(document, `The policy has ${size} characters without blanks; ${most} are allowed.`)]
        : []),
    ].sort((one, other) => one.line - other.line || one.column - other.column)
  } catch (error) {
    if (error instanceof JsonFault) return [fault(error, error.message)]
    throw error
  }
}

function checkDocument(document: JsonNode): PolicyFault[] {
  if (document.kind !== 'object')
    return [fault(document, 'A policy is an object: { "Version": …, "Statement": [ … ] }')]
  const members = document.members ?? []
  const faults = members
    .filter(({ key }) => !['Version', 'Id', 'Statement'].includes(key))
    .map(({ key, at }) => fault(at, `A policy has no element ${key}.`))
  const version = members.find(({ key }) => key === 'Version')?.value
  if (version && version.text !== '2012-10-17' && version.text !== '2008-10-17') {
    faults.push(fault(version, 'The version of the policy language is "2012-10-17".'))
  }
  const statement = members.find(({ key }) => key === 'Statement')?.value
  if (!statement) return [...faults, fault(document, 'Statement is missing.')]
  const statements = statement.kind === 'array' ? (statement.items ?? []) : [statement]
  if (statements.length === 0) faults.push(fault(statement, 'There is no statement.'))
  return [...faults, ...statements.flatMap(checkStatement)]
}

function checkStatement(statement: JsonNode): PolicyFault[] {
  if (statement.kind !== 'object') return [fault(statement, 'A statement is an object.')]
  const members = statement.members ?? []
  const faults = members
    .filter(({ key }) => !ELEMENTS.has(key))
    .map(({ key, at }) =>
      fault(
        at,
        /Principal/.test(key)
          ? `${key} has no place here: the policy is about whoever has the role.`
          : `A statement has no element ${key}.`,
      ),
    )
  const has = (key: string) => members.find((member) => member.key === key)
  const effect = has('Effect')
  if (!effect) faults.push(fault(statement, 'Effect is missing: "Allow" or "Deny".'))
  else if (effect.value.text !== 'Allow' && effect.value.text !== 'Deny') {
    faults.push(fault(effect.value, 'Effect is "Allow" or "Deny".'))
  }
  if (!has('Action') && !has('NotAction')) faults.push(fault(statement, 'Action is missing.'))
  if (!has('Resource') && !has('NotResource')) faults.push(fault(statement, 'Resource is missing.'))
  for (const key of ['Action', 'NotAction']) faults.push(...checkActions(has(key)?.value))
  return faults
}

function checkActions(value: JsonNode | undefined): PolicyFault[] {
  if (!value) return []
  const items = value.kind === 'array' ? (value.items ?? []) : [value]
  return items
    .filter(({ kind, text }) => kind !== 'text' || !/^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/.test(text ?? ''))
    .map((item) => fault(item, 'An action is written "service:Operation", such as "s3:GetObject" or "s3:*".'))
}

const fault = ({ line, column }: { line: number; column: number }, message: string): PolicyFault => ({
  line,
  column,
  message,
})
