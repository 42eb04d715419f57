/** What the console sends to `sso-admin` about permission sets, assignments and the instance, and reads from its answers. */
import type { Nothing, Page, Paged, Tag } from './paging.ts'

export interface PermissionSet {
  Name: string
  PermissionSetArn: string
  Description?: string
  /** ISO 8601, such as `PT1H`. */
  SessionDuration?: string
  RelayState?: string
  /** Seconds since 1970. */
  CreatedDate?: number
}

export interface CustomerManagedPolicyReference {
  Name: string
  Path?: string
}

export interface PermissionsBoundary {
  ManagedPolicyArn?: string
  CustomerManagedPolicyReference?: CustomerManagedPolicyReference
}

export type PrincipalType = 'USER' | 'GROUP'

export interface AccountAssignment {
  AccountId: string
  PermissionSetArn: string
  PrincipalType: PrincipalType
  PrincipalId: string
}

export type RequestStatus = 'IN_PROGRESS' | 'FAILED' | 'SUCCEEDED'

export interface AssignmentStatus {
  Status: RequestStatus
  RequestId: string
  FailureReason?: string
}

export interface ProvisioningStatus {
  Status: RequestStatus
  RequestId: string
  AccountId?: string
  PermissionSetArn?: string
  FailureReason?: string
}

export interface AccessControlAttribute {
  Key: string
  Value: { Source: string[] }
}

export interface InstanceMetadata {
  InstanceArn: string
  IdentityStoreId: string
  OwnerAccountId: string
  Name?: string
}

export type Provisioned = 'LATEST_PERMISSION_SET_PROVISIONED' | 'LATEST_PERMISSION_SET_NOT_PROVISIONED'

interface In {
  InstanceArn: string
}
interface OfSet extends In {
  PermissionSetArn: string
}
interface AssignmentInput extends OfSet {
  TargetId: string
  TargetType: 'AWS_ACCOUNT'
  PrincipalType: PrincipalType
  PrincipalId: string
}
interface Attributes {
  InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: AccessControlAttribute[] }
}
interface PermissionSetSettings {
  Description?: string
  SessionDuration?: string
  RelayState?: string
}

export interface PermissionSetOperations {
  ListPermissionSets: [In & Paged, Page<'PermissionSets', string>]
  DescribePermissionSet: [OfSet, { PermissionSet: PermissionSet }]
  CreatePermissionSet: [In & { Name: string; Tags?: Tag[] } & PermissionSetSettings, { PermissionSet: PermissionSet }]
  UpdatePermissionSet: [OfSet & PermissionSetSettings, Nothing]
  DeletePermissionSet: [OfSet, Nothing]
  ListManagedPoliciesInPermissionSet: [OfSet & Paged, Page<'AttachedManagedPolicies', { Name?: string; Arn: string }>]
  AttachManagedPolicyToPermissionSet: [OfSet & { ManagedPolicyArn: string }, Nothing]
  DetachManagedPolicyFromPermissionSet: [OfSet & { ManagedPolicyArn: string }, Nothing]
  ListCustomerManagedPolicyReferencesInPermissionSet: [
    OfSet & Paged,
    Page<'CustomerManagedPolicyReferences', CustomerManagedPolicyReference>,
  ]
  AttachCustomerManagedPolicyReferenceToPermissionSet: [
    OfSet & { CustomerManagedPolicyReference: CustomerManagedPolicyReference },
    Nothing,
  ]
  DetachCustomerManagedPolicyReferenceFromPermissionSet: [
    OfSet & { CustomerManagedPolicyReference: CustomerManagedPolicyReference },
    Nothing,
  ]
  GetInlinePolicyForPermissionSet: [OfSet, { InlinePolicy?: string }]
  PutInlinePolicyToPermissionSet: [OfSet & { InlinePolicy: string }, Nothing]
  DeleteInlinePolicyFromPermissionSet: [OfSet, Nothing]
  GetPermissionsBoundaryForPermissionSet: [OfSet, { PermissionsBoundary?: PermissionsBoundary }]
  PutPermissionsBoundaryToPermissionSet: [OfSet & { PermissionsBoundary: PermissionsBoundary }, Nothing]
  DeletePermissionsBoundaryFromPermissionSet: [OfSet, Nothing]
  ListTagsForResource: [{ InstanceArn?: string; ResourceArn: string; NextToken?: string }, Page<'Tags', Tag>]
  TagResource: [{ InstanceArn?: string; ResourceArn: string; Tags: Tag[] }, Nothing]
  UntagResource: [{ InstanceArn?: string; ResourceArn: string; TagKeys: string[] }, Nothing]
}

export interface AssignmentOperations {
  ListAccountAssignments: [
    In & Paged & { AccountId: string; PermissionSetArn: string },
    Page<'AccountAssignments', AccountAssignment>,
  ]
  ListAccountAssignmentsForPrincipal: [
    In & Paged & { PrincipalId: string; PrincipalType: PrincipalType; Filter?: { AccountId?: string } },
    Page<'AccountAssignments', AccountAssignment>,
  ]
  CreateAccountAssignment: [AssignmentInput, { AccountAssignmentCreationStatus: AssignmentStatus }]
  DeleteAccountAssignment: [AssignmentInput, { AccountAssignmentDeletionStatus: AssignmentStatus }]
  DescribeAccountAssignmentCreationStatus: [
    In & { AccountAssignmentCreationRequestId: string },
    { AccountAssignmentCreationStatus: AssignmentStatus },
  ]
  DescribeAccountAssignmentDeletionStatus: [
    In & { AccountAssignmentDeletionRequestId: string },
    { AccountAssignmentDeletionStatus: AssignmentStatus },
  ]
  ListPermissionSetsProvisionedToAccount: [
    In & Paged & { AccountId: string; ProvisioningStatus?: Provisioned },
    Page<'PermissionSets', string>,
  ]
  ListAccountsForProvisionedPermissionSet: [
    OfSet & Paged & { ProvisioningStatus?: Provisioned },
    Page<'AccountIds', string>,
  ]
  ProvisionPermissionSet: [
    OfSet & { TargetId?: string; TargetType: 'AWS_ACCOUNT' | 'ALL_PROVISIONED_ACCOUNTS' },
    { PermissionSetProvisioningStatus: ProvisioningStatus },
  ]
  DescribePermissionSetProvisioningStatus: [
    In & { ProvisionPermissionSetRequestId: string },
    { PermissionSetProvisioningStatus: ProvisioningStatus },
  ]
}

export interface InstanceOperations {
  ListInstances: [Paged, Page<'Instances', InstanceMetadata>]
  DescribeInstance: [In, InstanceMetadata & { Status?: string; CreatedDate?: number }]
  UpdateInstance: [In & { Name: string }, Nothing]
  DescribeInstanceAccessControlAttributeConfiguration: [In, Attributes & { Status?: string; StatusReason?: string }]
  CreateInstanceAccessControlAttributeConfiguration: [In & Attributes, Nothing]
  UpdateInstanceAccessControlAttributeConfiguration: [In & Attributes, Nothing]
  DeleteInstanceAccessControlAttributeConfiguration: [In, Nothing]
}
