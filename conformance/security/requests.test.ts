/** Requests that no client sends: two lengths, two hosts, half a head, a megabyte of it, bytes that are no text. */

import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ServerProcess } from '../harness/server-process.ts'
import { ask, sendRaw, statusesOf } from './attacker.ts'

let server: ServerProcess
let host: string

beforeAll(async () => {
  server = await ServerProcess.start()
  host = `127.0.0.1:${server.port}`
})
afterAll(() => server.stop())

const isAlive = async (): Promise<void> => {
  expect((await ask(server.origin, '/healthz')).status).toBe(200)
}

/** A whole second request that must never be answered. */
const smuggled = (): string => `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`

test.each([
  ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\n'],
  ['two lengths', 'Content-Length: 0\r\nContent-Length: 40', ''],
  ['a length in hexadecimal', 'Content-Length: 0x0', ''],
  ['a length with a sign', 'Content-Length: +0', ''],
  ['chunks twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity', '0\r\n\r\n'],
  ['chunks by another name', 'Transfer-Encoding: xchunked', '0\r\n\r\n'],
  ['a blank before the colon', 'Transfer-Encoding : chunked', '0\r\n\r\n'],
  ['a folded header', 'X-A: b\r\n Transfer-Encoding: chunked', '0\r\n\r\n'],
  ['a chunk of a wrong size', 'Transfer-Encoding: chunked', 'ffffffffffffffff0\r\nx\r\n0\r\n\r\n'],
  ['bare line feeds', 'X-A: b\nTransfer-Encoding: chunked', '0\r\n\r\n'],
])('%s is refused, and what is hidden behind it is not answered', async (_, headers, body) => {
  const head = `POST /token HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${headers}\r\n\r\n`
  const answer = await sendRaw(server.port, head + body + smuggled(), 700)
  expect(statusesOf(answer)).not.toContain(200)
  expect(statusesOf(answer).every((status) => status >= 400 && status < 500)).toBe(true)
  await isAlive()
})

test.each([
  ['no host', 'GET /start HTTP/1.1\r\n\r\n'],
  ['two hosts', `GET /start HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\n\r\n`],
  ['a host that is another', `GET /start HTTP/1.1\r\nHost: evil.example\r\n\r\n`],
  ['a host with a user', `GET /start HTTP/1.1\r\nHost: HOST@evil.example\r\n\r\n`],
  ['a host in the address and another beside it', `GET http://HOST/start HTTP/1.1\r\nHost: evil.example\r\n\r\n`],
  ['bytes that are no text', `GET /\x00\xff HTTP/1.1\r\nHost: HOST\r\n\r\n`],
  ['a header with a NUL', `GET /start HTTP/1.1\r\nHost: HOST\r\nX-A: a\x00b\r\n\r\n`],
  ['a method that is none', `\x16\x03\x01 / HTTP/1.1\r\nHost: HOST\r\n\r\n`],
  ['a version that is none', `GET / HTTP/9.9\r\nHost: HOST\r\n\r\n`],
  ['a tunnel', `CONNECT evil.example:443 HTTP/1.1\r\nHost: HOST\r\n\r\n`],
])('%s gets no page', async (_, bytes) => {
  const answer = await sendRaw(server.port, Buffer.from(bytes.replaceAll('HOST', host), 'latin1'), 700)
  expect(statusesOf(answer).every((status) => status >= 400 && status < 500)).toBe(true)
  await isAlive()
})

test('an address with a host of its own leads nowhere else, and into no answer', async () => {
  const answer = await sendRaw(server.port, `GET http://evil.example/sign-in HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 700)
  expect(answer).not.toMatch(/^location: .*evil/im)
  expect(answer.toLowerCase()).not.toContain('action="http://evil')
})

test('heads and bodies are bounded', async () => {
  const long = `GET /start HTTP/1.1\r\nHost: ${host}\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`
  expect(statusesOf(await sendRaw(server.port, long, 1000))).toEqual([431])
  const many = `GET /start HTTP/1.1\r\nHost: ${host}\r\n${'X-A: b\r\n'.repeat(5000)}\r\n`
  expect(statusesOf(await sendRaw(server.port, many, 1000)).every((status) => status === 431 || status === 200)).toBe(
    true,
  )
  const headers = { 'content-type': 'application/json' }
  const large = await ask(server.origin, '/token', { method: 'POST', headers, body: 'x'.repeat(300_000) })
  expect(large.status).toBe(413)
  const nested = await ask(server.origin, '/token', {
    method: 'POST',
    headers,
    body: `{"scope":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  })
  expect(nested.status).toBe(400)
  await isAlive()
})

test('three hundred connections that never finish their request keep nobody else waiting', async () => {
  const slow = Array.from({ length: 300 }, () => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(`POST /token HTTP/1.1\r\nHost: ${host}\r\nX-`))
    socket.on('error', () => {})
    return socket
  })
  await new Promise((resolve) => setTimeout(resolve, 200))
  const began = performance.now()
  await isAlive()
  expect(performance.now() - began).toBeLessThan(2000)
  for (const socket of slow) socket.destroy()
})

test('where a request says that it comes from is not believed', async () => {
  const forwarded = {
    'x-forwarded-for': '203.0.113.66',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
    forwarded: 'for=203.0.113.66;host=evil.example;proto=https',
    'x-real-ip': '203.0.113.66',
    'x-original-url': '/portal/me',
    'x-rewrite-url': '/portal/me',
    'x-http-method-override': 'DELETE',
  }
  const page = await ask(server.origin, '/sign-in', { headers: forwarded })
  expect(page.headers['set-cookie']?.join()).not.toContain('Secure')
  const body = JSON.stringify({ clientName: 'x', clientType: 'public' })
  const headers = { ...forwarded, 'content-type': 'application/json' }
  await ask(server.origin, '/client/register', { method: 'POST', headers, body })
  expect(server.output).not.toContain('203.0.113.66')
  const started = await ask(server.origin, '/start', { method: 'HEAD', headers: forwarded })
  expect(String(started.headers['location'])).not.toContain('evil.example')
})

test('a flood of passwords is refused, not queued, and the rest of the server goes on answering', async () => {
  const page = await ask(server.origin, '/sign-in')
  const cookie = page.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  const antiForgery = /name="antiForgery" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
  const flood = Array.from({ length: 150 }, (_, index) =>
    ask(server.origin, '/sign-in', {
      method: 'POST',
      headers,
      body: new URLSearchParams({ antiForgery, userName: `user${index}`, password: 'x'.repeat(5000) }).toString(),
    }),
  )
  const began = performance.now()
  await isAlive()
  expect(performance.now() - began).toBeLessThan(3000)
  const statuses = (await Promise.all(flood)).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([403, 429]))
  // One address may guess thirty times; what comes after that costs no hash.
  expect(statuses.filter((status) => status === 403).length).toBeLessThanOrEqual(31)
})
