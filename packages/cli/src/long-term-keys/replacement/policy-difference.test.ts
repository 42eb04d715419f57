/** What is lost is never promised: conditions, denials and boundaries are said. */

import { expect, test } from 'vitest'
import type { UserPolicy } from '../inquiry/key-facts.ts'
import { findLostRights } from './policy-difference.ts'
import { parsePolicies } from './policy-statements.ts'
import { summarizeRights } from './right-summary.ts'

interface Written {
  readonly Effect?: string
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: object
}

const policy = (statements: readonly Written[], way: UserPolicy['way'] = 'inline'): UserPolicy => ({
  name: way,
  way,
  document: JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({
      Effect: 'Allow',
      ...(statement.NotResource === undefined && { Resource: '*' }),
      ...statement,
    })),
  }),
})

const lost = (held: readonly UserPolicy[], wanted: readonly UserPolicy[]) =>
  findLostRights(parsePolicies(held), parsePolicies(wanted))

const ADMIN = policy([{ Action: '*' }])
const POWER_USER = policy([{ NotAction: ['iam:*', 'organizations:*'] }, { Action: ['iam:ListRoles'] }])

test('whoever may do everything loses nothing, whatever the key had', () => {
  const key = [
    policy([{ Action: 's3:*' }, { NotAction: 'iam:*' }, { Action: 'ec2:*', Condition: { Bool: { 'aws:x': 'true' } } }]),
  ]
  expect(lost(key, [ADMIN])).toEqual([])
  expect(lost([ADMIN], [POWER_USER])).toEqual([
    { actions: ['*'], resources: ['*'], conditional: 'allowed in part: all but iam:*, organizations:*, iam:ListRoles' },
  ])
})

test('NotAction: whoever leaves out less, covers more', () => {
  expect(lost([policy([{ NotAction: ['iam:*', 'sts:*', 'organizations:*'] }])], [POWER_USER])).toEqual([])
  expect(lost([policy([{ Action: ['s3:Get*', 'iam:ListRoles'] }])], [POWER_USER])).toEqual([])
  expect(lost([policy([{ Action: ['iam:CreateUser'] }])], [POWER_USER])).toEqual([
    { actions: ['iam:CreateUser'], resources: ['*'] },
  ])
})

test('actions and resources must be covered by the same statement', () => {
  const key = [
    policy([{ Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'] }]),
  ]
  const set = [
    policy([
      { Action: 's3:Get*', Resource: 'arn:aws:s3:::a/*' },
      { Action: 's3:Put*', Resource: 'arn:aws:s3:::b/*' },
    ]),
  ]
  expect(lost(key, set)).toEqual([
    { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] },
    { actions: ['s3:PutObject'], resources: ['arn:aws:s3:::a/*'] },
  ])
})

test('their case does not matter to actions', () => {
  expect(lost([policy([{ Action: 'S3:getobject' }])], [policy([{ Action: 's3:GetObject' }])])).toEqual([])
})

test('a condition of the permission set is no right, and is said', () => {
  const set = [policy([{ Action: 's3:*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }])]
  expect(lost([policy([{ Action: 's3:GetObject' }])], set)).toEqual([
    { actions: ['s3:GetObject'], resources: ['*'], conditional: 'allowed under conditions on aws:SourceIp' },
  ])
})

test('the same condition, and the same denial, on both sides loses nothing', () => {
  const same = policy([
    { Action: 'iam:PassRole', Condition: { StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com' } } },
    { Action: 's3:*' },
    { Effect: 'Deny', Action: 's3:Delete*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ])
  expect(lost([same], [same])).toEqual([])
  const other = policy([{ Action: 'iam:PassRole', Condition: { StringLike: { 'iam:PassedToService': 'lambda.*' } } }])
  expect(lost([other], [same])).toHaveLength(1)
})

test('a denial takes away: wholly, or a part that is said', () => {
  const key = [policy([{ Action: ['s3:GetObject', 's3:DeleteObject'], Resource: '*' }])]
  const set = [policy([{ Action: 's3:*' }, { Effect: 'Deny', Action: 's3:Delete*' }])]
  expect(lost(key, set)).toEqual([{ actions: ['s3:DeleteObject'], resources: ['*'] }])
  const part = [policy([{ Action: 's3:*' }, { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::secret/*' }])]
  expect(lost([policy([{ Action: 's3:GetObject' }])], part)).toEqual([
    { actions: ['s3:GetObject'], resources: ['*'], conditional: 's3:* denied' },
  ])
})

test('what the key is denied itself, or its boundary leaves out, is not lost', () => {
  const key = [policy([{ Action: ['s3:*', 'iam:*'] }, { Effect: 'Deny', Action: 'iam:*' }])]
  expect(lost(key, [policy([{ Action: 's3:*' }])])).toEqual([])
  const bounded = [policy([{ Action: ['s3:*', 'ec2:*'] }]), policy([{ Action: 's3:*' }], 'boundary')]
  expect(lost(bounded, [policy([{ Action: 's3:*' }])])).toEqual([])
})

test('the boundary of the permission set takes away', () => {
  const set = [ADMIN, policy([{ Action: 's3:Get*' }], 'boundary')]
  expect(lost([policy([{ Action: ['s3:GetObject', 'ec2:RunInstances'] }])], set)).toEqual([
    { actions: ['ec2:RunInstances'], resources: ['*'] },
  ])
})

test('a variable has a value that nobody knows here', () => {
  const variable = ['$', '{aws:username}'].join('')
  const own = policy([{ Action: 's3:*', Resource: `arn:aws:s3:::home/${variable}/*` }])
  expect(lost([own], [policy([{ Action: 's3:*', Resource: 'arn:aws:s3:::home/*' }])])).toEqual([])
  const key = [policy([{ Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/bob/*' }])]
  expect(lost(key, [own])[0]?.conditional).toMatch(/^allowed in part/)
})

test('several statements that make up one together are said, not promised', () => {
  const set = [policy([{ Action: ['s3:Get*', 's3:Put*', 's3:List*', 's3:Delete*'] }])]
  expect(lost([policy([{ Action: 's3:*' }])], set)).toEqual([
    { actions: ['s3:*'], resources: ['*'], conditional: 'allowed in part: s3:Get*, s3:Put*, s3:List*, and 1 more' },
  ])
})

test('a document that could not be read may allow more', () => {
  const set: readonly UserPolicy[] = [{ name: 'Team', way: 'attached', arn: 'arn:aws:iam::111122223333:policy/Team' }]
  expect(lost([policy([{ Action: 's3:Get*' }])], set)).toEqual([
    { actions: ['s3:Get*'], resources: ['*'], conditional: 'Team could not be read' },
  ])
})

test('what is gained beyond is told by service, and what is too much is counted', () => {
  const many = Array.from({ length: 20 }, (_, number) => `svc${number}:Get*`)
  const gained = summarizeRights(lost([policy([{ Action: [...many, 'ec2:*'] }])], [policy([{ Action: 's3:*' }])]))
  expect(gained[0]).toEqual({ actions: ['rights in 21 services, most of them Get*'], resources: ['*'] })
  expect(gained[1]).toEqual({ actions: ['ec2:*'], resources: ['*'] })
  expect(gained).toHaveLength(4)
})
