/** An organization for measuring: of the size that Mayfly is built for, or of a part of it; ids follow from numbers. */

import { createHash } from 'node:crypto'

/** How many thousandths of the design point. */
export type Scale = 1000 | 1

export interface Size {
  readonly accounts: number
  readonly permissionSets: number
  readonly users: number
  readonly groups: number
  /** Of the group number 0; every other one has ten. */
  readonly members: number
  readonly assignmentsPerAccount: number
  /** Further users who hold `HOT_SET` in the account number 0. */
  readonly holders: number
  readonly auditEvents: number
}

/** One account is as full as the other, in either organization: what differs is how many there are. */
export const sizeOf = (scale: Scale): Size => ({
  accounts: 5 * scale,
  permissionSets: Math.max(10, scale),
  users: 100 * scale,
  groups: 20 * scale,
  members: 20 * scale,
  assignmentsPerAccount: 40,
  holders: scale === 1 ? 12 : 2000,
  auditEvents: 1000 * scale,
})

/** The permission set that the largest group holds in every account. */
export const COMMON_SET = 0
/** The one with many holders. */
export const HOT_SET = 1

/** Of the example organization, which this one is added to. */
export const IDENTITY_STORE = 'd-9067a1b2c3'
export const INSTANCE_ARN = 'arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60'
export const MANAGEMENT = '111122223333'

const hex = (text: string): string => createHash('sha256').update(text).digest('hex')

function directoryId(kind: string, number: number | string): string {
  const digits = hex(`${kind}/${number}`)
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`]
  return `${IDENTITY_STORE.slice(2)}-${parts.join('-')}-${digits.slice(20, 32)}`
}

export const userId = (number: number): string => directoryId('user', number)
export const userName = (number: number): string => `user-${number}`
export const groupId = (number: number): string => directoryId('group', number)
export const membershipId = (group: number, member: number | string): string =>
  directoryId('membership', `${group}/${member}`)
export const accountId = (number: number): string => `9${String(number).padStart(11, '0')}`
export const permissionSetArn = (number: number): string =>
  `arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-${hex(`set/${number}`).slice(0, 16)}`
