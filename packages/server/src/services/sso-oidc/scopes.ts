/** The scopes that a client may register and ask for (§2.7). */

import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'

/** IDE toolkits ask for these; they are accepted and grant nothing. */
const GRANT_NOTHING = /^codewhisperer:[a-z_]{1,50}$/

/** Throws `invalid_scope` for a scope that this server does not know. */
export function checkScopes(scopes: readonly string[]): void {
  const unknown = scopes.find((scope) => scope !== 'sso:account:access' && !GRANT_NOTHING.test(scope))
  if (unknown === undefined) return
  throw new OAuthError('invalid_scope', 'This server knows no such scope. It knows sso:account:access.')
}
