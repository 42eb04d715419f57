/** The members that a grant cannot do without. */

import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'

/** Throws `invalid_request` when one is missing or empty. */
export function needed<Members extends Record<string, string | undefined>>(
  members: Members,
): { readonly [Name in keyof Members]: string } {
  const missing = Object.keys(members).filter((name) => !members[name])
  if (missing.length > 0) throw new OAuthError('invalid_request', `This grant needs ${missing.join(', ')}.`)
  return members as { readonly [Name in keyof Members]: string }
}
