/** The Principal element: whom a policy that stands at a resource is about. */

import { type DocumentReader, type Member, textsOf } from './policy-document.ts'
import { compilePrincipals, type PrincipalSet } from './principal-set.ts'

const TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser']

export function parsePrincipals(member: Member, reader: DocumentReader): PrincipalSet {
  if (member.node.kind === 'string') {
    if (member.node.value === '*') return compilePrincipals({ anybody: true, aws: [], services: [], federated: [] })
    return reader.refuse(member, 'a principal stands under its type.', 'Write { "AWS": "…" }, or "*".')
  }
  const types = reader.object(member, TYPES)
  if (types.size === 0) return reader.refuse(member, 'there is no principal.', 'Name at least one.')
  const of = (type: string): string[] => {
    const named = types.get(type)
    return named ? textsOf(named, reader).map(([text, at]) => readPrincipal(type, text, at, reader)) : []
  }
  return compilePrincipals({ anybody: false, aws: of('AWS'), services: of('Service'), federated: of('Federated') })
}

const FORMS: Readonly<Record<string, RegExp>> = {
  // An id such as AROA… is what a trust policy shows of a role that was deleted; it means nobody.
  AWS: /^(\*|\d{12}|arn:[\w-]+:(iam|sts)::\d{12}:(root|user\/|role\/|assumed-role\/|federated-user\/).*|A[A-Z]{3}[A-Z0-9]{12,})$/,
  Service: /^[\w.-]+\.[\w.-]+$/,
  Federated: /^(arn:[\w-]+:iam::\d{12}:(saml-provider|oidc-provider)\/.+|[\w.-]+(\/.*)?)$/,
}

function readPrincipal(type: string, text: string, member: Member, reader: DocumentReader): string {
  if (FORMS[type]?.test(text) === false) {
    return reader.refuse(member, `${text} is no principal of type ${type}.`, FIXES[type] ?? 'Write its ARN.')
  }
  return text
}

const FIXES: Readonly<Record<string, string>> = {
  AWS: 'Write an account number or the ARN of a user, a role or a session, without wildcards; or *.',
  Service: 'Write a name such as ec2.amazonaws.com.',
  Federated: 'Write the ARN of a SAML provider or an OpenID provider.',
}
