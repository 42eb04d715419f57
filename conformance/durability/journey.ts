/** The numbered steps of docs/explanation/sign-in.md, as requests; each leaves what the server acknowledged. */

import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { signRequest } from '@mayfly/wire/signature-v4'
import { DEVELOPMENT } from '../harness/example.ts'
import { Person, textOf } from '../harness/person.ts'

/** What the server has acknowledged so far: none of it may be lost. */
export interface Acknowledged {
  clientId?: string
  clientSecret?: string
  signedIn?: true
  code?: string
  accessToken?: string
  refreshToken?: string
  roleCredentials?: { accessKeyId: string; secretAccessKey: string; sessionToken: string }
  deviceCode?: string
  userCode?: string
  deviceAllowed?: true
  deviceAccessToken?: string
  signedOut?: true
}

/** An answer with which the server tells a client what went wrong. */
export class Answered extends Error {
  readonly status: number
  readonly type: string

  constructor(status: number, type: string, text: string) {
    super(`${status} ${type}: ${text}`)
    this.status = status
    this.type = type
  }
}

const VERIFIER = 'a-verifier-of-this-journey-that-is-long-enough-for-anyone-0123456789'

export class Journey {
  readonly got: Acknowledged = {}
  /** Whom the next request goes to: one of several nodes, or the only one. */
  origin: string
  readonly #callback: Server
  readonly #codes: string[] = []
  readonly #userName: string
  #person = new Person()

  private constructor(origin: string, userName: string, callback: Server) {
    this.origin = origin
    this.#userName = userName
    this.#callback = callback
  }

  static start(origin: string, userName = 'alice'): Promise<Journey> {
    const callback = createServer((request, response) => {
      const code = new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('code')
      if (code) journey.#codes.push(code)
      response.end('done')
    })
    const journey = new Journey(origin, userName, callback)
    return new Promise((resolve) => callback.listen(0, '127.0.0.1', () => resolve(journey)))
  }

  stop(): void {
    this.#callback.closeAllConnections()
    this.#callback.close()
  }

  get #redirectUri(): string {
    const address = this.#callback.address()
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/oauth/callback`
  }

  async #post(path: string, body: unknown): Promise<Record<string, unknown>> {
    return this.#answer(
      await fetch(`${this.origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  }

