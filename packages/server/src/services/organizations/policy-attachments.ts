/** What service control policies are attached to, and whether they count at all. */

import type { OrganizationPolicyId } from '@mayfly/identity-center/identifiers'
import type { Organization } from '@mayfly/identity-center/organization/organization'
import type { Transaction } from '@mayfly/store'
import { pageByKey } from '../../operation/list-page.ts'
import { changePolicies, getOrganization, listOrganization, type OrganizationsApi } from './change.ts'
import { constraintViolation, notFound, refused } from './exceptions.ts'
import { findTarget, type PolicyTarget } from './places.ts'
import { getPolicy, refuseOtherType } from './policies.ts'
import { describePolicySummary, SERVICE_CONTROL_POLICY } from './policy-shapes.ts'
import { describeRoot } from './roots-and-units.ts'

export const policyAttachments = {
  async EnablePolicyType({ RootId, PolicyType }, context) {
    refuseOtherType(PolicyType)
    return await changePolicies(context, async (tx, found) => {
      checkRoot(RootId, found)
      if (found.featureSet !== 'ALL') {
        const message = 'Policies need an organization with all features.'
        throw constraintViolation('ORGANIZATION_NOT_IN_ALL_FEATURES_MODE', message)
      }
      if (found.serviceControlPolicies) throw refused('PolicyTypeAlreadyEnabled', `${PolicyType} is enabled already.`)
      const enabled = { ...found, serviceControlPolicies: true }
      await tx.organizations.update(enabled)
      await tx.organizationPolicies.attachFullAccess()
      return { Root: describeRoot(enabled) }
    })
  },

  async DisablePolicyType({ RootId, PolicyType }, context) {
    return await changePolicies(context, async (tx, found) => {
      checkRoot(RootId, found)
      if (PolicyType !== SERVICE_CONTROL_POLICY || !found.serviceControlPolicies) throw notEnabled(PolicyType)
      const disabled = { ...found, serviceControlPolicies: false }
      await tx.organizations.update(disabled)
      await tx.organizationPolicies.detachAll()
      return { Root: describeRoot(disabled) }
    })
  },

  async AttachPolicy({ PolicyId, TargetId }, context) {
    return await changePolicies(context, async (tx, found) => {
      const { policy, target } = await getBoth(PolicyId, TargetId, tx, found)
      if (!found.serviceControlPolicies) throw notEnabled(SERVICE_CONTROL_POLICY)
      const attached = await tx.organizationPolicies.attachedTo(target.id)
      if (attached.includes(policy.id)) {
        throw refused('DuplicatePolicyAttachment', `${policy.name} is attached to ${target.id} already.`)
      }
      const most = context.config.quotas.policiesPerTarget
      if (attached.length >= most) {
        const message = `At most ${most} service control policies are attached to one target.`
        throw constraintViolation('MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED', message)
      }
      await tx.organizationPolicies.attach({ targetId: target.id, policyId: policy.id })
      return {}
    })
  },

  async DetachPolicy({ PolicyId, TargetId }, context) {
    return await changePolicies(context, async (tx, found) => {
      const { policy, target } = await getBoth(PolicyId, TargetId, tx, found)
      const attached = await tx.organizationPolicies.attachedTo(target.id)
      if (!attached.includes(policy.id)) {
        throw refused('PolicyNotAttached', `${policy.name} is not attached to ${target.id}.`)
      }
      if (attached.length === 1) {
        const message = `One service control policy stays attached to ${target.id}: attach another first.`
        throw constraintViolation('MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED', message)
      }
      await tx.organizationPolicies.detach({ targetId: target.id, policyId: policy.id })
      return {}
    })
  },

  async ListPoliciesForTarget(input, context) {
    const { TargetId: targetId, Filter: type } = input
    const { store } = context
    const found = await getOrganization(context)
    const target = await findTarget(targetId, store, found)
    if (target === undefined) throw notFound('TargetNotFound', targetId)
    if (type !== SERVICE_CONTROL_POLICY) return { Policies: [] }
    const attached = await store.organizationPolicies.attachedTo(target.id)
    const listing = { operation: 'ListPoliciesForTarget', input, filters: [targetId] }
    const { items, next } = await listOrganization(listing, context, async (page) =>
      pageByKey(attached, (id) => id, page),
    )
    const policies = await Promise.all(items.map((id) => store.organizationPolicies.find(id)))
    return { Policies: policies.flatMap((policy) => (policy ? [describePolicySummary(found, policy)] : [])), ...next }
  },

  async ListTargetsForPolicy(input, context) {
    const { store } = context
    const found = await getOrganization(context)
    const policy = await getPolicy(input.PolicyId, store)
    const listing = { operation: 'ListTargetsForPolicy', input, filters: [policy.id] }
    const { items, next } = await listOrganization(listing, context, (page) =>
      store.organizationPolicies.targetsOf(policy.id as OrganizationPolicyId, page),
    )
    const targets = await Promise.all(items.map((id) => findTarget(id, store, found)))
    return { Targets: targets.flatMap((target) => (target ? [describeTarget(target)] : [])), ...next }
  },
} satisfies Partial<OrganizationsApi>

const describeTarget = ({ id, arn, name, type }: PolicyTarget) => ({ TargetId: id, Arn: arn, Name: name, Type: type })

async function getBoth(policyId: string, targetId: string, tx: Transaction, found: Organization) {
  const policy = await getPolicy(policyId, tx)
  const target = await findTarget(targetId, tx, found)
  if (target === undefined) throw notFound('TargetNotFound', targetId)
  return { policy, target }
}

function checkRoot(id: string, { rootId }: Organization): void {
  if (id !== rootId) throw notFound('RootNotFound', id)
}

const notEnabled = (type: string) =>
  refused('PolicyTypeNotEnabled', `Policies of the type ${type} are not enabled in this organization.`)
