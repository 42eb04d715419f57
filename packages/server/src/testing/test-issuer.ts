/** An outside OpenID provider on this machine, which signs what a test wants and misbehaves as it is told. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose'
import { onTestFinished } from 'vitest'
import { createTestApplication, JWT_BEARER, type TestApplication, trustIssuer } from './test-application.ts'
import { startTestServer, type TestServer } from './test-server.ts'

export interface TestIssuer {
  readonly url: string
  /** Paths in the order in which they were asked for. */
  readonly asked: string[]
  /** The published keys, to be changed by the test. */
  readonly keys: JWK[]
  /** Answers in place of the usual ones, by path. */
  readonly answers: Map<string, (response: ServerResponse, request: IncomingMessage) => void>
  /** A signed assertion for `notebook` about alice, good for five minutes, with the changes that are named. */
  sign(claims?: Record<string, unknown>, header?: Partial<JWTHeaderParameters>, key?: CryptoKey): Promise<string>
  newKey(kid: string, alg?: string): Promise<CryptoKey>
}

export async function startTestIssuer(server: TestServer): Promise<TestIssuer> {
  const asked: string[] = []
  const keys: JWK[] = []
  const answers: TestIssuer['answers'] = new Map()
  const http = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const answer = answers.get(path)
    if (answer) return answer(response, request)
    const document = documents()[path]
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(document ?? {}))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    http.closeAllConnections()
    http.close()
  })
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const documents = (): Record<string, unknown> => ({
    '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
    '/keys': { keys },
  })
  const newKey = async (kid: string, alg = 'ES256'): Promise<CryptoKey> => {
    const { publicKey, privateKey } = await generateKeyPair(alg)
    keys.push({ ...(await exportJWK(publicKey)), kid, use: 'sig' })
    return privateKey
  }
  const usual = await newKey('usual')
  let count = 0
  return {
    url,
    asked,
    keys,
    answers,
    newKey,
    sign(claims = {}, header = {}, key = usual) {
      const now = Math.floor(server.clock.now().getTime() / 1000)
      count += 1
      const payload = {
        iss: url,
        aud: 'notebook',
        sub: 'someone',
        email: 'alice@acme.example',
        iat: now,
        exp: now + 300,
        jti: `assertion-${count}`,
        ...claims,
      }
      return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'usual', ...header }).sign(key)
    },
  }
}

/** A server with an application that trusts an issuer. `members`: how the issuer names users. */
export async function startTrustingServer(members: Record<string, unknown> = {}) {
  const server = await startTestServer()
  onTestFinished(() => server.close())
  const issuer = await startTestIssuer(server)
  const application = await createTestApplication(server)
  const issuerArn = await trustIssuer(application, issuer.url, members)
  return { server, issuer, application, issuerArn, redeem: redeemAt(application) }
}

export const redeemAt =
  ({ createToken }: TestApplication) =>
  (assertion: string, members: Record<string, unknown> = {}) =>
    createToken({ grantType: JWT_BEARER, assertion, ...members })
