import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { MalformedPolicy } from './malformed-policy.ts'
import { parsePolicy } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'

const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' }
const trusting = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }
const document = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })

/** What is wrong with a document; throws when nothing is. */
function refusalOf(text: string, kind: PolicyKind = 'identity'): MalformedPolicy {
  try {
    parsePolicy(text, kind)
  } catch (error) {
    if (error instanceof MalformedPolicy) return error
    throw error
  }
  throw new Error(`This was taken: ${text}`)
}

test('what is wrong is told with its line, its column, its member and the fix', () => {
  const text =
    '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "allow", "Action": "s3:*", "Resource": "*" }\n  ]\n}'
  const refusal = refusalOf(text)
  expect(refusal).toBeInstanceOf(Refusal)
  expect(refusal.code).toBe('invalid')
  expect(refusal.place).toEqual({ line: 4, column: 17 })
  expect(refusal.path).toBe('Statement[0].Effect')
  expect(refusal.message).toBe(
    'Syntax errors in policy at line 4, column 17 (Statement[0].Effect): there is no effect allow.',
  )
  expect(refusal.hint).toBe('Write "Allow" or "Deny", spelt so.')
})

describe('refused', () => {
  test.each([
    ['', 'a value is missing'],
    ['[]', 'an object belongs here'],
    ['{"Version":"2012-10-17"}', 'Statement is missing'],
    ['{"Version":"2012-10-18","Statement":[]}', 'no such version'],
    ['{"Statement":[]}', 'there is no statement'],
    ['{"Statement":{},"Statement":{}}', 'stands here twice'],
    ['{"statement":{}}', 'no element statement'],
    ["{'Statement':{}}", 'not JSON'],
    ['{"Statement":{}} x', 'not JSON'],
    ['{"Statement":{}},', 'something follows'],
    ['{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"a\nb"}]}', 'line break'],
    [`{"Statement":${'['.repeat(40)}${']'.repeat(40)}}`, 'nested too deeply'],
  ])('%s', (text, problem) => {
    expect(refusalOf(text).message).toContain(problem)
  })

  test.each([
    [{ Action: 's3:*', Resource: '*' }, 'Effect is missing'],
    [{ Effect: 'Allow', Resource: '*' }, 'Action is missing'],
    [{ Effect: 'Allow', Action: 's3:*' }, 'Resource is missing'],
    [{ ...statement, NotAction: 's3:*' }, 'exclude each other'],
    [{ ...statement, NotResource: '*' }, 'exclude each other'],
    [{ ...statement, Sid: 'not a sid' }, 'letters and digits'],
    [{ ...statement, Action: [] }, 'the list is empty'],
    [{ ...statement, Action: 's3' }, 'no action'],
    [{ ...statement, Action: 's*:Get' }, 'no action'],
    [{ ...statement, Action: 7 }, 'a string belongs here'],
    [{ ...statement, Resource: 'bucket' }, 'no ARN'],
    [{ ...statement, Resource: 'arn:aws:s3' }, 'no ARN'],
    [{ ...statement, Resource: 'arn:aws:s3:::b/${aws:username' }, 'variable that cannot be read'],
    [{ ...statement, Resource: `arn:aws:s3:::b/\${nothing}` }, 'variable that cannot be read'],
    [{ ...statement, Principal: '*' }, 'names no principal'],
    [{ ...statement, Condition: { StringMatches: { 'aws:x': 'y' } } }, 'no condition operator StringMatches'],
    [{ ...statement, Condition: { StringEquals: { x: 'y' } } }, 'no condition key'],
    [{ ...statement, Condition: { StringEquals: { 'aws:x': null } } }, 'a value belongs here'],
    [{ ...statement, Condition: { NumericEquals: { 'aws:x': 'seven' } } }, 'cannot compare with seven'],
    [{ ...statement, Condition: { DateLessThan: { 'aws:x': 'tomorrow' } } }, 'cannot compare with tomorrow'],
    [{ ...statement, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } }, 'cannot compare with 10.0.0.0/33'],
    [{ ...statement, Condition: { Bool: { 'aws:x': 'yes' } } }, 'cannot compare with yes'],
    [{ ...statement, Condition: { Null: { 'aws:x': 'yes' } } }, 'Null takes'],
    [{ ...statement, Condition: { NullIfExists: { 'aws:x': 'true' } } }, 'no condition operator'],
    [{ ...statement, Effects: 'Allow' }, 'no element Effects'],
  ])('%j', (written, problem) => {
    expect(refusalOf(document(written)).message).toContain(problem)
  })

  test.each([
    [{ ...trusting, Resource: '*' }, 'has no Resource'],
    [{ ...trusting, Action: 's3:GetObject' }, 'only name actions of sts'],
    [{ Effect: 'Allow', Action: 'sts:AssumeRole' }, 'Principal is missing'],
    [{ ...trusting, Principal: 'arn:aws:iam::111122223333:root' }, 'under its type'],
    [{ ...trusting, Principal: { AWS: 'arn:aws:iam::111122223333:role/*x', Role: 'y' } }, 'no element Role'],
    [{ ...trusting, Principal: { AWS: 'bob' } }, 'no principal of type AWS'],
    [{ ...trusting, Principal: { Service: 'ec2' } }, 'no principal of type Service'],
    [{ ...trusting, Principal: {} }, 'there is no principal'],
    [{ ...trusting, Principal: undefined, NotPrincipal: { AWS: '111122223333' } }, 'NotPrincipal does not belong here'],
  ])('of a trust policy: %j', (written, problem) => {
    expect(refusalOf(document(written), 'trust').message).toContain(problem)
  })

  test('two statements of one name', () => {
    expect(refusalOf(document({ ...statement, Sid: 'A' }, { ...statement, Sid: 'A' })).path).toBe('Statement[1].Sid')
  })
})

test('one statement needs no list, and one value none', () => {
  expect(parsePolicy(JSON.stringify({ Statement: statement }), 'identity')).toMatchObject({ version: '2008-10-17' })
  expect(parsePolicy(document(trusting), 'trust').statements).toHaveLength(1)
  expect(parsePolicy(document({ ...trusting, Resource: '*' }), 'resource').statements).toHaveLength(1)
})

test('whatever text comes is taken or refused, and never a fault', () => {
  const wild = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.json(),
    fc.constantFrom('{"Statement":', '{"Version":"', '[[[['),
  )
  fc.assert(
    fc.property(wild, (text) => {
      try {
        parsePolicy(text, 'identity')
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedPolicy)
      }
    }),
    { numRuns: 1000 },
  )
})

test('JSON is read as the platform reads it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const valid = { Version: '2012-10-17', Id: text, Statement: [{ ...statement, Sid: '' }] }
      expect(parsePolicy(JSON.stringify(valid), 'identity').statements).toHaveLength(1)
    }),
  )
})
