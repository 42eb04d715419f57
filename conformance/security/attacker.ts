/** What a stranger can do to a running server: send any bytes, ask as any client, and many times at once. */

import { createHash, randomBytes } from 'node:crypto'
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Person } from '../harness/person.ts'

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Asking {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Buffer
}

/** One request on a connection of its own, its path and its headers exactly as given. */
export function ask(
  origin: string,
  path: string,
  { method = 'GET', headers = {}, body }: Asking = {},
): Promise<Answer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const call = httpRequest({ hostname, port, method, path, headers, agent: false, timeout: 15_000 }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    call.on('timeout', () => call.destroy(new Error(`no answer to ${method} ${path} in 15 s`)))
    call.on('error', reject)
    call.end(body)
  })
}

/** Sends these bytes, and answers what came back until the server closed or `patience` milliseconds were over. */
export function sendRaw(port: number, bytes: string | Buffer, patience = 1500): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const timer = setTimeout(() => socket.destroy(), patience)
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(answer)
    })
  })
}

/** The status of each answer in what `sendRaw` read. */
export const statusesOf = (answer: string): number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))

export interface Client {
  readonly clientId: string
  readonly clientSecret: string
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
}

const json = { 'content-type': 'application/json' }

/** What an operation of sso-oidc answered, and with which exception. */
export interface OidcAnswer {
  readonly status: number
  readonly error: string
  readonly body: Readonly<Record<string, unknown>>
}

async function callOidc(origin: string, path: string, input: object): Promise<OidcAnswer> {
  const { status, headers, body } = await ask(origin, path, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(input),
  })
  return { status, error: String(headers['x-amzn-errortype'] ?? ''), body: JSON.parse(body) }
}

export const register = async (origin: string, members: object = {}): Promise<Client> => {
  const { status, body } = await callOidc(origin, '/client/register', {
    clientName: 'attacker',
    clientType: 'public',
    scopes: ['sso:account:access'],
    grantTypes: ['authorization_code', 'refresh_token', DEVICE_CODE],
    redirectUris: ['http://127.0.0.1/oauth/callback'],
    ...members,
  })
  if (status !== 200) throw new Error(`RegisterClient: ${JSON.stringify(body)}`)
  return { clientId: String(body['clientId']), clientSecret: String(body['clientSecret']) }
}

export const registerRaw = (origin: string, input: object): Promise<OidcAnswer> =>
  callOidc(origin, '/client/register', input)

export const createToken = (origin: string, client: Client, members: object): Promise<OidcAnswer> =>
  callOidc(origin, '/token', { ...client, ...members })

export interface StartedDevice {
  readonly deviceCode: string
  readonly userCode: string
}

export async function startDevice(origin: string, client: Client): Promise<StartedDevice> {
  const { body } = await callOidc(origin, '/device_authorization', { ...client, startUrl: `${origin}/start` })
  return { deviceCode: String(body['deviceCode']), userCode: String(body['userCode']) }
}

/** Signs in with a password, wherever a page asked for it. */
export async function signIn(person: Person, origin: string, who: { userName: string; password: string }) {
  return await person.submit(await person.open(`${origin}/sign-in`), who)
}

/** Lets a device in, as its owner would. */
export async function allowDevice(person: Person, origin: string, userCode: string): Promise<void> {
  const entered = await person.submit(await person.open(`${origin}/device`), { user_code: userCode })
  const done = await person.submit(entered, {}, { button: 'decision=allow' })
  if (done.status !== 200) throw new Error(`the device was not let in: ${done.status}`)
}

/** A client's listener, to which browsers bring codes. */
export class Callback {
  readonly brought: URLSearchParams[] = []
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      this.brought.push(new URL(request.url ?? '/', 'http://client').searchParams)
      response.end('ok')
    })
  }

  static start(): Promise<Callback> {
    const callback = new Callback()
    return new Promise((resolve) => callback.#server.listen(0, '127.0.0.1', () => resolve(callback)))
  }

  get redirectUri(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/oauth/callback`
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

export interface Proof {
  readonly codeVerifier: string
  readonly codeChallenge: string
}

export function createProof(): Proof {
  const codeVerifier = randomBytes(48).toString('base64url')
  return { codeVerifier, codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url') }
}

export const authorizePath = (client: Client, redirectUri: string, proof: Proof, more: Record<string, string> = {}) =>
  `/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    state: 'state-of-this-sign-in',
    code_challenge_method: 'S256',
    code_challenge: proof.codeChallenge,
    scopes: 'sso:account:access',
    ...more,
  })}`

/** A code for `client`, as a person who is signed in gives it by pressing Allow. */
export async function obtainCode(
  origin: string,
  person: Person,
  client: Client,
  { callback, proof }: { readonly callback: Callback; readonly proof: Proof },
): Promise<string> {
  const page = await person.open(origin + authorizePath(client, callback.redirectUri, proof))
  await person.submit(page, {}, { button: 'decision=allow' })
  const code = callback.brought.at(-1)?.get('code')
  if (!code) throw new Error('no code was brought')
  return code
}

/** The whole way from nothing to tokens. */
export async function obtainTokens(
  origin: string,
  person: Person,
  callback: Callback,
): Promise<{ client: Client; tokens: Tokens; code: string; proof: Proof }> {
  const client = await register(origin)
  const proof = createProof()
  const code = await obtainCode(origin, person, client, { callback, proof })
  const { body } = await createToken(origin, client, redemption(code, callback, proof))
  return { client, tokens: body as unknown as Tokens, code, proof }
}

export const redemption = (code: string, callback: Callback, { codeVerifier }: Proof): object => ({
  grantType: 'authorization_code',
  code,
  redirectUri: callback.redirectUri,
  codeVerifier,
})

export const refreshing = (refreshToken: string): object => ({ grantType: 'refresh_token', refreshToken })

export const listAccounts = (origin: string, accessToken: string): Promise<Answer> =>
  ask(origin, '/assignment/accounts', { headers: { 'x-amz-sso_bearer_token': accessToken } })

export interface RoleKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

export async function takeRole(
  origin: string,
  accessToken: string,
  role = { account_id: '222233334444', role_name: 'ReadOnlyAccess' },
): Promise<RoleKeys> {
  const answer = await ask(origin, `/federation/credentials?${new URLSearchParams(role)}`, {
    headers: { 'x-amz-sso_bearer_token': accessToken },
  })
  if (answer.status !== 200) throw new Error(`GetRoleCredentials: ${answer.status} ${answer.body}`)
  return JSON.parse(answer.body).roleCredentials
}

export { Person }
