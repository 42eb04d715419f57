/** The official SDK clients against the wire alone: what they send is read, what is written they understand. */

import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as identitystore from '@aws-sdk/client-identitystore'
import * as organizations from '@aws-sdk/client-organizations'
import * as portal from '@aws-sdk/client-sso'
import * as ssoAdmin from '@aws-sdk/client-sso-admin'
import * as oidc from '@aws-sdk/client-sso-oidc'
import * as sts from '@aws-sdk/client-sts'
import { checkInput, createValidationException } from '@mayfly/wire/model/constraints'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { isUnsigned, signingNameOf } from '@mayfly/wire/model/service-model'
import { createWire, type Wire, type WireRequest } from '@mayfly/wire/serve'
import { verifySignature } from '@mayfly/wire/signature-v4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const REQUEST_ID = '6f1a2b3c-0000-4000-8000-000000000001'
const CREATED = new Date('2026-01-31T10:00:00.250Z')
const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token/+=' }
const InstanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef'
const PermissionSetArn = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef'
const IdentityStoreId = 'd-0123456789'
const UserId = '12345678-1234-1234-1234-123456789012'

type Input = Readonly<Record<string, never>>

/** Handlers with fixed answers; what they were asked is in `asked`. */
const handlers: Readonly<Record<string, (input: Input) => unknown>> = {
  GetRoleCredentials: ({ roleName }) => {
    if (roleName === 'None') throw new ServiceException('ForbiddenException', 'No access')
    return {
      roleCredentials: { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't', expiration: 1769853600250 },
    }
  },
  ListAccounts: ({ nextToken }) =>
    nextToken === undefined
      ? { accountList: [{ accountId: '111122223333', accountName: 'Ä & <b>' }], nextToken: 'second page' }
      : { accountList: [], nextToken: undefined },
  Logout: () => undefined,
  RegisterClient: () => ({ clientId: 'id', clientSecret: 's', clientIdIssuedAt: 1, clientSecretExpiresAt: 2 }),
  CreateToken: ({ deviceCode }) => {
    if (deviceCode === 'pending') throw new ServiceException('AuthorizationPendingException', 'Not yet.')
    if (deviceCode === 'unknown') throw new ServiceException('InvalidClientException', 'Who?')
    return { accessToken: 'aoa', tokenType: 'Bearer', expiresIn: 3600 }
  },
  CreateTokenWithIAM: () => ({ accessToken: 'with-iam' }),
  GetCallerIdentity: () => ({
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/A&B/alice',
    UserId: 'AROA:alice',
  }),
  AssumeRole: () => {
    const Credentials = { AccessKeyId: 'ASIA', SecretAccessKey: 's', SessionToken: 't', Expiration: CREATED }
    return { Credentials, PackedPolicySize: 6 }
  },
  AssumeRoleWithWebIdentity: () => {
    throw new ServiceException('IDPCommunicationErrorException', 'The issuer does not answer.')
  },
  CreatePermissionSet: ({ Name }) => {
    if (Name === 'Taken') throw new ServiceException('ConflictException', 'It exists.')
    return { PermissionSet: { Name, PermissionSetArn, CreatedDate: CREATED, SessionDuration: 'PT1H' } }
  },
  DeletePermissionSet: () => ({}),
  PutApplicationAuthenticationMethod: () => undefined,
  CreateUser: () => ({ UserId, IdentityStoreId }),
  DescribeUser: () => {
    throw new ServiceException('ResourceNotFoundException', 'There is no such user.', {
      members: { ResourceType: 'USER', ResourceId: UserId },
    })
  },
  IsMemberInGroups: () => ({ Results: [{ GroupId: UserId, MemberId: { UserId }, MembershipExists: true }] }),
  DescribeOrganization: () => ({ Organization: { Id: 'o-0123456789', FeatureSet: 'ALL' } }),
  ListAccountsForParent: () => ({ Accounts: [{ Id: '111122223333', JoinedTimestamp: CREATED, Status: 'ACTIVE' }] }),
  DeleteOrganization: () => undefined,
}

let wire: Wire
let server: Server
let endpoint: string
let asked: { operation: string; input: Input }[] = []

