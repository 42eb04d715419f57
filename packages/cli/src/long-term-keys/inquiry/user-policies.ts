/** Every policy that counts for a user, with its document where that may be read. */

import { findMember } from '../../sign-in/answer.ts'
import type { Iam } from './iam-client.ts'
import type { PolicySummary, Unanswered, UserPolicy } from './key-facts.ts'
import {
  boundaryOf,
  decodeDocument,
  type ListedPolicy,
  parseAttached,
  readManagedDocument,
} from './policy-documents.ts'
import { type Attempts, createAttempts } from './unanswered.ts'

export interface ReadPolicies extends PolicySummary {
  /** Why something is missing. */
  readonly cannot: readonly Unanswered[]
}

/** The user's own policies, those of its groups, and the boundary. Never rejects. */
export async function readUserPolicies(iam: Iam, userName: string, boundaryArn?: string): Promise<ReadPolicies> {
  const attempts = createAttempts()
  const { attempt } = attempts
  const user = { UserName: userName }
  const [attached = [], inline = [], groups = []] = await Promise.all([
    attempt('attached policies', () => iam.listAll('ListAttachedUserPolicies', 'AttachedPolicies', user)),
    attempt('inline policies', () => iam.listAll('ListUserPolicies', 'PolicyNames', user)),
    attempt('groups', () => iam.listAll('ListGroupsForUser', 'Groups', user)),
  ])
  const listed: ListedPolicy[] = [
    ...attached.flatMap((item) => parseAttached(item, { way: 'attached' })),
    ...inline.map((name): ListedPolicy => ({ name: String(name), way: 'inline' })),
    ...(
      await Promise.all(groups.map((item) => listGroupPolicies(iam, findMember(item, 'GroupName') ?? '', attempts)))
    ).flat(),
    ...(boundaryArn === undefined ? [] : [boundaryOf(boundaryArn)]),
  ]
  const policies = await Promise.all(
    listed.map(async (policy): Promise<UserPolicy> => {
      const document = await attempt(`the document of ${policy.name}`, () => readDocument(iam, userName, policy))
      return { ...policy, ...(document !== undefined && { document }) }
    }),
  )
  return { policies, isWhole: attempts.cannot.length === 0, cannot: attempts.cannot }
}

async function listGroupPolicies(iam: Iam, groupName: string, { attempt }: Attempts): Promise<readonly ListedPolicy[]> {
  const group = { GroupName: groupName }
  const what = `policies of the group ${groupName}`
  const [attached = [], inline = []] = await Promise.all([
    attempt(what, () => iam.listAll('ListAttachedGroupPolicies', 'AttachedPolicies', group)),
    attempt(what, () => iam.listAll('ListGroupPolicies', 'PolicyNames', group)),
  ])
  return [
    ...attached.flatMap((item) => parseAttached(item, { way: 'group', groupName })),
    ...inline.map((name): ListedPolicy => ({ name: String(name), way: 'group', groupName })),
  ]
}

async function readDocument(iam: Iam, userName: string, { name, arn, groupName }: ListedPolicy): Promise<string> {
  if (arn !== undefined) return readManagedDocument(iam, arn)
  const output =
    groupName === undefined
      ? await iam.call('GetUserPolicy', { UserName: userName, PolicyName: name })
      : await iam.call('GetGroupPolicy', { GroupName: groupName, PolicyName: name })
  return decodeDocument(findMember(output, 'PolicyDocument'))
}
