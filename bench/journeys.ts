/**
 * Whole sign-ins of a client, of people who are signed in already: the consent page, the consent, the code for tokens,
 * the tokens for role credentials. Four requests each, and no password is hashed.
 */

import { createHash, randomBytes } from 'node:crypto'
import { alice, DEVELOPMENT } from '../conformance/harness/example.ts'
import { Person } from '../conformance/harness/person.ts'
import { ServerProcess } from '../conformance/harness/server-process.ts'
import { type BenchClient, registerClient } from './families.ts'
import { load, requestBytes, type Source } from './load.ts'
import { CLIENT_CORE, pin, SERVER_CORE } from './processes.ts'
import { median } from './whole-process.ts'

export interface JourneyFigure {
  readonly journeysPerSecond: number
  readonly journeys: number
}

const CONNECTIONS = 32
const REDIRECT_URI = 'http://127.0.0.1:49152/oauth/callback'
const FORM = 'application/x-www-form-urlencoded'

export async function measureJourneys(options: { duration: number; rounds: number }): Promise<JourneyFigure> {
  const server = await ServerProcess.start()
  pin(server.pid, SERVER_CORE)
  pin(process.pid, CLIENT_CORE)
  try {
    const client = await registerClient(server.origin)
    const cookie = await signIn(server.origin)
    const figures: JourneyFigure[] = []
    for (let round = 0; round <= options.rounds; round++) {
      const source = new Journeys(new URL(server.origin).host, client, cookie)
      const { seconds, refused } = await load({ port: server.port, connections: CONNECTIONS, source, ...options })
      if (refused > 0) throw new Error(`${refused} answers on the way were refusals`)
      // The first round is the warm-up.
      if (round > 0) figures.push({ journeys: source.done, journeysPerSecond: source.done / seconds })
    }
    return {
      journeysPerSecond: median(figures.map(({ journeysPerSecond }) => journeysPerSecond)),
      journeys: figures.reduce((sum, { journeys }) => sum + journeys, 0),
    }
  } finally {
    await server.stop()
  }
}

/** The session cookie of alice. */
async function signIn(origin: string): Promise<string> {
  const person = new Person()
  await person.submit(await person.open(`${origin}/sign-in`), alice, { action: '/sign-in' })
  return [...person.cookies(origin)].map(([name, value]) => `${name}=${value}`).join('; ')
}

type Step = 'open' | 'consent' | 'token' | 'credentials'

interface Journey {
  step: Step
  verifier: string
  path: string
  antiForgery: string
  code: string
  accessToken: string
}

/** Each connection makes one journey after another, with a verifier of its own each. */
class Journeys implements Source {
  done = 0
  readonly #host: string
  readonly #client: BenchClient
  readonly #cookie: string
  readonly #journeys = new Map<number, Journey>()

  constructor(host: string, client: BenchClient, cookie: string) {
    this.#host = host
    this.#client = client
    this.#cookie = cookie
  }

  next(connection: number): Buffer {
    const journey = this.#journeys.get(connection) ?? this.#begin()
    this.#journeys.set(connection, journey)
    const { path, antiForgery, code, accessToken } = journey
    const page = { host: this.#host, cookie: this.#cookie }
    if (journey.step === 'open') return requestBytes('GET', path, page)
    if (journey.step === 'consent') {
      const headers = { ...page, origin: `http://${this.#host}`, 'content-type': FORM }
      return requestBytes('POST', path, headers, new URLSearchParams({ antiForgery, decision: 'allow' }).toString())
    }
    if (journey.step === 'token') {
      const grant = { grantType: 'authorization_code', code, redirectUri: REDIRECT_URI, codeVerifier: journey.verifier }
      const headers = { host: this.#host, 'content-type': 'application/json' }
      return requestBytes('POST', '/token', headers, JSON.stringify({ ...this.#client, ...grant }))
    }
    const query = `role_name=ReadOnlyAccess&account_id=${DEVELOPMENT}`
    const headers = { host: this.#host, 'x-amz-sso_bearer_token': accessToken }
    return requestBytes('GET', `/federation/credentials?${query}`, headers)
  }

  answered(connection: number, body: string, head: string): void {
    const journey = this.#journeys.get(connection)
    if (!journey) return
    if (journey.step === 'open') {
      journey.antiForgery = found(/name="antiForgery" value="([^"]+)"/.exec(body), body)
      journey.step = 'consent'
    } else if (journey.step === 'consent') {
      journey.code = found(/\r\nlocation: \S+[?&]code=([^&\s]+)/i.exec(head), head)
      journey.step = 'token'
    } else if (journey.step === 'token') {
      journey.accessToken = found(/"accessToken":"([^"]+)"/.exec(body), body)
      journey.step = 'credentials'
    } else {
      found(/"(secretAccessKey)"/.exec(body), body)
      this.#journeys.delete(connection)
      this.done += 1
    }
  }

  #begin(): Journey {
    const verifier = randomBytes(32).toString('base64url')
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.#client.clientId,
      redirect_uri: REDIRECT_URI,
      state: 'a-state',
      code_challenge_method: 'S256',
      scopes: 'sso:account:access',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    })
    return { step: 'open', verifier, path: `/authorize?${query}`, antiForgery: '', code: '', accessToken: '' }
  }
}

function found(match: RegExpExecArray | null, text: string): string {
  if (match?.[1] === undefined) throw new Error(`the journey went astray: ${text.slice(0, 400)}`)
  return match[1]
}
