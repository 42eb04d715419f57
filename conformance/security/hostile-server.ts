/** An Identity Center that means harm: it answers what a test tells it to, and counts who comes. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HostileAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

const HARMLESS: Readonly<Record<string, HostileAnswer>> = {
  '/client/register': {
    body: {
      clientId: 'id',
      clientSecret: 'secret-of-client',
      clientIdIssuedAt: 1,
      clientSecretExpiresAt: 4_000_000_000,
    },
  },
  '/device_authorization': {
    body: {
      deviceCode: 'device-code',
      userCode: 'BCDF-GHJK',
      verificationUri: 'http://127.0.0.1:1/device',
      verificationUriComplete: 'http://127.0.0.1:1/device?user_code=BCDF-GHJK',
      expiresIn: 600,
      interval: 1,
    },
  },
  '/token': {
    body: { accessToken: 'access-token', tokenType: 'Bearer', expiresIn: 3600, refreshToken: 'refresh-token' },
  },
  '/assignment/accounts': { body: { accountList: [{ accountId: '111122223333', accountName: 'One' }] } },
  '/assignment/roles': { body: { roleList: [{ accountId: '111122223333', roleName: 'Role' }] } },
  '/federation/credentials': {
    body: {
      roleCredentials: {
        accessKeyId: 'ASIAEXAMPLE',
        secretAccessKey: 'secret-key',
        sessionToken: 'session-token',
        expiration: Date.now() + 3_600_000,
      },
    },
  },
  '/logout': { body: {} },
}

export class HostileServer {
  /** What it answers once, before all else, by path. */
  readonly first = new Map<string, HostileAnswer>()
  /** What it answers instead, by path. */
  readonly answers = new Map<string, HostileAnswer>()
  /** Every request as `METHOD path` and what it carried. */
  readonly seen: { readonly request: string; readonly carried: string }[] = []
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  static start(): Promise<HostileServer> {
    const hostile = new HostileServer()
    return new Promise((resolve) => hostile.#server.listen(0, '127.0.0.1', () => resolve(hostile)))
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const path = (request.url ?? '').split('?')[0] ?? ''
    this.seen.push({ request: `${request.method} ${request.url}`, carried: JSON.stringify(request.headers) + body })
    const answer = this.first.get(path) ?? this.answers.get(path) ?? HARMLESS[path] ?? { status: 404, body: {} }
    this.first.delete(path)
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
    response.end(JSON.stringify(answer.body ?? {}))
  }
}
