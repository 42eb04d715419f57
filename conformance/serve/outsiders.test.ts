/** Who has no token, and who sits in a browser, gets nothing: watched beside a client that does. */

import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumPath } from '../harness/chromium.ts'
import { runProgram } from '../harness/run-program.ts'
import { ask, type Served, startServing } from './served.ts'
import { type SignedIn, signIn } from './signed-in.ts'

let person: SignedIn
let served: Served
let folder: string

beforeAll(async () => {
  person = await signIn()
  folder = mkdtempSync(join(tmpdir(), 'mayfly-outsiders-'))
  // Everybody may look into the folder: the file itself has to be closed.
  chmodSync(folder, 0o755)
  served = await startServing(['dev', 'prod', '--write-env', join(folder, '{client}.env')], { env: person.home.env() })
})
afterAll(async () => {
  await served?.stop()
  await person?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

const dev = (): Served['clients'][number] => {
  const client = served.clients.find(({ name }) => name === 'dev')
  if (!client) throw new Error('nobody is served')
  return client
}
const right = (): Record<string, string> => ({ authorization: dev().token })
const countGrants = (by = served): number => by.said().match(/ {2}200 {2}/g)?.length ?? 0

/** Nothing of what a client gets. */
function expectNothing(body: string): void {
  expect(body).not.toMatch(/AccessKeyId|SecretAccessKey|ASIA|"Token"/)
}

test('the right token at the right address has credentials', async () => {
  const { status, body, headers } = await ask(dev().url, right())
  expect(status).toBe(200)
  expect(Object.keys(JSON.parse(body))).toEqual(['AccessKeyId', 'SecretAccessKey', 'Token', 'Expiration'])
  expect(headers['cache-control']).toBe('no-store')
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('without the token, with that of another client, or with anything that a page can send there is nothing', async () => {
  const { host, port } = new URL(dev().url)
  const prod = served.clients.find(({ name }) => name === 'prod')
  const cases: readonly [string, number, Record<string, string>, string?][] = [
    ['no token', 401, {}],
    ['an empty token', 401, { authorization: '' }],
    ['another token', 401, { authorization: 'A'.repeat(43) }],
    ['the token of another client', 401, { authorization: prod?.token ?? '' }],
    ['the token as a bearer', 401, { authorization: `Bearer ${dev().token}` }],
    ['a beginning of the token', 401, { authorization: dev().token.slice(0, -1) }],
    ['another name for here', 403, { ...right(), host: `localhost:${port}` }],
    ['a foreign name', 403, { ...right(), host: `evil.example:${port}` }],
    ['the name without its port', 403, { ...right(), host: '127.0.0.1' }],
    ['an origin', 403, { ...right(), origin: `http://${host}` }],
    ['a null origin', 403, { ...right(), origin: 'null' }],
    ['a page that navigates', 403, { ...right(), 'sec-fetch-mode': 'navigate' }],
    ['a page that fetches', 403, { ...right(), 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' }],
    ['a page behind a link', 403, { ...right(), referer: 'http://evil.example/' }],
    ['a WebSocket', 403, { ...right(), connection: 'upgrade', upgrade: 'websocket' }],
    ['HEAD', 405, right(), 'HEAD'],
    ['POST', 405, right(), 'POST'],
    ['OPTIONS', 405, { ...right(), origin: 'http://evil.example' }, 'OPTIONS'],
  ]
  const before = countGrants()
  for (const [name, status, headers, method] of cases) {
    const answer = await ask(dev().url, headers, method)
    expect(answer.status, name).toBe(status)
    expectNothing(answer.body)
    expect(answer.headers['location'], name).toBeUndefined()
  }
  for (const path of [
    '/',
    '/credentials',
    '/credentials/dev/',
    '/credentials/dev?x',
    '/credentials/nobody',
    '//credentials/dev',
  ])
    expect((await ask(`${served.url}${path}`, right())).status, path).toBe(401)
  expect(countGrants()).toBe(before)
})

test('a request that names two hosts, or carries two tokens, is refused as a whole', async () => {
  const { host, hostname, port, pathname } = new URL(dev().url)
  const send = (lines: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      let heard = ''
      connect(Number(port), hostname, function (this: Socket) {
        this.write([`GET ${pathname} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
      })
        .on('data', (chunk) => {
          heard += chunk
        })
        .on('end', () => resolve(heard))
        .on('error', reject)
    })
  const own = [`Host: ${host}`, `Authorization: ${dev().token}`]
  expect(await send(own)).toMatch(/^HTTP\/1.1 200 /)
  expect(await send([...own, 'Host: evil.example'])).toMatch(/^HTTP\/1.1 40[03] /)
  expect(await send([...own, `Authorization: ${'A'.repeat(43)}`])).toMatch(/^HTTP\/1.1 401 /)
  expect(await send([`Authorization: ${dev().token}`])).toMatch(/^HTTP\/1.1 40[03] /)
  expect(await send([...own, `X-Long: ${'x'.repeat(20_000)}`])).toMatch(/^HTTP\/1.1 431 /)
})

test('no token is in what serve says of its clients, nor on its command line', async () => {
  await ask(dev().url, right())
  const commandLine = await runProgram('/bin/ps', ['-eo', 'args'], { env: {} })
  for (const { token } of served.clients) {
    expect(served.said()).not.toContain(token)
    expect(commandLine.stdout).not.toContain(token)
  }
})

test('who connects and stays silent, hundreds at once, keeps no client out', async () => {
  const port = Number(new URL(served.url).port)
  const silent = Array.from({ length: 400 }, () =>
    connect(port, '127.0.0.1')
      .on('error', () => undefined)
      .resume(),
  )
  await new Promise((resolve) => setTimeout(resolve, 500))
  for (const socket of silent.slice(0, 50)) socket.write('GET /credentials/dev HTTP/1.1\r\nHost: 127')
  const asked = performance.now()
  expect((await ask(dev().url, right())).status).toBe(200)
  expect(performance.now() - asked).toBeLessThan(1000)
  const closed = silent.map((socket) =>
    socket.closed ? true : new Promise((done) => socket.once('close', () => done(true))),
  )
  // What neither asks nor goes is closed after five seconds.
  await Promise.all(closed)
}, 20_000)

test("another user of this computer reads neither the client's file nor the process, and gets nothing", async (context) => {
  context.skip(process.getuid?.() !== 0, 'only root can become another user')
  const path = join(folder, 'dev.env')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const asNobody = (words: readonly string[]) =>
    runProgram('/usr/bin/setpriv', ['--reuid', '65534', '--regid', '65534', '--clear-groups', ...words], { env: {} })
  const look = await asNobody(['/bin/cat', path, `/proc/${served.pid}/environ`])
  expect(look.status).toBe(1)
  expect(look.stdout).toBe('')
  const get = (headers: string): string =>
    `import urllib.request as u, urllib.error as e\ntry: print(u.urlopen(u.Request("${dev().url}", headers=${headers})).status)\nexcept e.HTTPError as x: print(x.code)`
  const python = (headers: string) => asNobody(['/usr/bin/python3', '-c', get(headers)])
  expect((await python('{}')).stdout).toBe('401\n')
  // The opposite, so that it is the token and not the user that was refused.
  expect((await python(`{"Authorization": "${dev().token}"}`)).stdout).toBe('200\n')
})

/** What a page tries. Each attempt answers with what it could read. */
const ATTEMPTS = `async ({ url, token }) => {
  const read = async (response) => response.type + ' ' + response.status + ' ' + (await response.text().catch(String))
  const attempt = (name, task) => Promise.race([
    task().then((seen) => name + ': ' + seen, (error) => name + ': ' + error),
    new Promise((done) => setTimeout(() => done(name + ': no answer'), 3000)),
  ])
  const element = (tag, name) => new Promise((done) => {
    const made = document.createElement(tag)
    made.onload = () => done('loaded'); made.onerror = () => done('error')
    made[name] = url
    document.body.append(made)
  })
  return Promise.all([
    attempt('fetch', () => fetch(url).then(read)),
    attempt('fetch with the right token', () => fetch(url, { headers: { Authorization: token } }).then(read)),
    attempt('no-cors', () => fetch(url, { mode: 'no-cors', credentials: 'include' }).then(read)),
    attempt('no-cors with the right token', () => fetch(url, { mode: 'no-cors', headers: { Authorization: token } }).then(read)),
    attempt('simple post', () => fetch(url, { method: 'POST', mode: 'no-cors', body: 'x=1' }).then(read)),
    attempt('image', () => element('img', 'src')),
    attempt('script', () => element('script', 'src')),
    attempt('WebSocket', () => new Promise((done) => {
      const socket = new WebSocket(url.replace('http', 'ws'))
      socket.onopen = () => done('open'); socket.onerror = () => done('error')
    })),
    attempt('EventSource', () => new Promise((done) => {
      const source = new EventSource(url)
      source.onopen = () => done('open'); source.onerror = () => done('error')
    })),
    attempt('form', () => new Promise((done) => {
      const frame = document.createElement('iframe')
      frame.name = 'target'; document.body.append(frame)
      const form = document.createElement('form')
      form.method = 'post'; form.action = url; form.target = 'target'; document.body.append(form)
      frame.onload = () => { try { done('form saw ' + frame.contentDocument.body.innerText) } catch (error) { done(String(error)) } }
      form.submit()
    })),
  ])
}`

/** A page of somebody else, under a name that leads to this computer. */
async function startAttacker(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><body>a page</body>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, server }
}

function launch(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      // The browser's own protection of local networks is put aside: the endpoint has to hold alone.
      '--disable-features=BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights,LocalNetworkAccessChecks',
      '--host-resolver-rules=MAP evil.example 127.0.0.1',
    ],
  })
}

test('a web page gets nothing: from its own address, under a name that leads here, or by any element', async (context) => {
  context.skip(chromiumPath === undefined, 'there is no Chromium here')
  // Its own, because what is refused is told ten times a minute and no more.
  const watched = await startServing(['dev'], { env: person.home.env() })
  context.onTestFinished(async () => void (await watched.stop()))
  const [client] = watched.clients
  if (!client) throw new Error('nobody is served')
  const { port, pathname: path } = new URL(client.url)
  const attacker = await startAttacker()
  const browser = await launch()
  try {
    const page = await browser.newPage()
    const attack = async (from: string, url: string): Promise<readonly string[]> => {
      await page.goto(from)
      return page.evaluate(`(${ATTEMPTS})(${JSON.stringify({ url, token: client.token })})`) as Promise<string[]>
    }
    const foreign = `http://evil.example:${attacker.port}/`
    const seen = [
      // Another origin.
      ...(await attack(foreign, client.url)),
      // DNS rebinding: the page's own name and port lead to the endpoint, so nothing is across origins.
      ...(await attack(`http://evil.example:${port}${path}`, `http://evil.example:${port}${path}`)),
      // The same origin by its true name, as after a navigation.
      ...(await attack(client.url, client.url)),
    ]
    expect(seen).toHaveLength(30)
    for (const what of seen) {
      expectNothing(what)
      expect(what).not.toMatch(/ 200 |open$/)
    }
    const rebound = seen.slice(10, 20).find((what) => what.startsWith('fetch with the right token'))
    expect(rebound).toContain('ForeignHost')
    const itself = seen.slice(20).find((what) => what.startsWith('fetch with the right token'))
    expect(itself).toContain('BrowserRefused')
  } finally {
    await browser.close()
    attacker.server.close()
  }
  // They did arrive, and none was granted; a program with the same token is.
  expect(watched.said()).toContain('Web pages get no credentials here.')
  expect(countGrants(watched)).toBe(0)
  expect((await ask(client.url, { authorization: client.token })).status).toBe(200)
})

test('a serve that is killed leaves no port behind, and one that is asked to stop no file either', async () => {
  const env = person.home.env()
  const path = join(folder, 'short.env')
  const first = await startServing(['dev', '--write-env', path], { env })
  expect(statSync(path).isFile()).toBe(true)
  expect(await first.stop('SIGTERM')).toBe(0)
  expect(() => statSync(path)).toThrow()
  await expect(ask(first.clients[0]?.url ?? '', {})).rejects.toThrow('ECONNREFUSED')
  const second = await startServing(['dev', '--write-env', path], { env })
  expect(await second.stop('SIGINT')).toBe(130)
  expect(() => statSync(path)).toThrow()
})
