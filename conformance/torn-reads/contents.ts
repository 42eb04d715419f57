/** The two files that are written and read: each in two forms of different length. */

import { createHash } from 'node:crypto'

export const SESSION = 'acme'
export const ACCOUNT = '111122223333'
export const ROLE = 'ReadOnly'

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex')

export interface Written {
  /** Below home. */
  readonly path: string
  /** The name without `.json`, as botocore's cache takes it. */
  readonly key: string
  readonly values: readonly object[]
}

/** A token file and a role's file, as the AWS CLI fills them. */
export function contents(startUrlOf: string): readonly [token: Written, role: Written] {
  const later = (hours: number): string => `${new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 19)}Z`
  const token = (length: number) => ({
    startUrl: `https://${sha1(startUrlOf).slice(0, 8)}.awsapps.com/start`,
    region: 'us-east-1',
    accessToken: 'a'.repeat(length),
    expiresAt: later(6),
    clientId: 'client',
    clientSecret: 's'.repeat(length * 2),
    registrationExpiresAt: later(600),
    refreshToken: 'r'.repeat(length),
  })
  const role = (length: number) => ({
    ProviderType: 'sso',
    Credentials: {
      AccessKeyId: 'ASIAQNZGKIQY56JQ7WML',
      SecretAccessKey: 'x'.repeat(40),
      SessionToken: 'y'.repeat(length),
      Expiration: later(6),
      AccountId: ACCOUNT,
    },
  })
  const tokenKey = sha1(SESSION)
  const roleKey = sha1(JSON.stringify({ accountId: ACCOUNT, roleName: ROLE, sessionName: SESSION }))
  return [
    { path: `.aws/sso/cache/${tokenKey}.json`, key: tokenKey, values: [token(300), token(1500)] },
    { path: `.aws/cli/cache/${roleKey}.json`, key: roleKey, values: [role(400), role(1200)] },
  ]
}
