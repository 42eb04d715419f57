/** Attaching policies to a permission set, and taking them away (§1.10). The words of the refusals are AWS's. */

import { MOST_PROVISIONED_POLICY_CHARACTERS } from '../quotas.ts'
import { Refusal } from '../refusal.ts'
import {
  type CustomerManagedPolicyReference,
  type PermissionSet,
  type PermissionSetPolicies,
  type PermissionsBoundary,
  permissionSetIdOf,
} from './permission-set.ts'

const changed = (set: PermissionSet, policies: Partial<PermissionSetPolicies>): PermissionSet => ({
  ...set,
  ...policies,
  version: set.version + 1,
})

/** Refuses with `conflict` one that is attached already, with `quota-exceeded` one too many. */
export function attachManagedPolicy(set: PermissionSet, policyArn: string, most: number): PermissionSet {
  if (set.managedPolicies.includes(policyArn)) {
    const words = 'already has a typed link attachment to a manged policy with'
    throw new Refusal('conflict', `Permission set with id ${permissionSetIdOf(set.arn)} ${words} ${policyArn}`)
  }
  refuseOneTooMany(set, most)
  return changed(set, { managedPolicies: [...set.managedPolicies, policyArn] })
}

/** Refuses with `not-found` one that is not attached. */
export function detachManagedPolicy(set: PermissionSet, policyArn: string): PermissionSet {
  if (!set.managedPolicies.includes(policyArn)) {
    throw new Refusal('not-found', `Could not find ManagedPolicy with arn ${policyArn}`)
  }
  return changed(set, { managedPolicies: set.managedPolicies.filter((arn) => arn !== policyArn) })
}

/** Refuses with `conflict` one that is attached already, with `quota-exceeded` one too many. */
export function attachCustomerManagedPolicy(
  set: PermissionSet,
  policy: CustomerManagedPolicyReference,
  most: number,
): PermissionSet {
  if (set.customerManagedPolicies.some((attached) => isSame(attached, policy))) {
    const { name, path } = policy
    const words = `Given customer managed policy with name: ${name} and path ${path} already attached`
    throw new Refusal('conflict', words)
  }
  refuseOneTooMany(set, most)
  return changed(set, { customerManagedPolicies: [...set.customerManagedPolicies, policy] })
}

/** Refuses with `not-found` one that is not attached. */
export function detachCustomerManagedPolicy(set: PermissionSet, policy: CustomerManagedPolicyReference): PermissionSet {
  const rest = set.customerManagedPolicies.filter((attached) => !isSame(attached, policy))
  if (rest.length === set.customerManagedPolicies.length) {
    const { name, path } = policy
    const words = `Given managed policy with name: ${name} and path ${path} does not exist on PermissionSet`
    throw new Refusal('not-found', words)
  }
  return changed(set, { customerManagedPolicies: rest })
}

export const putInlinePolicy = (set: PermissionSet, inlinePolicy: string): PermissionSet =>
  set.inlinePolicy === inlinePolicy ? set : changed(set, { inlinePolicy })

/** The same set when it has none. */
export function deleteInlinePolicy(set: PermissionSet): PermissionSet {
  const { inlinePolicy, ...rest } = set
  return inlinePolicy === undefined ? set : changed(rest, {})
}

export const putPermissionsBoundary = (set: PermissionSet, permissionsBoundary: PermissionsBoundary): PermissionSet =>
  changed(set, { permissionsBoundary })

/** The same set when it has none. */
export function deletePermissionsBoundary(set: PermissionSet): PermissionSet {
  const { permissionsBoundary, ...rest } = set
  return permissionsBoundary === undefined ? set : changed(rest, {})
}

/** The policies that an account must have for the set to be provisioned there, each once. */
export function customerManagedPoliciesOf({
  customerManagedPolicies,
  permissionsBoundary,
}: PermissionSetPolicies): readonly CustomerManagedPolicyReference[] {
  const boundary = permissionsBoundary?.customerManagedPolicy
  if (boundary === undefined || customerManagedPolicies.some((policy) => isSame(policy, boundary))) {
    return customerManagedPolicies
  }
  return [...customerManagedPolicies, boundary]
}

/** IAM takes less than sso-admin does: why no account can take the set as it is; undefined when any can (§3.5). */
export function findOversize({ name, inlinePolicy = '' }: PermissionSet): string | undefined {
  const length = inlinePolicy.replace(/\s/g, '').length
  if (length <= MOST_PROVISIONED_POLICY_CHARACTERS) return undefined
  const words = `Maximum policy size of ${MOST_PROVISIONED_POLICY_CHARACTERS} bytes exceeded`
  return `Received a 409 status error: ${words} for the role of permission set ${name}.`
}

const isSame = (one: CustomerManagedPolicyReference, other: CustomerManagedPolicyReference): boolean =>
  one.name === other.name && one.path === other.path

function refuseOneTooMany({ arn, managedPolicies, customerManagedPolicies }: PermissionSet, most: number): void {
  if (managedPolicies.length + customerManagedPolicies.length < most) return
  const words = `Cannot create ManagedPolicy more than ${most} for id ${permissionSetIdOf(arn)}`
  throw new Refusal('quota-exceeded', `You have exceeded AWS SSO limits. ${words}`)
}
