/** The rehearsal of the guide of replacing long-term keys goes word by word as it is written. */

import { expect, test } from 'vitest'
import { hasAwsCli } from '../harness/aws-cli.ts'
import { DEVELOPMENT } from '../harness/example.ts'
import { followGuide } from './follow-readme.ts'

const GUIDE = 'docs/guides/replace-long-term-keys.md'

test('whoever rehearses the retirement of a key sees the role, the user and the role again', async (context) => {
  context.skip(!hasAwsCli, 'there is no AWS CLI at /usr/bin/aws (Debian: apt-get install awscli)')
  const said = await followGuide(GUIDE, 'rehearsal-home', 'rehearsal-key', 'rehearsal-story')
  // What GetCallerIdentity answers has no path; CreateUser has.
  const callers = [...said.matchAll(/"Account": "(\d+)",\s+"Arn": "arn:aws:\w+::\d+:(user|assumed-role)\//g)]
  expect(callers.map(([, account, kind]) => `${kind} in ${account}`)).toEqual(
    ['user', 'assumed-role', 'user', 'assumed-role'].map((kind) => `${kind} in ${DEVELOPMENT}`),
  )
  expect(said).toContain('No long-term key found')
})
