/** IAM answers once a partition. */

import { expect, test } from 'vitest'
import { awsEndpoint } from './endpoint.ts'
import { iamSigningRegion } from './iam-endpoint.ts'
import { partitionOf } from './partition.ts'

// From the rule set of botocore 1.43.11: usual, dual-stack, FIPS, both.
test.each([
  [
    'eu-west-1',
    'us-east-1',
    ['iam.amazonaws.com', 'iam.global.api.aws', 'iam-fips.amazonaws.com', 'iam-fips.global.api.aws'],
  ],
  [
    'us-gov-east-1',
    'us-gov-west-1',
    ['iam.us-gov.amazonaws.com', 'iam.us-gov.api.aws', 'iam.us-gov.amazonaws.com', 'iam.us-gov.api.aws'],
  ],
  [
    'eusc-de-east-1',
    'eusc-de-east-1',
    [
      'iam.eusc-de-east-1.amazonaws.eu',
      'iam.api.amazonwebservices.eu',
      'iam-fips.amazonaws.eu',
      'iam-fips.api.amazonwebservices.eu',
    ],
  ],
  [
    'us-iso-west-1',
    'us-iso-east-1',
    [
      'iam.us-iso-east-1.c2s.ic.gov',
      'iam.api.aws.ic.gov',
      'iam-fips.us-iso-east-1.c2s.ic.gov',
      'iam-fips.api.aws.ic.gov',
    ],
  ],
] as const)('%s: the hosts of the published rule set, signed for %s', (region, home, hosts) => {
  const asked = [
    { fips: false, dualStack: false },
    { fips: false, dualStack: true },
    { fips: true, dualStack: false },
    { fips: true, dualStack: true },
  ].map((switches) => awsEndpoint('iam', region, switches))
  expect(asked).toEqual(hosts.map((host) => `https://${host}`))
  expect(iamSigningRegion(partitionOf(region))).toBe(home)
})

test('in China one region answers for both', () => {
  const hosts = [false, true].map((dualStack) => awsEndpoint('iam', 'cn-northwest-1', { fips: false, dualStack }))
  expect(hosts).toEqual(['https://iam.cn-north-1.amazonaws.com.cn', 'https://iam.global.api.amazonwebservices.com.cn'])
  expect(iamSigningRegion(partitionOf('cn-northwest-1'))).toBe('cn-north-1')
})
