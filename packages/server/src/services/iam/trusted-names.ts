/** Trust policies know users and roles, not their names: they follow another name, and trust no namesake of who is gone. */

import { renamePrincipal } from '@mayfly/identity-center/policy/rename-principal'
import type { Transaction } from '@mayfly/store'

/**
 * Puts `to` in place of the principal `from` in the trust policies of all accounts: the new ARN, or the unique id of who is
 * deleted, which is what AWS shows then and is nobody's name. Whoever writes one at that very moment may be a little late.
 */
export async function renameTrusted(from: string, to: string, tx: Transaction): Promise<void> {
  if (from === to) return
  for (const role of await tx.roles.listNaming(from)) {
    const document = renamePrincipal(role.assumeRolePolicyDocument, from, to)
    if (document !== role.assumeRolePolicyDocument) await tx.roles.replaceTrust(role, document)
  }
}
