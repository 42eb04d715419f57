/** Roles of local accounts for tests, as their administrators would make them. */

import { createRoleId } from '@mayfly/identity-center/account-access/role-credentials'
import type { IamRole } from '@mayfly/identity-center/iam/role'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import type { TestServer } from './test-server.ts'

export interface TestRole {
  readonly accountId?: string
  readonly name?: string
  readonly path?: string
  /** Statements of the trust policy. */
  readonly trust: readonly object[]
  /** Statements of an inline policy; everything, unless it is given. */
  readonly allows?: readonly object[]
  readonly maxSessionDuration?: number
}

/** Makes a role, and answers its ARN. */
export async function createRole(server: TestServer, role: TestRole): Promise<string> {
  const { accountId = '222233334444', name = 'Deploy', path = '/', trust, maxSessionDuration = 3600 } = role
  const { store, clock, random, policies } = server.context
  const allows = role.allows ?? [{ Effect: 'Allow', Action: '*', Resource: '*' }]
  const made: IamRole = {
    accountId: accountId as AccountId,
    name,
    path,
    id: createRoleId(random),
    assumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: trust }),
    maxSessionDuration,
    tags: [],
    createdAt: clock.now(),
  }
  await store.roles.insert(made)
  const document = JSON.stringify({ Version: '2012-10-17', Statement: allows })
  if (allows.length > 0) await store.rolePolicies.put(made.accountId, name, { name: 'all', document })
  policies.changed()
  return `arn:aws:iam::${accountId}:role${path}${name}`
}

/** A statement that lets somebody take the role, by all that STS knows. */
export const trusts = (principal: string | object, condition?: object): object => ({
  Effect: 'Allow',
  Principal: typeof principal === 'string' ? { AWS: principal } : principal,
  Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
  ...(condition ? { Condition: condition } : {}),
})

/** Asks AssumeRole for a session named `job`. */
export const assumeRole = (
  server: TestServer,
  by: SigningCredentials,
  RoleArn: string,
  more: Record<string, unknown> = {},
): Promise<Record<string, unknown>> =>
  server.client('sts', { credentials: by }).call('AssumeRole', { RoleArn, RoleSessionName: 'job', ...more })

/** The credentials in an answer of AssumeRole and its kin, as signing wants them. */
export async function credentialsOf(answer: Promise<Record<string, unknown>>): Promise<SigningCredentials> {
  const { AccessKeyId, SecretAccessKey, SessionToken } = (await answer)['Credentials'] as Record<string, string>
  return { accessKeyId: `${AccessKeyId}`, secretAccessKey: `${SecretAccessKey}`, sessionToken: `${SessionToken}` }
}
