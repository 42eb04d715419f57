/** Many token families of one person, each with role credentials, made as clients make them. */

import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { DEVELOPMENT } from '../conformance/harness/example.ts'
import { Person } from '../conformance/harness/person.ts'

export interface Family extends BenchClient {
  accessToken: string
  refreshToken: string
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string }
}

export interface BenchClient {
  readonly clientId: string
  readonly clientSecret: string
}

/** A client for the loopback redirect, as the AWS CLI registers itself. */
export async function registerClient(origin: string): Promise<BenchClient> {
  const client = await post(origin, '/client/register', {
    clientName: 'botocore-client-bench',
    clientType: 'public',
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: ['http://127.0.0.1/oauth/callback'],
    issuerUrl: `${origin}/start`,
    scopes: ['sso:account:access'],
  })
  return { clientId: String(client['clientId']), clientSecret: String(client['clientSecret']) }
}

const VERIFIER = 'a-verifier-that-is-good-enough-for-a-benchmark-and-nothing-else'

/** A role of alice's. */
export interface BenchRole {
  readonly accountId: string
  readonly roleName: string
}

const READER: BenchRole = { accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' }

export async function openFamilies(origin: string, count: number, role = READER): Promise<readonly Family[]> {
  let code = ''
  const callback = createServer((request, response) => {
    code = new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('code') ?? ''
    response.end()
  })
  await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve))
  const address = callback.address()
  const redirectUri = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/oauth/callback`
  try {
    const { clientId, clientSecret } = await registerClient(origin)
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state: 'a-state',
      code_challenge_method: 'S256',
      scopes: 'sso:account:access',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    })
    const person = new Person()
    const families: Family[] = []
    while (families.length < count) {
      let page = await person.open(`${origin}/authorize?${query}`)
      if (page.html.includes('type="password"')) {
        page = await person.submit(page, { userName: 'alice', password: 'mayfly-example' }, { action: '/sign-in' })
      }
      await person.submit(page, {}, { button: 'decision=allow' })
      const token = await post(origin, '/token', {
        clientId,
        clientSecret,
        grantType: 'authorization_code',
        code,
        redirectUri,
        codeVerifier: VERIFIER,
      })
      families.push({ clientId, clientSecret, ...(await takeCredentials(origin, token, role)) })
    }
    return families
  } finally {
    callback.closeAllConnections()
    callback.close()
  }
}

/** The tokens of an answer, and role credentials that they were traded for. */
async function takeCredentials(
  origin: string,
  token: Record<string, unknown>,
  { accountId, roleName }: BenchRole,
): Promise<Pick<Family, 'accessToken' | 'refreshToken' | 'credentials'>> {
  const accessToken = String(token['accessToken'])
  const answer = await fetch(`${origin}/federation/credentials?role_name=${roleName}&account_id=${accountId}`, {
    headers: { 'x-amz-sso_bearer_token': accessToken },
  })
  const { roleCredentials } = (await answer.json()) as { roleCredentials: Family['credentials'] }
  return { accessToken, refreshToken: String(token['refreshToken']), credentials: roleCredentials }
}

async function post(origin: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as Record<string, unknown>
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
  return answer
}
