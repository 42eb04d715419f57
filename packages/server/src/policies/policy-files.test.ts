import { Refusal } from '@mayfly/identity-center/refusal'
import { expect, test } from 'vitest'
import { readPolicyFile } from './policy-files.ts'

const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] }
const text = JSON.stringify(document)

test('a document in a file of its name, whose path is known or is that of its folder', () => {
  const arnOf = (path: string) => readPolicyFile({ path, text })[0]?.arn
  expect(arnOf('ReadOnlyAccess.json')).toBe('arn:aws:iam::aws:policy/ReadOnlyAccess')
  expect(arnOf('Billing')).toBe('arn:aws:iam::aws:policy/job-function/Billing')
  expect(arnOf('service-role/AWSLambdaRole.json')).toBe('arn:aws:iam::aws:policy/service-role/AWSLambdaRole')
})

test('the answer of get-policy-version, also with a document as IAM encodes it', () => {
  for (const Document of [document, text, encodeURIComponent(text)]) {
    const answer = JSON.stringify({ PolicyVersion: { VersionId: 'v7', IsDefaultVersion: true, Document } })
    expect(readPolicyFile({ path: 'AmazonS3FullAccess.json', text: answer })).toEqual([
      { arn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess', name: 'AmazonS3FullAccess', document: text },
    ])
  }
})

test('the answer of get-account-authorization-details: AWS’s policies, in their default version', () => {
  const policy = (Arn: string) => ({
    Arn,
    PolicyName: Arn.slice(Arn.lastIndexOf('/') + 1),
    PolicyVersionList: [
      { IsDefaultVersion: false, Document: {} },
      { IsDefaultVersion: true, Document: document },
    ],
  })
  const arns = ['arn:aws-cn:iam::aws:policy/job-function/Billing', 'arn:aws:iam::111122223333:policy/Own']
  const answer = JSON.stringify({ Policies: arns.map(policy) })
  expect(readPolicyFile({ path: 'all.json', text: answer })).toEqual([
    { arn: 'arn:aws:iam::aws:policy/job-function/Billing', name: 'Billing', document: text },
  ])
})

test('what is no policy is refused with the name of its file', () => {
  for (const wrong of ['', '[]', 'x', '{}', '{"PolicyVersion":{}}', '{"Statement":[{"Effect":"Allow"}]}']) {
    const read = () => readPolicyFile({ path: 'Odd.json', text: wrong })
    expect(read).toThrow(Refusal)
    expect(read).toThrow('Odd.json')
  }
  expect(() => readPolicyFile({ path: 'not a name.json', text })).toThrow('not named after a policy')
})
