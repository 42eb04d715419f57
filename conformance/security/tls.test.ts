/** Over TLS: cookies that are for https alone, no plain http, no old version, and no client that looks away. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCertificates } from '../../packages/cli/src/testing/certificates.ts'
import { freePort } from '../harness/free-port.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { Person, sendRaw, signIn } from './attacker.ts'

let folder: string
let server: ServerProcess
let ca: string
let home: Home

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-tls-'))
  const { authority, server: certificate, serverKey } = createCertificates(folder, ['IP:127.0.0.1', 'DNS:localhost'])
  ca = readFileSync(authority, 'utf8')
  const port = await freePort()
  server = await ServerProcess.start({
    args: ['--example', '--tls-cert', certificate, '--tls-key', serverKey],
    port,
    publicUrl: `https://127.0.0.1:${port}`,
  })
  home = new Home()
  home.writeConfig(server.startUrl, [])
})
afterAll(async () => {
  await server?.stop()
  home?.remove()
  rmSync(folder, { recursive: true, force: true })
})

test('every cookie carries __Host- and Secure, and browsers are told to stay with https', async () => {
  const person = new Person({ ca })
  const page = await person.open(`${server.origin}/sign-in`)
  expect(page.headers['strict-transport-security']).toMatch(/max-age=\d{7,}/)
  await signIn(person, server.origin, { userName: 'alice', password: 'mayfly-example' })
  const names = [...person.cookies(server.origin).keys()]
  expect(names).toContain('__Host-mayfly-session')
  expect(names.every((name) => name.startsWith('__Host-'))).toBe(true)
  for (const set of [page.headers['set-cookie']].flat()) expect(set).toMatch(/; Secure$/)
})

test('plain http gets no answer, and TLS before 1.2 no connection', async () => {
  expect(
    await sendRaw(server.port, `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`, 700),
  ).not.toContain('200 OK')
  const old = await new Promise<string>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: server.port, ca, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })
    socket.on('secureConnect', () => resolve(socket.getProtocol() ?? 'connected'))
    socket.on('error', () => resolve('refused'))
  })
  expect(old).toBe('refused')
})

test('a certificate that nobody vouches for is refused, whatever Node is told, unless the person says otherwise', async () => {
  const login = (args: readonly string[], env: Record<string, string>) =>
    runMayfly(home, ['login', '--sso-session', 'acme', ...args], { env })
  const refused = await login([], { NODE_TLS_REJECT_UNAUTHORIZED: '0' })
  expect([refused.status === 0, refused.stderr]).toEqual([false, expect.stringContaining('SSL validation failed')])
  expect(server.output).not.toContain('RegisterClient')
})
