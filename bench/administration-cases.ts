/** Single reads and writes of an administrator at the design point, with the floors that they are measured against. */

import type { Case } from './cases.ts'
import { cases, pick } from './cases.ts'
import type { Family } from './families.ts'
import type { Source } from './load.ts'
import {
  accountId,
  IDENTITY_STORE,
  INSTANCE_ARN,
  permissionSetArn,
  type Size,
  sizeOf,
  userId,
  userName,
} from './organization.ts'
import { type JsonCall, signedCall } from './signed-calls.ts'

/** As many as one round can use: signing them takes longer than answering them. */
const MOST_SIGNED = 40_000

/** Who asks, with as many keys as there are families. */
interface Asking {
  readonly host: string
  readonly families: readonly Family[]
}

export function readCases({ host, families }: Asking): readonly Case[] {
  const size = sizeOf(1000)
  const read = (name: string, callOf: (index: number) => JsonCall): Case => ({
    name,
    eventName: name,
    connections: 8,
    floor: 'answer',
    source: () => {
      const requests = Array.from({ length: MOST_SIGNED }, (_, index) =>
        signedCall(host, callOf(index), pick(families, index)),
      )
      let next = 0
      return { next: () => requests[next++] }
    },
  })
  return [
    ...cases(host, families).filter(({ name }) => name === 'GetCallerIdentity'),
    read('DescribePermissionSet', (index) => ({
      service: 'sso-admin',
      operation: 'DescribePermissionSet',
      input: { InstanceArn: INSTANCE_ARN, PermissionSetArn: permissionSetArn((index * 7) % size.permissionSets) },
    })),
    read('GetUserId', (index) => ({
      service: 'identitystore',
      operation: 'GetUserId',
      input: {
        IdentityStoreId: IDENTITY_STORE,
        AlternateIdentifier: {
          UniqueAttribute: { AttributePath: 'userName', AttributeValue: userName((index * 7919) % size.users) },
        },
      },
    })),
  ]
}

/** Names that were never used before, in whatever round. */
let made = 0

const newUser = (): JsonCall => {
  made += 1
  return {
    service: 'identitystore',
    operation: 'CreateUser',
    input: {
      IdentityStoreId: IDENTITY_STORE,
      UserName: `new-${process.pid}-${made}`,
      DisplayName: `New ${made}`,
      Name: { GivenName: 'New', FamilyName: `User ${made}` },
      Emails: [{ Value: `new-${process.pid}-${made}@acme.example`, Type: 'work', Primary: true }],
    },
  }
}

/** Each another triple: most of them give a role that is there already, as in earnest. */
const newAssignment = ({ accounts, users }: Size): JsonCall => {
  made += 1
  return {
    service: 'sso-admin',
    operation: 'CreateAccountAssignment',
    input: {
      InstanceArn: INSTANCE_ARN,
      TargetId: accountId(made % accounts),
      TargetType: 'AWS_ACCOUNT',
      PermissionSetArn: permissionSetArn(0),
      PrincipalType: 'USER',
      PrincipalId: userId((made * 31) % users),
    },
  }
}

export function writeCases({ host, families }: Asking): readonly Case[] {
  const write = (name: string, call: () => JsonCall): Case => ({
    name,
    eventName: name,
    connections: 64,
    floor: 'commit',
    source: () => signing(host, families, call),
  })
  return [write('CreateUser', newUser), write('CreateAccountAssignment', () => newAssignment(sizeOf(1000)))]
}

/** So many users, each made by a call of its own. */
export function usersToMake({ host, families }: Asking, count: number): Source {
  const { next } = signing(host, families, newUser)
  let left = count
  return { next: (connection) => (left-- > 0 ? next(connection) : undefined) }
}

function signing(host: string, families: readonly Family[], call: () => JsonCall): Source {
  let index = 0
  return { next: () => signedCall(host, call(), pick(families, index++)) }
}
