import { expect, test } from 'vitest'
import { breadthOf } from './policy-breadth.ts'

const document = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const own = (...statements: object[]) => ({ name: 'own', document: document(...statements) })
const aws = (name: string) => ({ name, arn: `arn:aws:iam::aws:policy/${name}` })
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Allow', Action, Resource })

test.each([
  ['everything', [aws('AdministratorAccess')]],
  ['everything', [aws('IAMFullAccess')]],
  ['wide', [aws('PowerUserAccess')]],
  ['wide', [aws('AmazonS3FullAccess')]],
  ['narrow', [aws('ReadOnlyAccess')]],
  ['everything', [own(allow('*'))]],
  ['everything', [own(allow(['s3:GetObject', 'iam:*']))]],
  ['everything', [own(allow('*:*'))]],
  ['wide', [own(allow('s3:*'))]],
  ['wide', [own({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })]],
  ['narrow', [own(allow('s3:*', 'arn:aws:s3:::one/*'))]],
  ['narrow', [own(allow('s3:GetObject'))]],
  ['narrow', [own({ Effect: 'Deny', Action: '*', Resource: '*' })]],
  ['nothing', []],
  ['unknown', [{ name: 'own', arn: 'arn:aws:iam::111122223333:policy/own' }]],
  ['unknown', [{ name: 'own', document: 'no JSON' }, aws('ReadOnlyAccess')]],
  ['everything', [{ name: 'own', document: 'no JSON' }, aws('AdministratorAccess')]],
  ['wide', [aws('ReadOnlyAccess'), own(allow('ec2:*'))]],
] as const)('%s: %j', (breadth, policies) => {
  expect(breadthOf(policies)).toBe(breadth)
})

test('a policy of the account that has the name of AWS’s is not taken for it', () => {
  expect(breadthOf([{ name: 'ReadOnlyAccess', arn: 'arn:aws:iam::111122223333:policy/ReadOnlyAccess' }])).toBe(
    'unknown',
  )
})
