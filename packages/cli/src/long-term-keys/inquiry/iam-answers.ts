/** What IAM answers, member by member. */

import { findMember, listMembers } from '../../sign-in/answer.ts'
import type { LastUse } from './key-facts.ts'

export interface IamUser {
  readonly userName: string
  readonly arn: string
  readonly path: string
  readonly createdAt?: Date
  /** When the person last signed in to the console with a password. */
  readonly passwordLastUsed?: Date
  readonly boundaryArn?: string
  /** GetUser alone answers them; ListUsers leaves them out. */
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

export interface KeyDescription {
  readonly accessKeyId: string
  /** Absent for a root user's. */
  readonly userName?: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAt?: Date
}

export interface UsedKey {
  readonly userName?: string
  readonly lastUsed: LastUse
}

export function parseUser(item: unknown): IamUser {
  const [createdAt, passwordLastUsed] = [findDate(item, 'CreateDate'), findDate(item, 'PasswordLastUsed')]
  const boundaryArn = findMember(findStructure(item, 'PermissionsBoundary'), 'PermissionsBoundaryArn')
  return {
    userName: findMember(item, 'UserName') ?? '',
    arn: findMember(item, 'Arn') ?? '',
    path: findMember(item, 'Path') ?? '/',
    ...withoutUndefined({ createdAt, passwordLastUsed, boundaryArn }),
    tags: listMembers(item, 'Tags').map((tag) => ({
      key: findMember(tag, 'Key') ?? '',
      value: findMember(tag, 'Value') ?? '',
    })),
  }
}

export function parseKey(item: unknown): KeyDescription {
  const [userName, createdAt] = [findMember(item, 'UserName'), findDate(item, 'CreateDate')]
  return {
    accessKeyId: findMember(item, 'AccessKeyId') ?? '',
    // IAM knows a third, Expired: such a key signs no more than an inactive one.
    status: findMember(item, 'Status') === 'Active' ? 'Active' : 'Inactive',
    ...withoutUndefined({ userName, createdAt }),
  }
}

export function parseLastUse(output: unknown): UsedKey {
  const used = findStructure(output, 'AccessKeyLastUsed')
  const at = findDate(used, 'LastUsedDate')
  const [service, region] = [findSaid(used, 'ServiceName'), findSaid(used, 'Region')]
  return {
    ...withoutUndefined({ userName: findMember(output, 'UserName') }),
    lastUsed: at === undefined ? {} : { at, ...withoutUndefined({ service, region }) },
  }
}

/** IAM writes N/A for what it does not know. */
const findSaid = (structure: unknown, name: string): string | undefined => {
  const text = findMember(structure, name)
  return text === 'N/A' ? undefined : text
}

export const findStructure = (output: unknown, name: string): unknown =>
  typeof output === 'object' && output !== null ? (output as Record<string, unknown>)[name] : undefined

function findDate(output: unknown, name: string): Date | undefined {
  const value = findStructure(output, name)
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value : undefined
}

/** The members that have a value. */
export function withoutUndefined<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Members]?: Exclude<Members[Name], undefined>
  }
}
