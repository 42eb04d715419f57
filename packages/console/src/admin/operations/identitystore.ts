/** What the console sends to `identitystore` and reads from its answers: input and output of each operation. */
import type { Nothing, Page, Paged } from './paging.ts'

export interface Name {
  GivenName?: string
  FamilyName?: string
  MiddleName?: string
  Formatted?: string
}

export interface Address {
  StreetAddress?: string
  Locality?: string
  Region?: string
  PostalCode?: string
  Country?: string
  Formatted?: string
}

interface Value {
  Value?: string
  Type?: string
  Primary?: boolean
}

/** What can be said of a user, by those who create or change one. */
export interface UserAttributes {
  UserName?: string
  Name?: Name
  DisplayName?: string
  NickName?: string
  Title?: string
  UserType?: string
  PreferredLanguage?: string
  Locale?: string
  Timezone?: string
  ProfileUrl?: string
  Website?: string
  Emails?: Value[]
  PhoneNumbers?: Value[]
  Addresses?: (Address & { Type?: string; Primary?: boolean })[]
  /** By the name of the extension. */
  Extensions?: Record<string, Record<string, string>>
}

export interface User extends UserAttributes {
  UserId: string
  UserStatus?: 'ENABLED' | 'DISABLED'
  ExternalIds?: { Issuer: string; Id: string }[]
  /** Seconds since 1970. */
  CreatedAt?: number
  UpdatedAt?: number
}

export interface Group {
  GroupId: string
  DisplayName?: string
  Description?: string
  ExternalIds?: { Issuer: string; Id: string }[]
}

export interface GroupMembership {
  MembershipId: string
  GroupId: string
  MemberId: { UserId: string }
}

interface InStore {
  IdentityStoreId: string
}

/** One attribute to set; without a value it is cleared. */
export interface AttributeOperation {
  AttributePath: string
  AttributeValue?: unknown
}

interface Filtered {
  Filters?: { AttributePath: string; AttributeValue: string }[]
}

export interface IdentityStore {
  ListUsers: [InStore & Paged & Filtered, Page<'Users', User>]
  DescribeUser: [InStore & { UserId: string; Extensions?: string[] }, User]
  CreateUser: [InStore & UserAttributes, { UserId: string }]
  UpdateUser: [InStore & { UserId: string; Operations: AttributeOperation[] }, Nothing]
  DeleteUser: [InStore & { UserId: string }, Nothing]
  ListGroups: [InStore & Paged & Filtered, Page<'Groups', Group>]
  DescribeGroup: [InStore & { GroupId: string }, Group]
  CreateGroup: [InStore & { DisplayName: string; Description?: string }, { GroupId: string }]
  UpdateGroup: [InStore & { GroupId: string; Operations: AttributeOperation[] }, Nothing]
  DeleteGroup: [InStore & { GroupId: string }, Nothing]
  ListGroupMemberships: [InStore & Paged & { GroupId: string }, Page<'GroupMemberships', GroupMembership>]
  ListGroupMembershipsForMember: [
    InStore & Paged & { MemberId: { UserId: string } },
    Page<'GroupMemberships', GroupMembership>,
  ]
  CreateGroupMembership: [InStore & { GroupId: string; MemberId: { UserId: string } }, { MembershipId: string }]
  DeleteGroupMembership: [InStore & { MembershipId: string }, Nothing]
  GetGroupMembershipId: [InStore & { GroupId: string; MemberId: { UserId: string } }, { MembershipId: string }]
}
