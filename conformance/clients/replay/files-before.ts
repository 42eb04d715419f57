/** The files that lay there before the recorded commands. */

import { createHash } from 'node:crypto'
import type { Snapshot } from './recording.ts'

/** A config file alone. */
export const file = (content: string, mode = '0o644'): Snapshot => new Map([['~/.aws/config', { mode, content }]])

const START_URL = 'https://d-9067aaaaaa.awsapps.com/start'

/** The config file of the sessions that use a profile of one sso-session. */
export const session = (startUrl = START_URL): string => `[profile dev]
sso_session = s1
sso_account_id = 123456789012
sso_role_name = ReadOnly
region = us-east-1

[sso-session s1]
sso_start_url = ${startUrl}
sso_region = us-east-1
sso_registration_scopes = sso:account:access

[profile legacy]
sso_start_url = ${startUrl}
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = ReadOnly
region = us-east-1
`

/** A config file that somebody has written by hand. */
export const EXISTING = `# my comment
[default]
region = eu-west-1

[profile dev]
sso_session = corp
output = json
# keep me
s3 =
  max_concurrent_requests = 5

[sso-session corp]
sso_start_url = https://d-9067aaaaaa.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access,codewhisperer:completions
`

const inMinutes = (count: number): string => `${new Date(Date.now() + count * 60_000).toISOString().slice(0, 19)}Z`

/** A signed-in session whose token ends in `expires` minutes; no role credentials. */
export function token(
  expires: number,
  { registration = 100_000, refresh = true } = {},
): { readonly fresh: true; readonly files: Snapshot } {
  const members = {
    startUrl: START_URL,
    region: 'us-east-1',
    accessToken: 'oldtok',
    expiresAt: inMinutes(expires),
    clientId: 'cid',
    clientSecret: 'csec',
    registrationExpiresAt: inMinutes(registration),
    ...(refresh && { refreshToken: 'rt0' }),
  }
  const path = '~/.aws/sso/cache/640d87e741e6aa4c669a82a4cd304787960513ab.json'
  const cached = { mode: '0o644', content: JSON.stringify(members) }
  return { fresh: true, files: new Map([...file(session()), [path, cached]]) }
}

/** The registration's file of session my-sso in us-east-1, by the rule of the specification and no code of ours. */
export const registrationFile = (startUrl: string): string =>
  createHash('sha1')
    .update(
      `{"region": "us-east-1", "scopes": ["sso:account:access"], "session_name": "my-sso", "startUrl": "${startUrl}", "tool": "botocore"}`,
    )
    .digest('hex')
