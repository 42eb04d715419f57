/** The permissions boundary of a permission set: put, get, delete. */

import type { PermissionsBoundary } from '@mayfly/identity-center/account-access/permission-set'
import {
  deletePermissionsBoundary,
  putPermissionsBoundary,
} from '@mayfly/identity-center/account-access/permission-set-policies'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import { changePermissionSet, getPermissionSet } from './permission-set-change.ts'
import { describeReference, readReference } from './permission-set-policies.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

export const permissionsBoundary = {
  PutPermissionsBoundaryToPermissionSet(input, context) {
    const boundary = readBoundary(input.PermissionsBoundary)
    return changePermissionSet(input, context, (set) => putPermissionsBoundary(set, boundary))
  },

  async GetPermissionsBoundaryForPermissionSet(input, context) {
    const { arn, permissionsBoundary: boundary } = await getPermissionSet(input, context)
    if (boundary === undefined) throw new Refusal('not-found', `Could not find PermissionsBoundary for ${arn}`)
    return { PermissionsBoundary: describeBoundary(boundary) }
  },

  DeletePermissionsBoundaryFromPermissionSet: (input, context) =>
    changePermissionSet(input, context, deletePermissionsBoundary),
} satisfies Partial<SsoAdmin>

type WireBoundary = Parameters<SsoAdmin['PutPermissionsBoundaryToPermissionSet']>[0]['PermissionsBoundary']

function readBoundary({ ManagedPolicyArn, CustomerManagedPolicyReference }: WireBoundary): PermissionsBoundary {
  if (ManagedPolicyArn !== undefined && CustomerManagedPolicyReference === undefined) {
    return { managedPolicyArn: ManagedPolicyArn }
  }
  if (CustomerManagedPolicyReference !== undefined && ManagedPolicyArn === undefined) {
    return { customerManagedPolicy: readReference(CustomerManagedPolicyReference) }
  }
  const words = 'A permissions boundary is either ManagedPolicyArn or CustomerManagedPolicyReference.'
  throw new Refusal('invalid', words)
}

const describeBoundary = ({ managedPolicyArn, customerManagedPolicy }: PermissionsBoundary) =>
  customerManagedPolicy === undefined
    ? { ManagedPolicyArn: managedPolicyArn }
    : { CustomerManagedPolicyReference: describeReference(customerManagedPolicy) }
