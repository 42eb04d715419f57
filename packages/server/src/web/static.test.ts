import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { ConsoleFiles } from './console-files.ts'
import { addStatic } from './static.ts'

let server: TestServer
let folder: string
let app: FastifyInstance

beforeEach(async () => {
  server = await startTestServer()
  folder = mkdtempSync(join(tmpdir(), 'mayfly-console-'))
  mkdirSync(join(folder, 'dist/assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html><title>Portal</title>')
  writeFileSync(join(folder, 'dist/assets/main-1a2b.js'), 'portal()'.repeat(100))
  app = Fastify()
  addStatic(app, server.context, new ConsoleFiles([pathToFileURL(`${folder}/dist/`)]))
})
afterEach(async () => {
  await app.close()
  await server.close()
  rmSync(folder, { recursive: true })
})

test('the start URL is the portal, under a policy that lets no foreign script in', async () => {
  for (const url of ['/start', '/start/']) {
    const { statusCode, headers, body } = await app.inject({ url })
    expect([statusCode, body]).toEqual([200, '<!doctype html><title>Portal</title>'])
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect(headers['cache-control']).toBe('no-cache')
  }
})

test('the check of new AWS CLIs is sent to a name of the form that they take', async () => {
  for (const url of ['/start', '/start/', '/']) {
    const { statusCode, headers } = await app.inject({ method: 'HEAD', url })
    expect(statusCode).toBe(302)
    expect(headers.location).toMatch(/^https:\/\/ssoins-[0-9a-f]{16}\.portal\.us-east-1\.app\.aws\/$/)
  }
})

test('the root leads to the portal', async () => {
  const { statusCode, headers } = await app.inject({ url: '/' })
  expect([statusCode, headers.location]).toEqual([303, '/start'])
})

test('assets are packed as the browser likes, and kept for ever', async () => {
  const text = 'portal()'.repeat(100)
  const get = (encoding: string) =>
    app.inject({ url: '/assets/main-1a2b.js', headers: { 'accept-encoding': encoding } })
  const [br, gzip, plain] = [await get('gzip, deflate, br'), await get('gzip'), await get('identity')]
  expect(brotliDecompressSync(br.rawPayload).toString()).toBe(text)
  expect(gunzipSync(gzip.rawPayload).toString()).toBe(text)
  expect(plain.body).toBe(text)
  for (const { headers } of [br, gzip, plain]) {
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(headers['cache-control']).toContain('immutable')
    expect(headers['vary']).toBe('accept-encoding')
  }
})

test.each([
  '/assets/..%2f..%2fsecret.txt',
  '/assets/../../secret.txt',
  '/assets/%2e%2e%2findex.html',
  '/assets/..%5c..%5csecret.txt',
  '/assets/nothing.js',
  '/assets/',
  '/assets/main-1a2b.js%00',
])('%s leads nowhere', async (url) => {
  const { statusCode, body } = await app.inject({ url })
  expect(statusCode).toBeGreaterThanOrEqual(400)
  expect(body).not.toContain('secret')
})

test('a server without the portal says so on its start page', async () => {
  const bare = Fastify()
  addStatic(bare, server.context, new ConsoleFiles([pathToFileURL('/nowhere/')]))
  expect((await bare.inject({ url: '/start' })).body).toContain('No access portal here')
  await bare.close()
})

test('every plain page forbids scripts, framing and referrers, and is kept by nobody', async () => {
  const paths = ['/sign-in', '/sign-out', '/authorize', '/device', '/link/x', '/sign-in/mfa', '/nowhere']
  for (const url of paths) {
    const { headers } = await server.inject({ url })
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'/,
    )
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'; base-uri 'none'")
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    })
  }
})
