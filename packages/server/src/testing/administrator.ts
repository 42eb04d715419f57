/** An administrator of the example organization, for tests: signed clients of every service. */

import type { Client } from '@mayfly/wire/call'
import type { ServiceName } from '@mayfly/wire/model/service-model'
import { roleCredentials, signInWithPkce } from './journeys.ts'
import type { TestServer } from './test-server.ts'

export const INSTANCE_ARN = 'arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60'

/** Signs in and takes a role; alice's administrator role in the management account when none is named. */
export async function signedClients(
  server: TestServer,
  { userName = 'alice', accountId = '111122223333', roleName = 'AdministratorAccess' } = {},
): Promise<(service: ServiceName) => Client> {
  const { tokens } = await signInWithPkce(server, userName)
  const credentials = await roleCredentials(server.client('sso'), tokens.accessToken, { accountId, roleName })
  return (service) => server.client(service, { credentials })
}
