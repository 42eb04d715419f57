/** A policy document: from text to what can be evaluated, or to what is wrong with it. */

import { compileActions } from './action-set.ts'
import { parseConditions } from './parse-conditions.ts'
import { parsePrincipals } from './parse-principals.ts'
import type { Policy, PolicyKind, PolicyVersion, ResourceSet, Statement } from './policy.ts'
import { DocumentReader, type Member, textsOf } from './policy-document.ts'
import { compileResources } from './resource-set.ts'
import { parseTemplate, type Template } from './template.ts'

/**
 * Reads a policy document of one kind. Throws `MalformedPolicy`, an `invalid` refusal that tells the line, the column and
 * the member of what is wrong, and with its hint the fix.
 */
export function parsePolicy(text: string, kind: PolicyKind): Policy {
  const reader = new DocumentReader(text)
  const document = reader.document(['Version', 'Id', 'Statement'])
  const version = readVersion(document.get('Version'), reader)
  const statement = document.get('Statement') ?? reader.refuseDocument('Statement is missing.', 'Add "Statement": [].')
  const written = statement.node.kind === 'array' ? reader.items(statement) : [statement]
  if (written.length === 0) return reader.refuse(statement, 'there is no statement.', 'Write at least one statement.')
  const sids = new Set<string>()
  const statements = written.map((member) => readStatement(member, { reader, kind, version, sids }))
  return { kind, version, statements, asksForResourceTags: /:ResourceTag\//i.test(text) }
}

/** What one statement needs to know of its document. */
interface Surroundings {
  readonly reader: DocumentReader
  readonly kind: PolicyKind
  readonly version: PolicyVersion
  readonly sids: Set<string>
}

function readVersion(member: Member | undefined, reader: DocumentReader): PolicyVersion {
  if (!member) return '2008-10-17'
  const { node } = member
  if (node.kind === 'string' && (node.value === '2012-10-17' || node.value === '2008-10-17')) return node.value
  return reader.refuse(member, 'there is no such version of the policy language.', 'Write "Version": "2012-10-17".')
}

const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']
const PRINCIPALS = ['Principal', 'NotPrincipal']

/** Policies that stand at a resource say whom they are about; the others are about whoever has them. */
const namesPrincipals = (kind: PolicyKind): boolean => kind === 'resource' || kind === 'trust'

function readStatement(member: Member, surroundings: Surroundings): Statement {
  const { reader, kind, version, sids } = surroundings
  const elements = reader.object(member, [...ELEMENTS, ...PRINCIPALS])
  const sid = readSid(elements.get('Sid'), { reader, sids, kind })
  const variables = version === '2012-10-17'
  const condition = elements.get('Condition')
  const principals = readPrincipals(member, elements, surroundings)
  return {
    ...(sid === undefined ? {} : { sid }),
    effect: readEffect(member, elements.get('Effect'), reader),
    coversAction: readActions(member, elements, surroundings),
    coversResource: readResources(member, elements, surroundings),
    ...(principals === undefined ? {} : { coversPrincipal: principals }),
    conditions: condition ? parseConditions(condition, { reader, variables }) : [],
  }
}

function readSid(
  member: Member | undefined,
  { reader, sids, kind }: { reader: DocumentReader; sids: Set<string>; kind: PolicyKind },
): string | undefined {
  if (!member) return undefined
  const sid = reader.string(member)
  if (kind !== 'resource' && !/^[A-Za-z0-9]*$/.test(sid)) {
    return reader.refuse(member, `the statement id ${sid} is not made of letters and digits.`, 'Leave the rest out.')
  }
  if (sids.has(sid)) {
    return reader.refuse(member, `the statement id ${sid} stands here twice.`, 'Give each statement its own.')
  }
  if (sid !== '') sids.add(sid)
  return sid
}

function readEffect(statement: Member, member: Member | undefined, reader: DocumentReader): Statement['effect'] {
  if (!member) return reader.refuse(statement, 'Effect is missing.', 'Add "Effect": "Allow" or "Effect": "Deny".')
  const effect = reader.string(member)
  if (effect === 'Allow' || effect === 'Deny') return effect
  return reader.refuse(member, `there is no effect ${effect}.`, 'Write "Allow" or "Deny", spelt so.')
}

type Elements = ReadonlyMap<string, Member>

/** The one of two elements that exclude each other, such as `Action` and `NotAction`. */
function oneOf(elements: Elements, name: string, reader: DocumentReader): Member | undefined {
  const [one, other] = [elements.get(name), elements.get(`Not${name}`)]
  if (one && other) return reader.refuse(other, `${name} and Not${name} exclude each other.`, 'Write one of them.')
  return one ?? other
}

function readActions(statement: Member, elements: Elements, { reader, kind }: Surroundings): Statement['coversAction'] {
  const member = oneOf(elements, 'Action', reader)
  if (!member) return reader.refuse(statement, 'Action is missing.', 'Add "Action" with a list of service:Action.')
  const actions = textsOf(member, reader)
  for (const [action, place] of actions) {
    if (action !== '*' && action !== '*:*' && !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) {
      return reader.refuse(
        place,
        `${action} is no action.`,
        'Write service:Action, where the service has no wildcard, or *.',
      )
    }
    if (kind === 'trust' && !/^(sts:|\*$)/i.test(action)) {
      return reader.refuse(
        place,
        `a trust policy may only name actions of sts, not ${action}.`,
        'Write "sts:AssumeRole".',
      )
    }
  }
  const covers = compileActions(actions.map(([action]) => action))
  return elements.has('Action') ? covers : (action) => !covers(action)
}

function readResources(statement: Member, elements: Elements, { reader, kind, version }: Surroundings): ResourceSet {
  const member = oneOf(elements, 'Resource', reader)
  if (kind === 'trust') {
    if (!member) return () => true
    return reader.refuse(member, 'a trust policy is about its role, and has no Resource.', 'Remove the element.')
  }
  if (!member) return reader.refuse(statement, 'Resource is missing.', 'Add "Resource": "*" or a list of ARNs.')
  const patterns = textsOf(member, reader).map(([resource, place]) =>
    readResource(resource, place, { reader, version }),
  )
  const covers = compileResources(patterns)
  if (elements.has('Resource')) return (resource, context) => covers(resource, context) ?? false
  return (resource, context) => {
    const covered = covers(resource, context)
    return covered === undefined ? undefined : !covered
  }
}

function readResource(
  resource: string,
  place: Member,
  { reader, version }: { reader: DocumentReader; version: PolicyVersion },
): Template {
  const isArn = /^arn:/.test(resource) && (resource.split(':').length >= 6 || resource.includes('*'))
  if (resource !== '*' && !isArn) {
    return reader.refuse(place, `${resource} is no ARN.`, 'Write arn:partition:service:region:account:resource, or *.')
  }
  const template = parseTemplate(resource, { variables: version === '2012-10-17', wildcards: true })
  return template ?? reader.refuse(place, `${resource} holds a variable that cannot be read.`, VARIABLE_FIX)
}

const VARIABLE_FIX = `Write \${service:key}, \${service:key, 'default'}, or \${$} for a dollar sign.`

function readPrincipals(
  statement: Member,
  elements: Elements,
  { reader, kind }: Surroundings,
): Statement['coversPrincipal'] | undefined {
  const member = oneOf(elements, 'Principal', reader)
  if (!namesPrincipals(kind)) {
    if (!member) return undefined
    return reader.refuse(member, 'this policy is about whoever has it, and names no principal.', 'Remove the element.')
  }
  if (!member) return reader.refuse(statement, 'Principal is missing.', 'Add "Principal" with whom this is about.')
  const covers = parsePrincipals(member, reader)
  if (elements.has('Principal')) return covers
  // Whoever allows all but one allows everybody who comes later (IAM User Guide, "NotPrincipal").
  const allows = elements.get('Effect')?.node
  if (kind === 'trust' || (allows?.kind === 'string' && allows.value === 'Allow')) {
    return reader.refuse(
      member,
      'NotPrincipal does not belong here.',
      'Write Principal, and conditions on aws:PrincipalArn.',
    )
  }
  return (principal) => (covers(principal) === undefined ? 'account' : undefined)
}
