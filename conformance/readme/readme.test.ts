/** README is true: whoever does what it says has credentials in two accounts within two minutes. */

import { expect, test } from 'vitest'
import { readmeBlock } from '../../tools/readme.ts'
import { hasAwsCli } from '../harness/aws-cli.ts'
import { DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { followReadme } from './follow-readme.ts'

const expected = [
  expect.stringMatching(
    `^arn:aws:sts::${DEVELOPMENT}:assumed-role/AWSReservedSSO_AdministratorAccess_[0-9a-f]{16}/alice$`,
  ),
  expect.stringMatching(`^arn:aws:sts::${PRODUCTION}:assumed-role/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}/alice$`),
]

test('with mayfly, which opens the browser once', async () => {
  const { printed, arns, seconds, opened } = await followReadme('mayfly')
  expect(arns).toEqual(expected)
  expect(opened).toHaveLength(1)
  expect(seconds).toBeLessThan(120)
  console.log(`${arns.join('\n')}\nmayfly: ${seconds.toFixed(1)} seconds from npm start`)

  const [address] = printed.match(/http:\/\/localhost:\d+/) ?? []
  expect(printed).toContain(`Access portal   ${address}/start`)
  for (const line of readmeBlock('mayfly').trim().split('\n')) expect(printed).toContain(line)
})

test('with the AWS CLI', async (context) => {
  context.skip(!hasAwsCli, 'there is no AWS CLI at /usr/bin/aws (Debian: apt-get install awscli)')
  const { arns, seconds } = await followReadme('aws')
  expect(arns).toEqual(expected)
  expect(seconds).toBeLessThan(120)
  console.log(`${arns.join('\n')}\nthe AWS CLI: ${seconds.toFixed(1)} seconds from npm start`)
})
