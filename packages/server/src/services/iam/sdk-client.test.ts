import {
  CreatePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  paginateListPolicies,
  paginateListRoles,
} from '@aws-sdk/client-iam'
import { systemClock } from '@mayfly/identity-center/clock'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { roleCredentials, signInWithPkce } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const ACCOUNT = '222233334444'
const TRUST = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"${ACCOUNT}"},"Action":"sts:AssumeRole"}]}`

let server: TestServer
let iam: IAMClient

beforeEach(async () => {
  server = await startTestServer()
  const { tokens } = await signInWithPkce(server, 'alice')
  const role = { accountId: ACCOUNT, roleName: 'AdministratorAccess' }
  iam = clientWith(await roleCredentials(server.client('sso'), tokens.accessToken, role))
})
afterEach(() => server.close())

interface SentRequest {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
}

/** AWS's own client, whose requests are injected; its clock is the server's. */
function clientWith({ accessKeyId, secretAccessKey, sessionToken = '' }: SigningCredentials): IAMClient {
  return new IAMClient({
    region: 'us-east-1',
    endpoint: 'http://localhost:7373',
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    systemClockOffset: server.clock.now().getTime() - systemClock.now().getTime(),
    requestHandler: {
      async handle({ method, path, headers, body }: SentRequest) {
        const {
          statusCode,
          headers: answered,
          rawPayload,
        } = await server.inject({
          method: method as 'POST',
          url: path,
          headers,
          payload: body,
        })
        return { response: { statusCode, headers: answered as Record<string, string>, body: rawPayload } }
      },
    },
  })
}

test('what the SDK sends is understood, and what is answered the SDK understands', async () => {
  const tags = [
    { Key: 'team', Value: 'a + b' },
    { Key: 'cost', Value: '' },
  ]
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: 'Deploy',
      AssumeRolePolicyDocument: TRUST,
      Description: '<it deploys>',
      Tags: tags,
    }),
  )
  expect(Role).toMatchObject({
    RoleName: 'Deploy',
    CreateDate: server.clock.now(),
    Description: '<it deploys>',
    Tags: tags,
  })
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(TRUST)
  const document = TRUST.replace(/"Principal":\{[^}]*\}/, '"Resource":"*"')
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'Own', PolicyDocument: document, Tags: tags }),
  )
  expect(Policy).toMatchObject({ AttachmentCount: 0, IsAttachable: true, DefaultVersionId: 'v1', Tags: tags })
})

test('its paginators come to an end, with everything once', async () => {
  const arns: (string | undefined)[] = []
  for await (const { Roles } of paginateListRoles({ client: iam, pageSize: 1 }, {})) {
    arns.push(...(Roles ?? []).map(({ Arn }) => Arn))
  }
  expect(arns).toHaveLength(3)
  for await (const { Policies } of paginateListPolicies({ client: iam, pageSize: 4 }, { Scope: 'AWS' })) {
    arns.push(...(Policies ?? []).map(({ Arn }) => Arn))
  }
  expect(new Set(arns).size).toBe(arns.length)
})

test('its exceptions are those of the model', async () => {
  const role = iam.send(new GetRoleCommand({ RoleName: 'Nobody' }))
  await expect(role).rejects.toMatchObject({ name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } })
})
