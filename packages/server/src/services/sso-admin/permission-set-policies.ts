/** What is attached to a permission set: AWS managed policies, customer managed ones by reference, an inline policy. */

import type { CustomerManagedPolicyReference } from '@mayfly/identity-center/account-access/permission-set'
import {
  attachCustomerManagedPolicy,
  attachManagedPolicy,
  deleteInlinePolicy,
  detachCustomerManagedPolicy,
  detachManagedPolicy,
  putInlinePolicy,
} from '@mayfly/identity-center/account-access/permission-set-policies'
import { parsePolicy } from '@mayfly/identity-center/policy/parse-policy'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage, pageByKey } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { changePermissionSet, getPermissionSet } from './permission-set-change.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

export const permissionSetPolicies = {
  AttachManagedPolicyToPermissionSet: (input, context) =>
    changePermissionSet(input, context, (set) =>
      attachManagedPolicy(set, input.ManagedPolicyArn, context.config.quotas.policiesPerPermissionSet),
    ),

  DetachManagedPolicyFromPermissionSet: (input, context) =>
    changePermissionSet(input, context, (set) => detachManagedPolicy(set, input.ManagedPolicyArn)),

  async ListManagedPoliciesInPermissionSet(input, context) {
    const { arn, managedPolicies } = await getPermissionSet(input, context)
    const listing = { operation: 'ListManagedPoliciesInPermissionSet', input, filters: [arn] }
    const { items, next } = await listPage(listing, context, async (page) =>
      pageByKey(managedPolicies, (arn) => arn, page),
    )
    return { AttachedManagedPolicies: items.map((policy) => ({ Name: nameOf(policy), Arn: policy })), ...next }
  },

  AttachCustomerManagedPolicyReferenceToPermissionSet: (input, context) =>
    changePermissionSet(input, context, (set) =>
      attachCustomerManagedPolicy(
        set,
        readReference(input.CustomerManagedPolicyReference),
        context.config.quotas.policiesPerPermissionSet,
      ),
    ),

  DetachCustomerManagedPolicyReferenceFromPermissionSet: (input, context) =>
    changePermissionSet(input, context, (set) =>
      detachCustomerManagedPolicy(set, readReference(input.CustomerManagedPolicyReference)),
    ),

  async ListCustomerManagedPolicyReferencesInPermissionSet(input, context) {
    const { arn, customerManagedPolicies: references } = await getPermissionSet(input, context)
    const listing = { operation: 'ListCustomerManagedPolicyReferencesInPermissionSet', input, filters: [arn] }
    const { items, next } = await listPage(listing, context, async (page) => pageByKey(references, pathAndName, page))
    return { CustomerManagedPolicyReferences: items.map(describeReference), ...next }
  },

  PutInlinePolicyToPermissionSet(input, context) {
    parsePolicy(input.InlinePolicy, 'identity')
    return changePermissionSet(input, context, (set) => putInlinePolicy(set, input.InlinePolicy))
  },

  async GetInlinePolicyForPermissionSet(input, context) {
    const { inlinePolicy = '' } = await getPermissionSet(input, context)
    return { InlinePolicy: inlinePolicy }
  },

  DeleteInlinePolicyFromPermissionSet: (input, context) => changePermissionSet(input, context, deleteInlinePolicy),
} satisfies Partial<SsoAdmin>

/** `arn:aws:iam::aws:policy/job-function/Billing` is `Billing`. */
const nameOf = (policyArn: string): string => policyArn.slice(policyArn.lastIndexOf('/') + 1)

const pathAndName = ({ name, path }: CustomerManagedPolicyReference): string => `${path}${name}`

/** Without a path it lies at the root of the account's policies. */
export const readReference = ({
  Name,
  Path = '/',
}: {
  readonly Name: string | undefined
  readonly Path?: string | undefined
}): CustomerManagedPolicyReference => ({ name: Name ?? '', path: Path })

export const describeReference = ({ name, path }: CustomerManagedPolicyReference) => ({ Name: name, Path: path })
