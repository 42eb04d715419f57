/** What the console sends to `organizations`, and reads from its answers. */
import type { Nothing, Page, Paged, Tag } from './paging.ts'

export interface Account {
  Id: string
  Arn?: string
  Name?: string
  Email?: string
  Status?: 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE'
  JoinedMethod?: 'INVITED' | 'CREATED'
  /** Seconds since 1970. */
  JoinedTimestamp?: number
}

export interface OrganizationalUnit {
  Id: string
  Arn?: string
  Name?: string
}

export interface Root extends OrganizationalUnit {
  PolicyTypes?: { Type: string; Status: string }[]
}

export interface CreateAccountStatus {
  Id: string
  State: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED'
  AccountId?: string
  FailureReason?: string
}

export interface PolicySummary {
  Id: string
  Arn?: string
  Name: string
  Description?: string
  Type?: string
  AwsManaged?: boolean
}

export interface PolicyTarget {
  TargetId: string
  Name?: string
  Type: 'ACCOUNT' | 'ORGANIZATIONAL_UNIT' | 'ROOT'
}

/** The one kind of policy that this console edits. */
export type PolicyType = 'SERVICE_CONTROL_POLICY'

interface Policy {
  Policy: { PolicySummary: PolicySummary; Content: string }
}
interface Attachment {
  PolicyId: string
  TargetId: string
}
interface Delegation {
  AccountId: string
  ServicePrincipal: string
}

export interface Organizations {
  DescribeOrganization: [Nothing, { Organization: { Id: string; MasterAccountId: string } }]
  ListRoots: [Paged, Page<'Roots', Root>]
  ListAccounts: [Paged, Page<'Accounts', Account>]
  DescribeAccount: [{ AccountId: string }, { Account: Account }]
  ListAccountsForParent: [Paged & { ParentId: string }, Page<'Accounts', Account>]
  ListOrganizationalUnitsForParent: [Paged & { ParentId: string }, Page<'OrganizationalUnits', OrganizationalUnit>]
  DescribeOrganizationalUnit: [{ OrganizationalUnitId: string }, { OrganizationalUnit: OrganizationalUnit }]
  ListParents: [{ ChildId: string }, Page<'Parents', { Id: string; Type: 'ROOT' | 'ORGANIZATIONAL_UNIT' }>]
  CreateOrganizationalUnit: [{ ParentId: string; Name: string }, { OrganizationalUnit: OrganizationalUnit }]
  UpdateOrganizationalUnit: [{ OrganizationalUnitId: string; Name: string }, Nothing]
  DeleteOrganizationalUnit: [{ OrganizationalUnitId: string }, Nothing]
  CreateAccount: [{ Email: string; AccountName: string; Tags?: Tag[] }, { CreateAccountStatus: CreateAccountStatus }]
  DescribeCreateAccountStatus: [{ CreateAccountRequestId: string }, { CreateAccountStatus: CreateAccountStatus }]
  InviteAccountToOrganization: [{ Target: { Id: string; Type: 'ACCOUNT' }; Tags?: Tag[] }, Nothing]
  MoveAccount: [{ AccountId: string; SourceParentId: string; DestinationParentId: string }, Nothing]
  CloseAccount: [{ AccountId: string }, Nothing]
  ListPolicies: [Paged & { Filter: PolicyType }, Page<'Policies', PolicySummary>]
  DescribePolicy: [{ PolicyId: string }, Policy]
  CreatePolicy: [{ Content: string; Description: string; Name: string; Type: PolicyType }, Policy]
  UpdatePolicy: [{ PolicyId: string; Name?: string; Description?: string; Content?: string }, Policy]
  DeletePolicy: [{ PolicyId: string }, Nothing]
  ListPoliciesForTarget: [Paged & { TargetId: string; Filter: PolicyType }, Page<'Policies', PolicySummary>]
  ListTargetsForPolicy: [Paged & { PolicyId: string }, Page<'Targets', PolicyTarget>]
  AttachPolicy: [Attachment, Nothing]
  DetachPolicy: [Attachment, Nothing]
  EnablePolicyType: [{ RootId: string; PolicyType: PolicyType }, { Root: Root }]
  DisablePolicyType: [{ RootId: string; PolicyType: PolicyType }, { Root: Root }]
  ListDelegatedAdministrators: [Paged & { ServicePrincipal?: string }, Page<'DelegatedAdministrators', Account>]
  RegisterDelegatedAdministrator: [Delegation, Nothing]
  DeregisterDelegatedAdministrator: [Delegation, Nothing]
  ListTagsForResource: [{ ResourceId: string; NextToken?: string }, Page<'Tags', Tag>]
  TagResource: [{ ResourceId: string; Tags: Tag[] }, Nothing]
  UntagResource: [{ ResourceId: string; TagKeys: string[] }, Nothing]
}
