/** What is said about a policy document while it is written. */
import { expect, test } from 'vitest'
import { checkPolicy } from './policy-check.ts'

const lines = (...text: string[]) => text.join('\n')
const allow = (more: string) => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*",${more}}]}`

test('a document that may be sent has nothing wrong', () => {
  expect(checkPolicy(allow('"Action":["s3:Get*","iam:*"]'))).toEqual([])
  expect(checkPolicy('{"Statement":{"Effect":"Deny","NotAction":"*","NotResource":"arn:aws:s3:::x"}}')).toEqual([])
})

test.each([
  [lines('{', '  "Version": "2012-10-17"', '  "Statement": []', '}'), 3, 3, 'A comma or } is missing here.'],
  [lines('{', '  "Version" "2012-10-17"', '}'), 2, 13, 'A colon is missing after "Version".'],
  [lines('{', '  "Statement": [', '    {},', '  ]', '}'), 4, 3, 'A value is missing before ]'],
  ['', 1, 1, 'The document ends where a value is expected.'],
  ['{} x', 1, 4, 'Nothing may follow the document.'],
  ['{"a":1,"a":2}', 1, 8, '"a" stands here twice.'],
])('what is no JSON is shown where it stops being it: %j', (text, line, column, message) => {
  expect(checkPolicy(text)).toEqual([{ line, column, message }])
})

test('every statement has to say whether, what and where', () => {
  const text = lines(
    '{ "Statement": [',
    '  { "Effect": "allow", "Action": "s3" },',
    '  { "Sid": "x", "Principal": "*" } ] }',
  )
  expect(checkPolicy(text).map(({ line, message }) => `${line}: ${message}`)).toEqual([
    '2: Resource is missing.',
    '2: Effect is "Allow" or "Deny".',
    '2: An action is written "service:Operation", such as "s3:GetObject" or "s3:*".',
    '3: Effect is missing: "Allow" or "Deny".',
    '3: Action is missing.',
    '3: Resource is missing.',
    '3: Principal has no place here: the policy is about whoever has the role.',
  ])
})

test('what IAM would not take for its length is said before', () => {
  const long = allow(`"Action":"s3:${'a'.repeat(11_000)}"`)
  expect(checkPolicy(long)).toMatchObject([{ message: expect.stringContaining('10240 are allowed') }])
})
