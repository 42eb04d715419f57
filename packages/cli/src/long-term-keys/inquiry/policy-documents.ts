/** Policies as IAM lists them, and their documents. */

import { findMember } from '../../sign-in/answer.ts'
import { findStructure } from './iam-answers.ts'
import type { Iam } from './iam-client.ts'
import type { UserPolicy } from './key-facts.ts'

/** A policy whose document is yet to be read. */
export type ListedPolicy = Omit<UserPolicy, 'document'>

/** What a list of attached policies names. */
export function parseAttached(item: unknown, how: Pick<ListedPolicy, 'way' | 'groupName'>): readonly ListedPolicy[] {
  const [name, arn] = [findMember(item, 'PolicyName'), findMember(item, 'PolicyArn')]
  return name === undefined || arn === undefined ? [] : [{ name, arn, ...how }]
}

export const boundaryOf = (arn: string): ListedPolicy => ({ name: arn.replace(/^.*\//, ''), arn, way: 'boundary' })

/** The document of a managed policy as it counts now. */
export async function readManagedDocument(iam: Iam, arn: string): Promise<string> {
  const policy = findStructure(await iam.call('GetPolicy', { PolicyArn: arn }), 'Policy')
  const version = findMember(policy, 'DefaultVersionId')
  const output = await iam.call('GetPolicyVersion', { PolicyArn: arn, VersionId: version })
  return decodeDocument(findMember(findStructure(output, 'PolicyVersion'), 'Document'))
}

/** IAM hands documents out percent-encoded (RFC 3986). */
export function decodeDocument(text = ''): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
