/** Cache files are never read torn: ours never by anybody, the AWS CLI's never by us. */

import { expect, test } from 'vitest'
import { countTornReads, hasAwsWriter, hasBotocore } from './torn-reads.ts'

/** The whole length in the long run. */
const READS = process.env['MAYFLY_LONG_TESTS'] === '1' ? 100_000 : 4_000

test('what we write, nobody reads torn: Mayfly', async () => {
  const count = await countTornReads('ours', 'ours', READS)
  expect(count).toEqual({ reads: READS, failures: 0, leftToTheWhole: 0 })
}, 3_000_000)

test('what we write, nobody reads torn: botocore', async (context) => {
  context.skip(!hasBotocore, 'this Python has no botocore (Debian: apt-get install python3-botocore)')
  expect(await countTornReads('ours', "botocore's", READS)).toEqual({ reads: READS, failures: 0 })
}, 3_000_000)

test('what we write, nobody reads torn: the AWS SDK for JavaScript', async () => {
  expect(await countTornReads('ours', "the SDK for JavaScript's", READS)).toEqual({ reads: READS, failures: 0 })
}, 3_000_000)

test('what the AWS CLI truncates and writes in a loop, we read every time', async (context) => {
  context.skip(!hasAwsWriter, 'there is no AWS CLI (Debian: apt-get install awscli)')
  const count = await countTornReads("the AWS CLI's", 'ours', READS)
  expect(count).toMatchObject({ reads: READS, failures: 0 })
  // The hot path meets torn files too, or this would prove nothing.
  expect(count.leftToTheWhole).toBeGreaterThan(0)
}, 3_000_000)
