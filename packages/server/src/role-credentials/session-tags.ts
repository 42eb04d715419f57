/** The tags of a person's role sessions: the attributes for access control (§4.4). */

import { attributesForAccessControl } from '@mayfly/identity-center/account-access/access-control-attributes'
import type { User } from '@mayfly/identity-center/directory/user'
import type { Instance } from '@mayfly/identity-center/instance'
import type { Store } from '@mayfly/store'

interface Context {
  readonly store: Store
  readonly instance: () => Promise<Pick<Instance, 'arn'>>
}

/** What `aws:PrincipalTag/<key>` is in every role session of this user that begins now. */
export async function findSessionTags(
  { id }: User,
  { store, instance }: Context,
): Promise<Readonly<Record<string, string>>> {
  const { arn } = await instance()
  const configuration = await store.accessControlAttributes.find(arn)
  if (!configuration || configuration.attributes.length === 0) return {}
  const user = await store.users.findDetails(id)
  return user ? attributesForAccessControl(configuration, user) : {}
}
