/** The policies of the users of one account, as far as their breadth needs them: each document is asked for once. */

import { findMember } from '../../sign-in/answer.ts'
import type { Iam } from '../inquiry/iam-client.ts'
import { decodeDocument, parseAttached, readManagedDocument } from '../inquiry/policy-documents.ts'
import { isKnownByName, type PolicyOnUser } from './policy-breadth.ts'

export interface PolicyReader {
  /** The user's own policies and those of its groups. */
  read(userName: string): Promise<readonly PolicyOnUser[]>
}

export function createPolicyReader(iam: Iam): PolicyReader {
  const documents = new Map<string, Promise<string>>()
  const groups = new Map<string, Promise<readonly PolicyOnUser[]>>()

  const managed = async (item: unknown): Promise<readonly PolicyOnUser[]> =>
    Promise.all(
      parseAttached(item, { way: 'attached' }).map(async ({ name, arn = '' }): Promise<PolicyOnUser> => {
        if (isKnownByName(arn)) return { name, arn }
        const reading = documents.get(arn) ?? readManagedDocument(iam, arn)
        documents.set(arn, reading)
        return { name, arn, document: await reading }
      }),
    )

  const inline = async (
    operation: 'GetUserPolicy' | 'GetGroupPolicy',
    owner: Readonly<Record<string, string>>,
    name: unknown,
  ): Promise<PolicyOnUser> => {
    const output = await iam.call(operation, { ...owner, PolicyName: String(name) })
    return { name: String(name), document: decodeDocument(findMember(output, 'PolicyDocument')) }
  }

  const ofGroup = async (groupName: string): Promise<readonly PolicyOnUser[]> => {
    const group = { GroupName: groupName }
    const attached = await iam.listAll('ListAttachedGroupPolicies', 'AttachedPolicies', group)
    const names = await iam.listAll('ListGroupPolicies', 'PolicyNames', group)
    const inner = names.map((name) => inline('GetGroupPolicy', group, name))
    return [...(await Promise.all(attached.map(managed))).flat(), ...(await Promise.all(inner))]
  }

  return {
    async read(userName) {
      const user = { UserName: userName }
      const attached = await iam.listAll('ListAttachedUserPolicies', 'AttachedPolicies', user)
      const names = await iam.listAll('ListUserPolicies', 'PolicyNames', user)
      const inGroups = await iam.listAll('ListGroupsForUser', 'Groups', user)
      const ofGroups = inGroups.map((item) => {
        const name = findMember(item, 'GroupName') ?? ''
        const reading = groups.get(name) ?? ofGroup(name)
        groups.set(name, reading)
        return reading
      })
      const inner = names.map((name) => inline('GetUserPolicy', user, name))
      return [
        ...(await Promise.all(attached.map(managed))).flat(),
        ...(await Promise.all(inner)),
        ...(await Promise.all(ofGroups)).flat(),
      ]
    },
  }
}
