/** Names of profiles from a template: `{account}-{role}`. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { formatSlug } from '../account-access/slug.ts'
import { isReadableByEveryTool } from '../shared-config/section-header.ts'

/** A role in an account that a profile is to be made for. */
export interface Grant {
  readonly accountId: string
  /** As the portal says it: any text. */
  readonly accountName?: string
  readonly emailAddress?: string
  readonly roleName: string
}

export const DEFAULT_TEMPLATE = '{account}-{role}'

type Field = 'account' | 'accountId' | 'email' | 'role' | 'session'
const FIELDS: readonly Field[] = ['account', 'accountId', 'email', 'role', 'session']

/** What a template consists of: text, and fields. A field that is written with a capital keeps capitals: `{Role}`. */
export type TemplatePart = { readonly text: string } | { readonly field: Field; readonly keepsCase: boolean }

export type NameTemplate = readonly TemplatePart[]

/** Reads a template. Refuses unknown fields, and text that not every AWS tool would find a profile by. */
export function parseTemplate(text: string): NameTemplate {
  const parts = [...text.matchAll(/\{([^{}]*)\}|([^{}]+)|[{}]/g)].map(([whole, name, literal]): TemplatePart => {
    if (literal !== undefined && isReadableByEveryTool(literal)) return { text: literal }
    if (literal !== undefined) throw refused(text, `"${literal}" cannot stand in a name that every AWS tool reads`)
    if (name === undefined) throw refused(text, `there is a ${whole} without its counterpart`)
    const field = FIELDS.find((known) => known === lowerFirst(name))
    if (!field) throw refused(text, `{${name}} is not known`)
    return { field, keepsCase: lowerFirst(name) !== name }
  })
  if (parts.some((part) => 'field' in part)) return parts
  throw refused(text, 'every profile would have the same name')
}

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1)

const refused = (template: string, reason: string): Refusal =>
  new Refusal('invalid', `The name template "${template}" does not do: ${reason}.`, {
    hint: `Fields are ${FIELDS.map((field) => `{${field}}`).join(' ')}, with a capital ({Role}) to keep capitals; around them letters, digits and - _ . @ + % : /`,
  })

/** A role's name by a template: never empty, and readable by every AWS tool. */
export function formatName(template: NameTemplate, grant: Grant, sessionName: string): string {
  const name = template
    .map((part) => ('text' in part ? part.text : formatField(part.field, part.keepsCase, grant, sessionName)))
    .join('')
  // A dash in front would read as an option.
  return name.replace(/^[-.]+/, '') || grant.accountId
}

function formatField(field: Field, keepsCase: boolean, grant: Grant, sessionName: string): string {
  const value = {
    account: grant.accountName ?? '',
    accountId: grant.accountId,
    email: grant.emailAddress ?? '',
    role: grant.roleName,
    session: sessionName,
  }[field]
  const slug = formatSlug(value)
  return (keepsCase ? slug : slug.toLowerCase()) || grant.accountId
}

/** Whether a template says a field in any form. */
export const hasField = (template: NameTemplate, field: Field): boolean =>
  template.some((part) => 'field' in part && part.field === field)
