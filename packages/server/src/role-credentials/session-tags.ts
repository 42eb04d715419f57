/** The tags of a person's role sessions: the attributes for access control (§4.4). */

import type { User } from '@mayfly/identity-center/directory/user'
import type { Store } from '@mayfly/store'

type Tags = Readonly<Record<string, string>>

/** What `aws:PrincipalTag/<key>` is in every role session of this user from now on. */
export async function findSessionTags(_user: User, _context: { readonly store: Store }): Promise<Tags> {
  return {}
}
