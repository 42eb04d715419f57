/** The environment that leads an SDK to the endpoint. */

import type { ServedClient } from './credential-server.ts'

/** Variables for a client. `region` is the profile's: where the client runs there may be no config file to name one. */
export const clientEnvironment = (
  { url, token }: Pick<ServedClient, 'url' | 'token'>,
  region?: string,
): Readonly<Record<string, string>> => ({
  AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
  // Without it, an SDK that gets nothing here waits seconds for a metadata service that is not there.
  AWS_EC2_METADATA_DISABLED: 'true',
  // boto3 reads AWS_DEFAULT_REGION alone.
  ...(region !== undefined && { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
})

/** Variables that SDKs look at before the endpoint: where one is set, the endpoint is never asked. */
export const SHADOWING_VARIABLES: readonly string[] = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
]

/** `NAME=value` lines, as `docker --env-file`, compose, systemd and a shell all read them: no value needs quotes. */
export const formatEnvFile = (environment: Readonly<Record<string, string>>): string =>
  Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
