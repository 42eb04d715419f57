/** Policy documents on their way in and out. */

import { parsePolicy } from '@mayfly/identity-center/policy/parse-policy'
import type { PolicyKind } from '@mayfly/identity-center/policy/policy'
import { Refusal } from '@mayfly/identity-center/refusal'
import { refused } from './exceptions.ts'

/** Throws `MalformedPolicyDocument` for what cannot be followed. */
export function checkDocument(text: string, kind: PolicyKind): void {
  try {
    parsePolicy(text, kind)
  } catch (error) {
    if (error instanceof Refusal) throw refused('MalformedPolicyDocument', error.message)
    throw error
  }
}

/** IAM's answers carry documents percent-encoded (RFC 3986); clients decode them. */
export const encodeDocument = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)

/** White space does not count against the size of a policy. */
export const sizeOf = (text: string): number => text.replace(/\s/g, '').length