  async #answer(response: Response): Promise<Record<string, unknown>> {
    const text = await response.text()
    if (!response.ok) throw new Answered(response.status, response.headers.get('x-amzn-errortype') ?? '', text)
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  }

  async registerClient(): Promise<void> {
    const answer = await this.#post('/client/register', {
      clientName: 'botocore-client-acme',
      clientType: 'public',
      grantTypes: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: `${this.origin}/start`,
      scopes: ['sso:account:access'],
    })
    this.got.clientId = String(answer['clientId'])
    this.got.clientSecret = String(answer['clientSecret'])
  }

  get #authorizeUrl(): string {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.got.clientId ?? '',
      redirect_uri: this.#redirectUri,
      state: 'a-state',
      code_challenge_method: 'S256',
      scopes: 'sso:account:access',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    })
    return `${this.origin}/authorize?${query}`
  }

  async signIn(): Promise<void> {
    let page = await this.#person.open(this.#authorizeUrl)
    if (page.html.includes('type="password"')) {
      page = await this.#person.submit(
        page,
        { userName: this.#userName, password: 'mayfly-example' },
        { action: '/sign-in' },
      )
    }
    if (page.status !== 200) throw new Answered(page.status, 'page', textOf(page.html))
    this.got.signedIn = true
  }

  async consent(): Promise<void> {
    await this.signIn()
    const page = await this.#person.open(this.#authorizeUrl)
    const before = this.#codes.length
    const done = await this.#person.submit(page, {}, { button: 'decision=allow' })
    const code = this.#codes[before]
    if (!code) throw new Answered(done.status, 'page', textOf(done.html))
    this.got.code = code
  }

  async #token(body: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.#post('/token', { clientId: this.got.clientId, clientSecret: this.got.clientSecret, ...body })
  }

  async redeemCode(): Promise<void> {
    const answer = await this.#token({
      grantType: 'authorization_code',
      code: this.got.code,
      redirectUri: this.#redirectUri,
      codeVerifier: VERIFIER,
    })
    this.got.accessToken = String(answer['accessToken'])
    this.got.refreshToken = String(answer['refreshToken'])
  }

  async #portal(path: string, token = this.got.accessToken): Promise<Record<string, unknown>> {
    return this.#answer(await fetch(`${this.origin}${path}`, { headers: { 'x-amz-sso_bearer_token': token ?? '' } }))
  }

  async listAccounts(token?: string): Promise<void> {
    await this.#portal('/assignment/accounts', token)
  }

  async getRoleCredentials(): Promise<void> {
    this.got.roleCredentials = await this.takeRole(DEVELOPMENT, 'ReadOnlyAccess')
  }

  /** Any of the person's roles. */
  async takeRole(accountId: string, roleName: string): Promise<NonNullable<Acknowledged['roleCredentials']>> {
    const answer = await this.#portal(`/federation/credentials?role_name=${roleName}&account_id=${accountId}`)
    return answer['roleCredentials'] as NonNullable<Acknowledged['roleCredentials']>
  }

  async getCallerIdentity(): Promise<void> {
    const { roleCredentials } = this.got
    if (!roleCredentials) throw new Error('there are no role credentials')
    const body = 'Action=GetCallerIdentity&Version=2011-06-15'
    const headers = {
      host: new URL(this.origin).host,
      'content-type': 'application/x-www-form-urlencoded',
    }
    const { headers: signature } = signRequest({
      request: { method: 'POST', rawPath: '/', rawQuery: '', headers, body: Buffer.from(body) },
      credentials: roleCredentials,
      region: 'us-east-1',
      service: 'sts',
      now: new Date(),
    })
    const response = await fetch(`${this.origin}/`, { method: 'POST', headers: { ...headers, ...signature }, body })
    const text = await response.text()
    if (!response.ok) throw new Answered(response.status, 'sts', text)
  }

  async refresh(): Promise<void> {
    const answer = await this.#token({ grantType: 'refresh_token', refreshToken: this.got.refreshToken })
    this.got.accessToken = String(answer['accessToken'])
    this.got.refreshToken = String(answer['refreshToken'])
  }

  async startDeviceAuthorization(): Promise<void> {
    const answer = await this.#post('/device_authorization', {
      clientId: this.got.clientId,
      clientSecret: this.got.clientSecret,
      startUrl: `${this.origin}/start`,
    })
    this.got.deviceCode = String(answer['deviceCode'])
    this.got.userCode = String(answer['userCode'])
  }

  /** Asks once; a pending authorization is an answer like another. */
  async poll(): Promise<void> {
    try {
      await this.redeemDeviceCode()
    } catch (error) {
      if (!(error instanceof Answered) || !/^(AuthorizationPending|SlowDown)Exception/.test(error.type)) throw error
    }
  }

  async allowDevice(): Promise<void> {
    await this.signIn()
    let page = await this.#person.open(`${this.origin}/device?user_code=${this.got.userCode}`)
    if (page.html.includes('name="user_code"')) page = await this.#person.submit(page, {}, { action: '/device' })
    for (let turn = 0; turn < 3 && page.html.includes('value="allow"'); turn++) {
      page = await this.#person.submit(page, {}, { button: 'decision=allow' })
    }
    if (page.status !== 200) throw new Answered(page.status, 'page', textOf(page.html))
    this.got.deviceAllowed = true
  }

  async redeemDeviceCode(): Promise<void> {
    const answer = await this.#token({
      grantType: 'urn:ietf:params:oauth:grant-type:device_code',
      deviceCode: this.got.deviceCode,
    })
    this.got.deviceAccessToken = String(answer['accessToken'])
  }

  /** Ends the session that this person began at `origin`, as the access portal does, at whichever node is asked now. */
  async endSession(origin: string): Promise<void> {
    const cookie = [...this.#person.cookies(origin)].map(([name, value]) => `${name}=${value}`).join('; ')
    const me = await this.#answer(await fetch(`${this.origin}/portal/me`, { headers: { cookie } }))
    const headers = { cookie, 'x-mayfly-anti-forgery': String(me['antiForgeryToken']) }
    const { id } = me['session'] as { id: string }
    await this.#answer(await fetch(`${this.origin}/portal/sessions/${id}`, { method: 'DELETE', headers }))
  }

  async logout(): Promise<void> {
    await this.#answer(
      await fetch(`${this.origin}/logout`, {
        method: 'POST',
        headers: { 'x-amz-sso_bearer_token': this.got.accessToken ?? '' },
      }),
    )
    this.got.signedOut = true
  }
}
