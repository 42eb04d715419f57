import { expect, test } from 'vitest'
import { partitionOf, partitionOfArn } from './partition.ts'

test.each([
  ['us-east-1', 'aws'],
  ['eu-west-1', 'aws'],
  ['home', 'aws'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
])('%s lies in %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition)
})

test('an ARN names its partition', () => {
  expect(partitionOfArn('arn:aws-cn:sso:::instance/ssoins-0123456789abcdef')).toBe('aws-cn')
})
