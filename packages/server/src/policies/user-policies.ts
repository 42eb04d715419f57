/** What an IAM user has been given: read from the store. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import { compileOwn, NOTHING_OWN, type OwnPolicies, type PolicySources } from './own-policies.ts'

interface UserName {
  readonly accountId: AccountId
  readonly userName: string
  readonly iamUserId: string
}

/** A user who is gone has nothing, and one of the same name is another. */
export async function findPoliciesOfUser(
  { accountId, userName, iamUserId }: UserName,
  sources: PolicySources,
): Promise<OwnPolicies> {
  const { store } = sources
  const user = await store.iamUsers.findByName(accountId, userName)
  if (user?.id !== iamUserId) return NOTHING_OWN
  const { permissionsBoundary, tags } = user
  return await compileOwn({ ...(await store.iamUserPolicies.ofUser(user.id)), permissionsBoundary, tags }, sources)
}
