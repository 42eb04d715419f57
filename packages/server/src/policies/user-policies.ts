/** What an IAM user has been given: read from the store. */

import { compileOwn, NOTHING_OWN, type OwnPolicies, type PolicySources } from './own-policies.ts'

/** By `AIDA…`: one who has another name by now is the same, and one of the same name another. Who is gone has nothing. */
export async function findPoliciesOfUser(iamUserId: string, sources: PolicySources): Promise<OwnPolicies> {
  const { iamUsers, iamUserPolicies } = sources.store
  const user = await iamUsers.find(iamUserId)
  if (user === undefined) return NOTHING_OWN
  const { permissionsBoundary, tags } = user
  return await compileOwn({ ...(await iamUserPolicies.ofUser(user.id)), permissionsBoundary, tags }, sources)
}