async function received(message: IncomingMessage, prefix: string): Promise<WireRequest & { signedPath: string }> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part)
  const [signedPath = '', ...query] = (message.url ?? '').split('?')
  return {
    method: message.method ?? '',
    rawPath: signedPath.slice(prefix.length),
    rawQuery: query.join('?'),
    headers: message.headersDistinct,
    body: Buffer.concat(parts),
    signedPath,
  }
}

async function answer(message: IncomingMessage) {
  const request = await received(message, '/pfx')
  const now = new Date()
  const route = wire.route(request)
  if (route === undefined) return wire.writeRefusal(request, REQUEST_ID, now)
  try {
    const { model, operation, service } = route
    if (!isUnsigned(model.operations[operation] as never)) {
      const lookup = (_id: string, token?: string) =>
        token === credentials.sessionToken ? credentials : ('unknown-token' as const)
      const verification = await verifySignature({ ...request, rawPath: request.signedPath }, lookup, now)
      if (!verification.verified) throw new ServiceException(verification.failure, verification.message)
      if (verification.service !== signingNameOf(model)) throw new ServiceException('WrongService', service)
    }
    const input = wire.readInput(route, request)
    asked.push({ operation, input: input as Input })
    const broken = checkInput(model, operation, input)
    if (broken.length > 0) throw createValidationException(service, broken)
    return wire.writeOutput(route, handlers[operation]?.(input as Input), REQUEST_ID, now)
  } catch (error) {
    if (error instanceof ServiceException) return wire.writeError(route, error, REQUEST_ID, now)
    throw error
  }
}

