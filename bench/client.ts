/** `mayfly credentials` from a warm cache against an empty Node and against the AWS CLI. */

import { createHash } from 'node:crypto'
import { AWS_CLI, hasAwsCli } from '../conformance/harness/aws-cli.ts'
import { DEVELOPMENT } from '../conformance/harness/example.ts'
import { Home } from '../conformance/harness/home.ts'
import { MAYFLY } from '../conformance/harness/mayfly.ts'
import { type Comparison, compare } from './whole-process.ts'

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex')

/** A home with forty profiles and warm role credentials for the last of them. */
export function warmHome(): Home {
  const home = new Home()
  const profiles = Array.from({ length: 40 }, (_, index) => ({
    name: `profile-${index}`,
    accountId: DEVELOPMENT,
    roleName: `Role${index}`,
  }))
  home.writeConfig('https://d-1234567890.awsapps.com/start', profiles)
  const key = JSON.stringify({ accountId: DEVELOPMENT, roleName: 'Role39', sessionName: 'acme' })
  const expiration = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`
  home.write(
    `.aws/cli/cache/${sha1(key)}.json`,
    JSON.stringify({
      ProviderType: 'sso',
      Credentials: {
        AccessKeyId: 'ASIAQNZGKIQY56JQ7WML',
        SecretAccessKey: 'x'.repeat(40),
        SessionToken: 'y'.repeat(700),
        Expiration: expiration,
        AccountId: DEVELOPMENT,
      },
    }),
  )
  return home
}

export function measureClient(pairs: number): readonly Comparison[] {
  const home = warmHome()
  const env = home.env()
  const node = (name: string, ...args: string[]) => ({ name, file: process.execPath, args, env })
  const empty = node('node -e 0', '-e', '0')
  const mayfly = node('mayfly credentials', MAYFLY, 'credentials', '--profile', 'profile-39')
  const prompt = node('mayfly prompt', MAYFLY, 'prompt', '--shell', 'bash', '--profile', 'profile-39')
  try {
    const comparisons = [
      compare(mayfly, empty, pairs),
      compare(node('mayfly --help', MAYFLY, '--help'), empty, pairs),
      compare(node('mayfly status', MAYFLY, 'status'), empty, pairs),
      compare(prompt, empty, pairs),
      compare(node('mayfly complete, a command', MAYFLY, 'complete', 'fish', '--', 'sta'), empty, pairs),
      compare(node('mayfly complete, a profile', MAYFLY, 'complete', 'fish', '--', 'use', 'pro'), empty, pairs),
    ]
    if (hasAwsCli) {
      const args = ['configure', 'export-credentials', '--profile', 'profile-39']
      const aws = { name: 'aws configure export-credentials', file: AWS_CLI, args, env }
      comparisons.push(compare(aws, mayfly, Math.min(pairs, 15)))
    }
    return comparisons
  } finally {
    home.remove()
  }
}
