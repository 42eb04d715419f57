/** Under which names, from which addresses and below which path a running server lets itself be reached. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bob, DEVELOPMENT } from '../harness/example.ts'
import { freePort } from '../harness/free-port.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { operate, runServerProgram } from '../harness/operator.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { type Answer, ask, membersOf } from './wire-client.ts'
import { WirePerson } from './wire-person.ts'

const cookiesOf = ({ headers }: Answer): string[] => [headers['set-cookie'] ?? []].flat()

describe('on plain http of this computer', () => {
  let server: ServerProcess
  beforeAll(async () => {
    server = await ServerProcess.start()
  })
  afterAll(() => server?.stop())

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1:1', '10.0.0.1', 'localhost'])(
    'a request for the name %s is refused, a page as an operation',
    async (host) => {
      for (const path of ['/sign-in', '/start', '/assignment/accounts', '/healthz']) {
        const answer = await ask(`${server.origin}${path}`, { headers: { host } })
        expect(answer.status).toBe(421)
        expect(answer.text).toContain('This server does not answer for that name')
        expect(cookiesOf(answer)).toEqual([])
      }
    },
  )

  test.each(['a b', 'x/y', 'user@localhost', '[::1'])('a Host that is none is refused: %s', async (host) => {
    expect((await ask(`${server.origin}/sign-in`, { headers: { host } })).status).toBe(400)
  })

  test.each(['localhost', '127.0.0.1', '[::1]'])('%s with its own port is answered', async (name) => {
    const headers = { host: `${name}:${server.port}` }
    expect((await ask(`${server.origin}/sign-in`, { headers })).status).toBe(200)
  })

  test('cookies are HttpOnly, SameSite=Lax, for the whole host, and not Secure, which http could not send', async () => {
    const person = await WirePerson.start(server.origin)
    try {
      await person.signIn(bob)
      const names = [...person.browser.cookies(server.origin).keys()]
      expect(names).toContain('mayfly-session')
      expect(names.filter((name) => name.startsWith('__'))).toEqual([])
      const page = await ask(`${server.origin}/sign-out`, {
        headers: {
          cookie: [...person.browser.cookies(server.origin)].map(([name, value]) => `${name}=${value}`).join('; '),
        },
      })
      expect(page.status).toBe(200)
    } finally {
      person.stop()
    }
  })

  test('what a stranger says about the address it comes from is not believed', async () => {
    await ask(`${server.origin}/sign-in`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
    await expect.poll(() => server.output).toContain('"path":"/sign-in"')
    expect(server.output).not.toContain('203.0.113.7')
  })
})

describe('behind a proxy that is trusted', () => {
  let server: ServerProcess
  beforeAll(async () => {
    server = await ServerProcess.start({
      args: ['--trust-proxy', '127.0.0.1/32'],
      publicUrl: 'https://sign-in.example.test',
    })
  })
  afterAll(() => server?.stop())

  const through = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    ask(`http://127.0.0.1:${server.port}${path}`, {
      headers: {
        host: 'sign-in.example.test',
        'x-forwarded-for': '198.51.100.9, 203.0.113.7',
        'x-forwarded-proto': 'https',
        ...headers,
      },
    })

  test('the last address that the proxy wrote counts, and no earlier one that a client may have invented', async () => {
    expect((await through('/sign-in')).status).toBe(200)
    await expect.poll(() => server.output).toContain('"address":"203.0.113.7"')
    expect(server.output).not.toContain('198.51.100.9')
  })

  test('the public name is answered, X-Forwarded-Host is not', async () => {
    const answer = await through('/sign-in', { host: 'evil.example', 'x-forwarded-host': 'sign-in.example.test' })
    expect(answer.status).toBe(421)
  })

  test('cookies are Secure', async () => {
    const cookies = cookiesOf(await through('/sign-in'))
    for (const cookie of cookies)
      expect(cookie).toMatch(/^__Host-mayfly-.*; Path=\/; HttpOnly; SameSite=Lax.*; Secure$/)
  })
})

describe('below a path of the public URL', () => {
  let server: ServerProcess
  let home: Home
  beforeAll(async () => {
    const port = await freePort()
    server = await ServerProcess.start({ port, publicUrl: `http://localhost:${port}/identity` })
    home = new Home()
  })
  afterAll(async () => {
    home.remove()
    await server?.stop()
  })

  test('operations answer there, and the AWS CLI finds the pages at the root, where it looks for them', async () => {
    const accounts = await ask(`${server.origin}/assignment/accounts`)
    expect([accounts.status, accounts.headers['x-amzn-errortype']]).toEqual([401, 'UnauthorizedException'])
    const { status } = await ask(`http://localhost:${server.port}/authorize?client_id=nobody`)
    expect(status).toBe(400)
  })

  test('mayfly signs in and asks who it is', async () => {
    home.writeConfig(server.startUrl, [{ name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' }])
    for (const words of [
      ['login', '--profile', 'dev'],
      ['whoami', '--profile', 'dev'],
    ]) {
      const run = await runMayfly(home, words, { browser: bob, timeout: 30_000 })
      expect(run.status, run.stderr).toBe(0)
    }
  })

  test('its start URL is an issuer, and its device page is where it says', async () => {
    const person = await WirePerson.start(server.origin)
    try {
      const client = await person.register()
      const { verificationUri } = membersOf(await person.startDevice(client))
      const page = await person.browser.open(String(verificationUri))
      expect(page.status).toBe(200)
    } finally {
      person.stop()
    }
  })
})

test.each(['0.0.0.0', '::', '192.0.2.1', 'example.com'])('--example does not listen on %s', async (host) => {
  const run = await runServerProgram(['--example', '--host', host, '--port', '0'])
  expect(run).toMatchObject({ status: 1, stdout: '' })
  expect(run.stderr).toBe(
    'mayfly-server: --example listens on loopback only: everybody knows its passwords.\nLeave out --host, or leave out --example.\n',
  )
})

test('--example does not answer to a name that others can reach', async () => {
  const run = await runServerProgram(['--example', '--public-url', 'https://sign-in.example.test', '--port', '0'])
  expect(run).toMatchObject({ status: 1, stdout: '' })
  expect(run.stderr).toContain('Leave out --public-url, or leave out --example.')
})

test('a command of the operator says nothing of what it was not asked', async () => {
  const server = await ServerProcess.start()
  try {
    const run = await operate(server, 'users', 'frobnicate')
    expect(run).toMatchObject({ status: 1, stdout: '' })
    expect(run.stderr).toContain('mayfly-server --help')
  } finally {
    await server.stop()
  }
})
