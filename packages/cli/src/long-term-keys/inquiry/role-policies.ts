/** Every policy of a role: an `AWSReservedSSO_…` role has those of its permission set. */

import { findMember } from '../../sign-in/answer.ts'
import { findStructure } from './iam-answers.ts'
import type { Iam } from './iam-client.ts'
import type { UserPolicy } from './key-facts.ts'
import {
  boundaryOf,
  decodeDocument,
  type ListedPolicy,
  parseAttached,
  readManagedDocument,
} from './policy-documents.ts'
import { createAttempts } from './unanswered.ts'
import type { ReadPolicies } from './user-policies.ts'

/** The role's policies and its boundary. Never rejects. */
export async function readRolePolicies(iam: Iam, roleName: string): Promise<ReadPolicies> {
  const { attempt, cannot } = createAttempts()
  const role = { RoleName: roleName }
  const [attached = [], inline = [], boundary] = await Promise.all([
    attempt('attached policies', () => iam.listAll('ListAttachedRolePolicies', 'AttachedPolicies', role)),
    attempt('inline policies', () => iam.listAll('ListRolePolicies', 'PolicyNames', role)),
    attempt('the permissions boundary', async () => {
      const found = findStructure(await iam.call('GetRole', role), 'Role')
      return findMember(findStructure(found, 'PermissionsBoundary'), 'PermissionsBoundaryArn')
    }),
  ])
  const listed: ListedPolicy[] = [
    ...attached.flatMap((item) => parseAttached(item, { way: 'attached' })),
    ...inline.map((name): ListedPolicy => ({ name: String(name), way: 'inline' })),
    ...(boundary === undefined ? [] : [boundaryOf(boundary)]),
  ]
  const policies = await Promise.all(
    listed.map(async (policy): Promise<UserPolicy> => {
      const { name, arn } = policy
      const document = await attempt(`the document of ${name}`, async () => {
        if (arn !== undefined) return readManagedDocument(iam, arn)
        const output = await iam.call('GetRolePolicy', { ...role, PolicyName: name })
        return decodeDocument(findMember(output, 'PolicyDocument'))
      })
      return { ...policy, ...(document !== undefined && { document }) }
    }),
  )
  return { policies, isWhole: cannot.length === 0, cannot }
}
