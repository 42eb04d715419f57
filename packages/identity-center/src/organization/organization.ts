/** The organization: its one root, its management account, and what is named after them (§0.3, §1.13). */

import type { AccountId, OrganizationId, RootId } from '../identifiers.ts'
import { type Random, randomText } from '../random.ts'

export type FeatureSet = 'ALL' | 'CONSOLIDATED_BILLING'

export interface Organization {
  readonly id: OrganizationId
  /** `arn:aws:organizations::<management account>:organization/<id>`; every other ARN follows from it. */
  readonly arn: string
  readonly rootId: RootId
  readonly managementAccountId: AccountId
  readonly featureSet: FeatureSet
  /** Whether service control policies are enabled on the root. */
  readonly serviceControlPolicies: boolean
  readonly createdAt: Date
}

/** The letters and digits of the ids in an organization. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** `count` letters and digits, as the ids of an organization have them. */
export const randomLetters = (random: Random, count: number): string => randomText(random, LETTERS, count)

interface Founding {
  readonly partition: string
  readonly managementAccountId: AccountId
  readonly featureSet: FeatureSet
  /** At least ten letters and digits, from which the ids are made. */
  readonly letters: string
  readonly now: Date
}

/** The same letters give the same ids. */
export function createOrganization(founding: Founding): Organization {
  const { partition, managementAccountId, featureSet, letters, now } = founding
  const id = `o-${letters.slice(0, 10)}` as OrganizationId
  return {
    id,
    arn: `arn:${partition}:organizations::${managementAccountId}:organization/${id}`,
    rootId: `r-${letters.slice(-4)}` as RootId,
    managementAccountId,
    featureSet,
    serviceControlPolicies: false,
    createdAt: now,
  }
}

/** What in an organization an ARN can name. */
export type OrganizationResource = 'root' | 'ou' | 'account' | 'policy/service_control_policy' | 'handshake/invite'

/** `arn:aws:organizations::111122223333:ou/o-…/ou-…`. */
export function organizationResourceArn(
  { arn, id }: Organization,
  resource: OrganizationResource,
  name: string,
): string {
  const [kind = '', type] = resource.split('/')
  return [arn.replace(':organization/', `:${kind}/`).slice(0, -id.length - 1), id, ...(type ? [type] : []), name].join(
    '/',
  )
}
