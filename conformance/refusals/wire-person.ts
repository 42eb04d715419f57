/** One client and one person on the wire, in the steps of docs/explanation/sign-in.md, each step a raw answer. */

import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { visit } from '../harness/browser-person.ts'
import { alice } from '../harness/example.ts'
import { Person } from '../harness/person.ts'
import { type Answer, ask, membersOf, post } from './wire-client.ts'

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'
const VERIFIER = 'a-verifier-that-is-long-enough-for-the-standard-0123456789.-_~AB'
const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

export interface Identity {
  readonly userName: string
  readonly password: string
}

export interface Registered {
  readonly clientId: string
  readonly clientSecret: string
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
}

export class WirePerson {
  readonly origin: string
  readonly browser: Person
  readonly #ca: string | undefined
  readonly #callback: Server
  #returned: URL[] = []

  private constructor(origin: string, callback: Server, ca?: string) {
    this.origin = origin
    this.#callback = callback
    this.#ca = ca
    this.browser = new Person(ca === undefined ? {} : { ca })
  }

  static start(origin: string, ca?: string): Promise<WirePerson> {
    const callback = createServer((request, response) => {
      person.#returned.push(new URL(request.url ?? '', 'http://127.0.0.1'))
      response.end('done')
    })
    const person = new WirePerson(origin, callback, ca)
    return new Promise((resolve) => callback.listen(0, '127.0.0.1', () => resolve(person)))
  }

  stop(): void {
    this.#callback.closeAllConnections()
    this.#callback.close()
  }

  get redirectUri(): string {
    const address = this.#callback.address()
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/oauth/callback`
  }

  /** What came back to the client's listener since the last look. */
  takeReturned(): URL | undefined {
    const last = this.#returned.at(-1)
    this.#returned = []
    return last
  }

  post(path: string, body: unknown): Promise<Answer> {
    return post(`${this.origin}${path}`, body, this.#ca === undefined ? {} : { ca: this.#ca })
  }

  portal(path: string, accessToken: string, method = 'GET'): Promise<Answer> {
    const headers = { 'x-amz-sso_bearer_token': accessToken }
    return ask(`${this.origin}${path}`, { method, headers, ...(this.#ca === undefined ? {} : { ca: this.#ca }) })
  }

  /** Registers as the AWS CLI does; `members` on top. */
  async register(members: Readonly<Record<string, unknown>> = {}): Promise<Registered> {
    const answer = await this.post('/client/register', {
      clientName: 'botocore-client-acme',
      clientType: 'public',
      grantTypes: ['authorization_code', 'refresh_token', DEVICE_CODE],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: `${this.origin}/start`,
      scopes: ['sso:account:access'],
      ...members,
    })
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`)
    return membersOf(answer) as unknown as Registered
  }

  authorizeUrl(client: Registered, parameters: Readonly<Record<string, string>> = {}): string {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: this.redirectUri,
      state: 'a-state',
      code_challenge_method: 'S256',
      scopes: 'sso:account:access',
      code_challenge: challengeOf(VERIFIER),
      ...parameters,
    })
    return `${this.origin}/authorize?${query}`
  }

  /** Lets the person allow the client in the browser; the code that came back to its listener. */
  async codeFor(client: Registered, who: Identity = alice): Promise<string> {
    const page = await visit(this.browser, this.authorizeUrl(client), { ...who, decision: 'allow' })
    const code = this.takeReturned()?.searchParams.get('code')
    if (!code) throw new Error(`no code came back: ${page.status} ${page.url}`)
    return code
  }

  redeem(client: Registered, code: string, members: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    const grant = { grantType: 'authorization_code', code, redirectUri: this.redirectUri, codeVerifier: VERIFIER }
    return this.post('/token', { ...pick(client), ...grant, ...members })
  }

  refresh(client: Registered, refreshToken: string): Promise<Answer> {
    return this.post('/token', { ...pick(client), grantType: 'refresh_token', refreshToken })
  }

  /** From nothing to tokens, by PKCE. */
  async signIn(who: Identity = alice): Promise<{ readonly client: Registered; readonly tokens: Tokens }> {
    const client = await this.register()
    const answer = await this.redeem(client, await this.codeFor(client, who))
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`)
    return { client, tokens: membersOf(answer) as unknown as Tokens }
  }

  startDevice(client: Registered, startUrl = `${this.origin}/start`): Promise<Answer> {
    return this.post('/device_authorization', { ...pick(client), startUrl })
  }

  poll(client: Registered, deviceCode: unknown): Promise<Answer> {
    return this.post('/token', { ...pick(client), grantType: DEVICE_CODE, deviceCode })
  }
}

const pick = ({ clientId, clientSecret }: Registered): Registered => ({ clientId, clientSecret })
