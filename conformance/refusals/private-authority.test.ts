/** https under a company's own authority, straight and through its proxy, with the real server and the real `mayfly`. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { bob, DEVELOPMENT } from '../harness/example.ts'
import { freePort } from '../harness/free-port.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { alter, momentIn } from '../harness/operator.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { type Certificate, makeCertificate } from './certificate.ts'
import { ConnectProxy } from './connect-proxy.ts'
import { ask } from './wire-client.ts'
import { WirePerson } from './wire-person.ts'

let certificate: Certificate
let server: ServerProcess
let proxy: ConnectProxy
let home: Home

beforeAll(async () => {
  certificate = makeCertificate(['localhost', 'sign-in.example.test'])
  const port = await freePort()
  proxy = await ConnectProxy.start(() => port)
  server = await ServerProcess.start({
    port,
    publicUrl: `https://localhost:${port}`,
    args: ['--example', '--tls-cert', certificate.certificateFile, '--tls-key', certificate.keyFile],
  })
})
afterAll(async () => {
  await proxy?.stop()
  await server?.stop()
  certificate?.remove()
})
beforeEach(() => {
  home = new Home()
  proxy.asked.length = 0
  configure()
})
afterEach(() => home.remove())

const configure = (startUrl = server.startUrl): void =>
  home.writeConfig(startUrl, [{ name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' }])

const mayfly = (line: string, env: Readonly<Record<string, string>> = {}, timeout = 30_000) =>
  runMayfly(home, line.split(' '), { env, browser: { ...bob, ca: certificate.caFile }, timeout })

async function expectJourney(env: Readonly<Record<string, string>>): Promise<void> {
  const login = await mayfly('login --profile dev', env)
  expect(login.status, login.stderr).toBe(0)
  const who = await mayfly('whoami --profile dev', env)
  expect(who.status, who.stderr).toBe(0)
  expect(who.stdout).toContain(`${DEVELOPMENT}`)
  const logout = await mayfly('logout', env)
  expect(logout.status, logout.stderr).toBe(0)
}

test('AWS_CA_BUNDLE names the authority, for the whole day', () => expectJourney({ AWS_CA_BUNDLE: certificate.caFile }))

test('ca_bundle of the profile names the authority', async () => {
  const config = home.read('.aws/config') ?? ''
  home.write('.aws/config', config.replace('[profile dev]', `[profile dev]\nca_bundle = ${certificate.caFile}`))
  const login = await mayfly('login --profile dev')
  expect(login.status, login.stderr).toBe(0)
  const who = await mayfly('whoami --profile dev')
  expect(who.status, who.stderr).toBe(0)
})

test('an authority that nobody named is not trusted, and mayfly says where to name it', async () => {
  const run = await mayfly('login --profile dev')
  expect(run.status).toBe(255)
  expect(run.stderr).toMatch(/SSL validation failed for https:\/\/localhost:\d+\/client\/register/)
  expect(run.stderr).toContain('name them in AWS_CA_BUNDLE, or in ca_bundle of the profile.')
  expect(home.opened()).toEqual([])
})

test('a bundle that is not there is refused with where it was named', async () => {
  const run = await mayfly('login --profile dev', { AWS_CA_BUNDLE: '/nowhere.pem' })
  expect(run.status).toBe(255)
  expect(run.stderr).toContain('Could not find a suitable TLS CA certificate bundle, invalid path: /nowhere.pem')
  expect(run.stderr).toContain('Look at AWS_CA_BUNDLE')
})

test('cookies of an https server are Secure, with the prefix that keeps others from setting them', async () => {
  const person = await WirePerson.start(server.origin, certificate.ca)
  try {
    await person.signIn(bob)
    const names = [...person.browser.cookies(server.origin).keys()]
    expect(names).toContain('__Host-mayfly-session')
    expect(names.filter((name) => !name.startsWith('__Host-'))).toEqual([])
  } finally {
    person.stop()
  }
})

test('the probe of newer AWS CLIs is answered over TLS too', async () => {
  const answer = await ask(server.startUrl, { method: 'HEAD', ca: certificate.ca })
  expect(answer.headers['location']).toBe('https://ssoins-7223b1e5f2a94c60.portal.us-east-1.app.aws/')
})

test('another computer is asked through HTTPS_PROXY, unless NO_PROXY names it', async () => {
  const startUrl = `https://sign-in.example.test:${server.port}/start`
  // Not the example organization, which answers to loopback names alone: nobody is there to allow the code.
  const other = await ServerProcess.start({
    publicUrl: `https://sign-in.example.test:${server.port}`,
    args: ['--tls-cert', certificate.certificateFile, '--tls-key', certificate.keyFile],
  })
  const office = await ConnectProxy.start(() => other.port)
  try {
    configure(startUrl)
    const env = { AWS_CA_BUNDLE: certificate.caFile, HTTPS_PROXY: office.url }
    const login = mayfly('login --profile dev --use-device-code', env)
    await expect.poll(() => home.opened()[0], { timeout: 15_000 }).toContain('https://sign-in.example.test:')
    const expire = "update device_authorizations set expires_at = ? where state = 'pending'"
    expect(alter(other, expire, momentIn(-1))).toBe(1)
    const run = await login
    expect(run.status).toBe(255)
    expect(run.stderr).toContain('The pending authorization to retrieve an SSO token has expired.')
    expect(new Set(office.asked)).toEqual(new Set([`sign-in.example.test:${server.port}`]))
    const asked = office.asked.length
    // No name server knows the name, and some take their time to say so: only that the proxy is left out counts.
    const direct = await mayfly('login --profile dev', { ...env, NO_PROXY: '.example.test' }, 5000)
    expect(direct.status).not.toBe(0)
    expect(office.asked).toHaveLength(asked)
  } finally {
    await office.stop()
    await other.stop()
  }
})

test('this computer is never asked through HTTPS_PROXY', async () => {
  await expectJourney({ AWS_CA_BUNDLE: certificate.caFile, HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost' })
  expect(proxy.asked).toEqual([])
})
