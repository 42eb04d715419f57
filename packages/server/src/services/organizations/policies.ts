/** Service control policies: create, read, change, delete. */

import type { OrganizationPolicyId } from '@mayfly/identity-center/identifiers'
import { randomLetters } from '@mayfly/identity-center/organization/organization'
import {
  FULL_AWS_ACCESS,
  LONGEST_SERVICE_CONTROL_POLICY,
  type OrganizationPolicy,
} from '@mayfly/identity-center/organization/organization-policy'
import { parsePolicy } from '@mayfly/identity-center/policy/parse-policy'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Transaction } from '@mayfly/store'
import {
  changeOrganization,
  changePolicies,
  getOrganization,
  listOrganization,
  type OrganizationsApi,
} from './change.ts'
import { constraintViolation, invalidInput, notFound, refused } from './exceptions.ts'
import { describePolicy, describePolicySummary, policyArn, SERVICE_CONTROL_POLICY } from './policy-shapes.ts'
import { checkTagCount, readTags } from './tag-list.ts'

/** As many as AWS lets an organization have. */
const MOST_POLICIES = 10_000

export const policies = {
  async CreatePolicy({ Content, Description, Name, Type, Tags }, context) {
    const tags = readTags(Tags)
    checkTagCount(tags.length, context.config.quotas.tagsPerResource)
    refuseOtherType(Type)
    checkContent(Content)
    return await changeOrganization(context, async (tx, found) => {
      await checkName(Name, undefined, tx)
      if ((await tx.organizationPolicies.count()) >= MOST_POLICIES) {
        const message = `An organization has at most ${MOST_POLICIES} policies.`
        throw constraintViolation('POLICY_NUMBER_LIMIT_EXCEEDED', message)
      }
      const policy: OrganizationPolicy = {
        id: `p-${randomLetters(context.random, 10)}` as OrganizationPolicyId,
        name: Name,
        description: Description,
        content: Content,
        createdAt: context.clock.now(),
      }
      await tx.organizationPolicies.insert(policy)
      await tx.tags.put(policyArn(found, policy.id), tags)
      return { Policy: describePolicy(found, policy) }
    })
  },

  async DescribePolicy({ PolicyId }, context) {
    const found = await getOrganization(context)
    return { Policy: describePolicy(found, await getPolicy(PolicyId, context.store)) }
  },

  async UpdatePolicy({ PolicyId, Name, Description, Content }, context) {
    if (Content !== undefined) checkContent(Content)
    return await changePolicies(context, async (tx, found) => {
      const policy = await getOwnPolicy(PolicyId, tx)
      if (Name !== undefined) await checkName(Name, policy.id, tx)
      const changed: OrganizationPolicy = {
        ...policy,
        name: Name ?? policy.name,
        description: Description ?? policy.description,
        content: Content ?? policy.content,
      }
      await tx.organizationPolicies.update(changed)
      return { Policy: describePolicy(found, changed) }
    })
  },

  async DeletePolicy({ PolicyId }, context) {
    return await changeOrganization(context, async (tx, found) => {
      const { id, name } = await getOwnPolicy(PolicyId, tx)
      if ((await tx.organizationPolicies.targetsOf(id, { limit: 1 })).items.length > 0) {
        throw refused('PolicyInUse', `Detach ${name} from everything first.`)
      }
      await tx.tags.deleteOf(policyArn(found, id))
      await tx.organizationPolicies.delete(id)
      return {}
    })
  },

  async ListPolicies(input, context) {
    const found = await getOrganization(context)
    // Of every other type there is none.
    if (input.Filter !== SERVICE_CONTROL_POLICY) return { Policies: [] }
    const listing = { operation: 'ListPolicies', input }
    const { items, next } = await listOrganization(listing, context, (page) =>
      context.store.organizationPolicies.list(page),
    )
    return { Policies: items.map((policy) => describePolicySummary(found, policy)), ...next }
  },
} satisfies Partial<OrganizationsApi>

type Reading = Pick<Transaction, 'organizationPolicies'>

/** Throws `PolicyNotFoundException`. */
export async function getPolicy(id: string, { organizationPolicies }: Reading): Promise<OrganizationPolicy> {
  const policy = await organizationPolicies.find(id as OrganizationPolicyId)
  if (policy === undefined) throw notFound('PolicyNotFound', `policy ${id}`)
  return policy
}

async function getOwnPolicy(id: string, reading: Reading): Promise<OrganizationPolicy> {
  const policy = await getPolicy(id, reading)
  if (policy.id !== FULL_AWS_ACCESS.id) return policy
  throw invalidInput('IMMUTABLE_POLICY', `${policy.name} is AWS's own and cannot be changed.`)
}

async function checkName(name: string, own: OrganizationPolicyId | undefined, { organizationPolicies }: Reading) {
  const namesake = await organizationPolicies.findByName(name)
  if (namesake && namesake.id !== own) throw refused('DuplicatePolicy', `There is a policy ${name} already.`)
}

function checkContent(content: string): void {
  if (content.length > LONGEST_SERVICE_CONTROL_POLICY) {
    const message = `A service control policy has at most ${LONGEST_SERVICE_CONTROL_POLICY} characters.`
    throw constraintViolation('POLICY_CONTENT_LIMIT_EXCEEDED', message)
  }
  try {
    parsePolicy(content, 'service-control')
  } catch (error) {
    if (error instanceof Refusal) throw refused('MalformedPolicyDocument', error.message)
    throw error
  }
}

/** Throws `PolicyTypeNotAvailableForOrganizationException` for the types that bound nothing here. */
export function refuseOtherType(type: string): void {
  if (type === SERVICE_CONTROL_POLICY) return
  const message = `Policies of the type ${type} have no effect in this organization, so it has none.`
  throw refused('PolicyTypeNotAvailableForOrganization', message)
}
