/** Requests through proxies and under private authorities, over real sockets. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { milliseconds, seconds } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createCertificates } from '../testing/certificates.ts'
import { ConnectionRefusal } from './connection.ts'
import { createHttp, type Http } from './http.ts'

let folder: string
const open: Server[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-http-'))
  createCertificates(folder, ['DNS:localhost', 'DNS:sso.acme.example', 'IP:127.0.0.1'])
})

afterAll(() => rmSync(folder, { recursive: true }))

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function listen(server: Server): Promise<number> {
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** An origin that says what it was asked. */
const origin = (): Promise<number> => listen(createServer(echo))
const secureOrigin = (): Promise<number> =>
  listen(
    createTlsServer(
      { key: readFileSync(join(folder, 'server.key')), cert: readFileSync(join(folder, 'server.pem')) },
      echo,
    ),
  )

function echo(request: IncomingMessage, response: import('node:http').ServerResponse): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const said = {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    }
    response.setHeader('X-Amzn-RequestId', 'r-1')
    response.end(JSON.stringify(said))
  })
}

interface Proxy {
  readonly port: number
  /** What it was asked: `CONNECT host:port`, or `GET http://…`. */
  readonly asked: string[]
  readonly authorizations: (string | undefined)[]
}

/** A proxy that leads every name to this machine, and asks for a password when one is given. */
async function proxy(password?: string): Promise<Proxy> {
  const asked: string[] = []
  const authorizations: (string | undefined)[] = []
  const isRefused = (request: IncomingMessage): boolean => {
    asked.push(`${request.method} ${request.url}`)
    authorizations.push(request.headers['proxy-authorization'])
    return password !== undefined && request.headers['proxy-authorization'] !== `Basic ${btoa(password)}`
  }
  const server = createServer((request, response) => {
    if (isRefused(request)) response.writeHead(407).end()
    else response.end(JSON.stringify({ url: request.url, headers: request.headers }))
  })
  server.on('connect', (request, client) => {
    if (isRefused(request)) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    const target = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.pipe(client)
      client.pipe(target)
    })
    for (const [one, other] of [
      [target, client],
      [client, target],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('end', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  return { port: await listen(server), asked, authorizations }
}

/** Pauses take no time and are remembered. */
function createTestHttp(env: Record<string, string> = {}): Http & { readonly pauses: number[] } {
  const pauses: number[] = []
  const clock = Object.assign(new TestClock(), {
    sleep: async (length: number) => {
      pauses.push(length)
    },
  })
  const readFile = async (path: string): Promise<Uint8Array | undefined> => {
    try {
      return readFileSync(path)
    } catch {
      return undefined
    }
  }
  return { ...createHttp({ env, clock, chance: () => 0.5, readFile }), pauses }
}

const get = (url: string): { method: string; url: string; headers: Record<string, string> } => ({
  method: 'GET',
  url,
  headers: {},
})

test('a request arrives as it was sent, its path and query untouched', async () => {
  const port = await origin()
  const response = await createTestHttp().send({
    method: 'POST',
    url: `http://127.0.0.1:${port}/federation/credentials?role_name=a%2Bb&account_id=1`,
    headers: { 'x-amz-sso_bearer_token': 'secret' },
    body: '{"grantType":"refresh_token"}',
  })
  expect(response).toMatchObject({ status: 200, headers: { 'x-amzn-requestid': 'r-1' } })
  expect(JSON.parse(response.body)).toMatchObject({
    method: 'POST',
    url: '/federation/credentials?role_name=a%2Bb&account_id=1',
    headers: { 'x-amz-sso_bearer_token': 'secret', 'content-length': '29', host: `127.0.0.1:${port}` },
    body: '{"grantType":"refresh_token"}',
  })
})

test('HTTPS_PROXY is asked for a tunnel, and sees nothing of what goes through it', async () => {
  const port = await secureOrigin()
  const through = await proxy()
  const http = createTestHttp({ HTTPS_PROXY: `http://127.0.0.1:${through.port}` })
  const response = await http.send(get(`https://sso.acme.example:${port}/start`), { caBundle: join(folder, 'ca.pem') })
  expect(response.status).toBe(200)
  expect(through.asked).toEqual([`CONNECT sso.acme.example:${port}`])
})

test('a proxy address without a scheme is one of http', async () => {
  const port = await secureOrigin()
  const through = await proxy()
  const http = createTestHttp({ https_proxy: `127.0.0.1:${through.port}` })
  await http.send(get(`https://sso.acme.example:${port}/`), { caBundle: join(folder, 'ca.pem') })
  expect(through.asked).toHaveLength(1)
})

test("the proxy's user and password are sent to the proxy, and to nobody else", async () => {
  const port = await secureOrigin()
  const through = await proxy('alice:s3cret!')
  const http = createTestHttp({ HTTPS_PROXY: `http://alice:s3cret%21@127.0.0.1:${through.port}` })
  const response = await http.send(get(`https://sso.acme.example:${port}/`), { caBundle: join(folder, 'ca.pem') })
  expect(through.authorizations).toEqual([`Basic ${btoa('alice:s3cret!')}`])
  expect(response.body).not.toContain('proxy-authorization')
})

test('a proxy that says no is named, without its password', async () => {
  const through = await proxy('alice:right')
  const http = createTestHttp({ HTTPS_PROXY: `http://alice:wrong@127.0.0.1:${through.port}` })
  const refusal = await http.send(get('https://sso.acme.example/')).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ConnectionRefusal)
  expect(refusal).toMatchObject({ message: `Failed to connect to proxy URL: "http://127.0.0.1:${through.port}"` })
  expect(String(refusal)).not.toContain('wrong')
})

test('HTTP_PROXY is asked for the whole address of plain http', async () => {
  const through = await proxy('u:p')
  const http = createTestHttp({ HTTP_PROXY: `http://u:p@127.0.0.1:${through.port}` })
  const response = await http.send(get('http://sso.acme.example:8080/token?a=b'))
  expect(through.asked).toEqual(['GET http://sso.acme.example:8080/token?a=b'])
  expect(JSON.parse(response.body).headers.host).toBe('sso.acme.example:8080')
})

test('NO_PROXY keeps a host off the proxy', async () => {
  const port = await origin()
  const through = await proxy()
  const http = createTestHttp({ HTTP_PROXY: `http://127.0.0.1:${through.port}`, NO_PROXY: 'acme.example,127.0.0.1' })
  await http.send(get(`http://127.0.0.1:${port}/`))
  expect(through.asked).toEqual([])
})

test('a certificate of a private authority is refused, at once and with advice', async () => {
  const port = await secureOrigin()
  const http = createTestHttp()
  await expect(http.send(get(`https://localhost:${port}/token`))).rejects.toMatchObject({
    message: expect.stringContaining(`SSL validation failed for https://localhost:${port}/token`),
    hint: expect.stringContaining('AWS_CA_BUNDLE'),
  })
  expect(http.pauses).toEqual([])
})

test('a certificate bundle makes the private authority trusted', async () => {
  const port = await secureOrigin()
  const response = await createTestHttp().send(get(`https://localhost:${port}/`), { caBundle: join(folder, 'ca.pem') })
  expect(response.status).toBe(200)
})

test('a bundle does not make a wrong name right', async () => {
  const port = await secureOrigin()
  const through = await proxy()
  const http = createTestHttp({ HTTPS_PROXY: `http://127.0.0.1:${through.port}` })
  const asking = http.send(get(`https://other.example:${port}/`), { caBundle: join(folder, 'ca.pem') })
  await expect(asking).rejects.toMatchObject({ message: expect.stringContaining('SSL validation failed') })
})

test('a bundle that is not there is refused by its path', async () => {
  const asking = createTestHttp().send(get('https://localhost/'), { caBundle: '/nowhere/ca.pem' })
  await expect(asking).rejects.toThrow(
    'Could not find a suitable TLS CA certificate bundle, invalid path: /nowhere/ca.pem',
  )
})

test('a bundle without a certificate is refused, and not passed over', async () => {
  const asking = createTestHttp().send(get('https://localhost/'), { caBundle: join(folder, 'ca.key') })
  await expect(asking).rejects.toThrow(/There is no certificate in .*ca\.key/)
})

test('--no-verify-ssl takes any certificate', async () => {
  const port = await secureOrigin()
  const response = await createTestHttp().send(get(`https://localhost:${port}/`), { verify: false })
  expect(response.status).toBe(200)
})

test('throttling and passing faults are tried three times in all, after growing pauses', async () => {
  for (const status of [429, 500, 502, 503, 504]) {
    let count = 0
    const port = await listen(
      createServer((_, response) => {
        count += 1
        response.writeHead(count < 3 ? status : 200).end()
      }),
    )
    const http = createTestHttp()
    expect(await http.send(get(`http://127.0.0.1:${port}/`))).toMatchObject({ status: 200 })
    expect(http.pauses).toEqual([500, 1000])
  }
})

test('after the last attempt the answer is given as it is', async () => {
  let count = 0
  const port = await listen(
    createServer((_, response) => {
      count += 1
      response.writeHead(503).end('busy')
    }),
  )
  expect(await createTestHttp().send(get(`http://127.0.0.1:${port}/`))).toMatchObject({ status: 503, body: 'busy' })
  expect(count).toBe(3)
})

test('other refusals are final, and redirects are not followed', async () => {
  for (const status of [302, 400, 401, 403, 404]) {
    let count = 0
    const port = await listen(
      createServer((_, response) => {
        count += 1
        response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end()
      }),
    )
    expect(await createTestHttp().send(get(`http://127.0.0.1:${port}/`))).toMatchObject({ status })
    expect(count).toBe(1)
  }
})

test('a connection that breaks is tried again', async () => {
  let count = 0
  const port = await listen(
    createServer((request, response) => {
      count += 1
      if (count === 1) request.socket.destroy()
      else response.end('there')
    }),
  )
  expect(await createTestHttp().send(get(`http://127.0.0.1:${port}/`))).toMatchObject({ body: 'there' })
})

test('an address where nobody listens is told as the AWS CLI tells it', async () => {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  const asking = createTestHttp().send(get(`http://127.0.0.1:${port}/token?secret=1`))
  await expect(asking).rejects.toMatchObject({
    name: 'ConnectionRefusal',
    message: `Could not connect to the endpoint URL: "http://127.0.0.1:${port}/token"`,
  })
})

test('an answer that does not come in time is given up', async () => {
  const port = await listen(createServer(() => undefined))
  const asking = createTestHttp().send(get(`http://127.0.0.1:${port}/`), {
    readTimeout: milliseconds(50),
    attempts: 1,
    connectTimeout: seconds(5),
  })
  await expect(asking).rejects.toThrow(`Read timeout on endpoint URL: "http://127.0.0.1:${port}/"`)
})

test('a name below localhost is this computer, whatever a name server says', async () => {
  const port = await origin()
  const { lookUpOwnName } = await import('./own-name.ts')
  const found = await new Promise((resolve) =>
    lookUpOwnName('evil.localhost', { family: 4 }, (_, address) => resolve(address)),
  )
  expect(found).toBe('127.0.0.1')
  const { status } = await createTestHttp().send({ method: 'GET', url: `http://evil.localhost:${port}/`, headers: {} })
  expect(status).toBe(200)
})