beforeAll(async () => {
  wire = await createWire({
    services: ['sso', 'sso-oidc', 'sts', 'sso-admin', 'identitystore', 'organizations', 'iam'],
  })
  server = createServer((message, response) => {
    answer(message).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.writeHead(599).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pfx`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function settings() {
  asked = []
  return { endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 }
}

describe('the portal (REST JSON, unsigned)', () => {
  test('members in query and header, a long in the answer', async () => {
    const input = { roleName: 'Read Only/+&é', accountId: '111122223333', accessToken: 'secret-token' }
    const output = await new portal.SSOClient(settings()).send(new portal.GetRoleCredentialsCommand(input))
    expect(asked).toEqual([{ operation: 'GetRoleCredentials', input }])
    expect(output.roleCredentials).toEqual({
      accessKeyId: 'ASIA',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: 1769853600250,
    })
    expect(output.$metadata).toMatchObject({ httpStatusCode: 200, requestId: REQUEST_ID })
  })

  test('pages end where no token is sent', async () => {
    const pages = portal.paginateListAccounts(
      { client: new portal.SSOClient(settings()), pageSize: 30 },
      { accessToken: 't' },
    )
    const names: (string | undefined)[] = []
    for await (const page of pages) for (const account of page.accountList ?? []) names.push(account.accountName)
    expect(names).toEqual(['Ä & <b>'])
    expect(asked.map(({ input }) => input)).toEqual([
      { accessToken: 't', maxResults: 30 },
      { accessToken: 't', maxResults: 30, nextToken: 'second page' },
    ])
  })

  test('an exception that no model lists keeps its name and its status', async () => {
    const command = new portal.GetRoleCredentialsCommand({ roleName: 'None', accountId: '1', accessToken: 't' })
    await expect(new portal.SSOClient(settings()).send(command)).rejects.toMatchObject({
      name: 'ForbiddenException',
      message: 'No access',
      $metadata: { httpStatusCode: 403 },
    })
  })

  test('a value out of range is an InvalidRequestException', async () => {
    const command = new portal.ListAccountsCommand({ accessToken: 't', maxResults: 1000 })
    await expect(new portal.SSOClient(settings()).send(command)).rejects.toThrow(portal.InvalidRequestException)
  })

  test('an empty answer', async () => {
    const output = await new portal.SSOClient(settings()).send(new portal.LogoutCommand({ accessToken: 't' }))
    expect(output.$metadata.httpStatusCode).toBe(200)
  })
})

describe('OIDC (REST JSON)', () => {
  const grant = { clientId: 'c', clientSecret: 's', grantType: 'urn:ietf:params:oauth:grant-type:device_code' }

  test('members in the body', async () => {
    const input = {
      clientName: 'n',
      clientType: 'public',
      scopes: ['sso:account:access'],
      grantTypes: ['refresh_token'],
    }
    const output = await new oidc.SSOOIDCClient(settings()).send(new oidc.RegisterClientCommand(input))
    expect(asked).toEqual([{ operation: 'RegisterClient', input }])
    expect(output).toMatchObject({ clientId: 'id', clientIdIssuedAt: 1, clientSecretExpiresAt: 2 })
  })

  test('a pending authorization is the modelled exception, with its OAuth word', async () => {
    const command = new oidc.CreateTokenCommand({ ...grant, deviceCode: 'pending' })
    const refusal = new oidc.SSOOIDCClient(settings()).send(command)
    await expect(refusal).rejects.toThrow(oidc.AuthorizationPendingException)
    await expect(refusal).rejects.toMatchObject({
      name: 'AuthorizationPendingException',
      error: 'authorization_pending',
      error_description: 'Not yet.',
      $metadata: { httpStatusCode: 400 },
    })
  })

  test('the status is the model’s', async () => {
    const command = new oidc.CreateTokenCommand({ ...grant, deviceCode: 'unknown' })
    await expect(new oidc.SSOOIDCClient(settings()).send(command)).rejects.toMatchObject({
      name: 'InvalidClientException',
      $metadata: { httpStatusCode: 401 },
    })
  })

  test('two operations on one path are told apart by the query, and the second is signed', async () => {
    const client = new oidc.SSOOIDCClient(settings())
    await client.send(new oidc.CreateTokenCommand({ ...grant, deviceCode: 'good' }))
    const output = await client.send(new oidc.CreateTokenWithIAMCommand({ clientId: 'c', grantType: 'refresh_token' }))
    expect(asked.map(({ operation }) => operation)).toEqual(['CreateToken', 'CreateTokenWithIAM'])
    expect(output.accessToken).toBe('with-iam')
  })
})

describe('STS (Query)', () => {
  test('text that XML would take for markup', async () => {
    const output = await new sts.STSClient(settings()).send(new sts.GetCallerIdentityCommand({}))
    expect(output).toMatchObject({ Arn: 'arn:aws:sts::111122223333:assumed-role/A&B/alice', UserId: 'AROA:alice' })
    expect(output.$metadata.requestId).toBe(REQUEST_ID)
  })

  test('lists of strings and of structures, numbers; a time in the answer', async () => {
    const input = {
      RoleArn: 'arn:aws:iam::111122223333:role/r',
      RoleSessionName: 'alice@example.com',
      DurationSeconds: 900,
      PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
      Tags: [
        { Key: 'a b', Value: 'ü=+/ @' },
        { Key: 'empty', Value: '' },
      ],
      TransitiveTagKeys: ['a b', 'empty'],
    }
    const output = await new sts.STSClient(settings()).send(new sts.AssumeRoleCommand(input))
    expect(asked).toEqual([{ operation: 'AssumeRole', input }])
    expect(output.Credentials?.Expiration).toEqual(CREATED)
    expect(output.PackedPolicySize).toBe(6)
  })

  test('an exception is known by the code of its model', async () => {
    const input = { RoleArn: 'arn:aws:iam::111122223333:role/r', RoleSessionName: 'alice', WebIdentityToken: 'a.b.c' }
    const refusal = new sts.STSClient(settings()).send(new sts.AssumeRoleWithWebIdentityCommand(input))
    await expect(refusal).rejects.toThrow(sts.IDPCommunicationErrorException)
    await expect(refusal).rejects.toMatchObject({ $metadata: { httpStatusCode: 400, requestId: REQUEST_ID } })
  })

  test('a broken rule is a ValidationError', async () => {
    const input = { RoleArn: 'arn:aws:iam::111122223333:role/r', RoleSessionName: 'no spaces' }
    await expect(new sts.STSClient(settings()).send(new sts.AssumeRoleCommand(input))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining("Value 'no spaces' at 'roleSessionName' failed to satisfy constraint"),
      $fault: 'client',
    })
  })
})

describe('sso-admin, identitystore, organizations (JSON 1.1)', () => {
  test('a time in the answer, with its milliseconds', async () => {
    const input = { InstanceArn, Name: 'ReadOnly', Tags: [{ Key: 'k', Value: 'v' }] }
    const output = await new ssoAdmin.SSOAdminClient(settings()).send(new ssoAdmin.CreatePermissionSetCommand(input))
    expect(asked).toEqual([{ operation: 'CreatePermissionSet', input }])
    expect(output.PermissionSet).toEqual({
      Name: 'ReadOnly',
      PermissionSetArn,
      CreatedDate: CREATED,
      SessionDuration: 'PT1H',
    })
  })

  test('an operation without anything to answer', async () => {
    const client = new ssoAdmin.SSOAdminClient(settings())
    const output = await client.send(new ssoAdmin.DeletePermissionSetCommand({ InstanceArn, PermissionSetArn }))
    expect(output.$metadata.httpStatusCode).toBe(200)
  })

  test('free-form JSON comes as it is', async () => {
    const ActorPolicy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, n: [1, null, true] }],
    }
    const input = {
      ApplicationArn: 'arn:aws:sso::111122223333:application/ssoins-0123456789abcdef/apl-0123456789abcdef',
      AuthenticationMethodType: 'IAM' as const,
      AuthenticationMethod: { Iam: { ActorPolicy } },
    }
    await new ssoAdmin.SSOAdminClient(settings()).send(new ssoAdmin.PutApplicationAuthenticationMethodCommand(input))
    expect(asked).toEqual([{ operation: 'PutApplicationAuthenticationMethod', input }])
  })

  test('exceptions are the client’s own classes', async () => {
    const client = new ssoAdmin.SSOAdminClient(settings())
    const taken = client.send(new ssoAdmin.CreatePermissionSetCommand({ InstanceArn, Name: 'Taken' }))
    await expect(taken).rejects.toThrow(ssoAdmin.ConflictException)
    const invalid = client.send(new ssoAdmin.CreatePermissionSetCommand({ InstanceArn, Name: 'a b' }))
    await expect(invalid).rejects.toThrow(ssoAdmin.ValidationException)
    await expect(invalid).rejects.toThrow("1 validation error detected: Value 'a b' at 'name' failed to satisfy")
  })

  test('further members of an exception, and the request’s id among them', async () => {
    const command = new identitystore.DescribeUserCommand({ IdentityStoreId, UserId })
    await expect(new identitystore.IdentitystoreClient(settings()).send(command)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'There is no such user.',
      ResourceType: 'USER',
      ResourceId: UserId,
      RequestId: REQUEST_ID,
    })
  })

  test('nested structures, unions, booleans', async () => {
    const client = new identitystore.IdentitystoreClient(settings())
    const user = {
      IdentityStoreId,
      UserName: 'alice',
      Name: { GivenName: 'Alice', FamilyName: 'Ångström' },
      Emails: [{ Value: 'alice@example.com', Type: 'work', Primary: true }],
    }
    await client.send(new identitystore.CreateUserCommand(user))
    const membership = { IdentityStoreId, MemberId: { UserId }, GroupIds: [UserId] }
    const { Results } = await client.send(new identitystore.IsMemberInGroupsCommand(membership))
    expect(asked.map(({ input }) => input)).toEqual([user, membership])
    expect(Results).toEqual([{ GroupId: UserId, MemberId: { UserId }, MembershipExists: true }])
  })

  test('organizations, with and without input and output', async () => {
    const client = new organizations.OrganizationsClient(settings())
    const { Organization } = await client.send(new organizations.DescribeOrganizationCommand({}))
    expect(Organization).toEqual({ Id: 'o-0123456789', FeatureSet: 'ALL' })
    const { Accounts } = await client.send(new organizations.ListAccountsForParentCommand({ ParentId: 'r-abcd' }))
    expect(Accounts).toEqual([{ Id: '111122223333', JoinedTimestamp: CREATED, Status: 'ACTIVE' }])
    await client.send(new organizations.DeleteOrganizationCommand({}))
    expect(asked.map(({ operation }) => operation)).toEqual([
      'DescribeOrganization',
      'ListAccountsForParent',
      'DeleteOrganization',
    ])
  })
})

test('a signature of another service’s key is refused before anything is read', async () => {
  const client = new ssoAdmin.SSOAdminClient({
    ...settings(),
    credentials: { ...credentials, secretAccessKey: 'wrong' },
  })
  await expect(client.send(new ssoAdmin.ListInstancesCommand({}))).rejects.toMatchObject({ name: 'signature-mismatch' })
  expect(asked).toEqual([])
})
