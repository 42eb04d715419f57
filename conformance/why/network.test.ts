/** What lies between this computer and the portal: clock, proxies, certificates, names, and what answers in its place. */

import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bob } from '../harness/example.ts'
import { freePort } from '../harness/free-port.ts'
import { MAYFLY } from '../harness/mayfly.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { type Certificate, makeCertificate } from '../refusals/certificate.ts'
import { ConnectProxy } from '../refusals/connect-proxy.ts'
import { AnsweringProxy, type OwnAnswer } from './answering-proxy.ts'
import { type Answer, faultsOf, Patient, toldOf } from './patient.ts'

const FAKETIME = '/usr/bin/faketime'
const NAME = 'sign-in.example.test'

let certificate: Certificate
let server: ServerProcess
let plain: ServerProcess
let proxy: ConnectProxy
let patient: Patient
beforeAll(async () => {
  certificate = makeCertificate(['localhost', NAME])
  const port = await freePort()
  plain = await ServerProcess.start()
  server = await ServerProcess.start({
    port,
    publicUrl: `https://localhost:${port}`,
    args: ['--example', '--tls-cert', certificate.certificateFile, '--tls-key', certificate.keyFile],
  })
  proxy = await ConnectProxy.start(() => port)
})
afterAll(async () => {
  await proxy?.stop()
  await plain?.stop()
  await server?.stop()
  certificate?.remove()
})
beforeEach(() => {
  patient = new Patient(plain.startUrl)
})
afterEach(() => patient.remove())

describe.skipIf(!existsSync(FAKETIME))('the clock', () => {
  const askAt = async (shift: string): Promise<Answer> => {
    // The clock that measures lengths of time goes on as it does.
    const env = patient.home.env({ FAKETIME_DONT_FAKE_MONOTONIC: '1' })
    const words = ['-f', shift, process.execPath, MAYFLY, 'why', 'dev', '--json']
    const { stdout, stderr } = await runProgram(FAKETIME, words, { env })
    expect(stderr).toBe('')
    return JSON.parse(stdout) as Answer
  }

  test.each([
    ['+10m', '10 min fast'],
    ['-10m', '10 min slow'],
    ['+3d', '3 days fast'],
  ])('clock-skew: %s, with the amount, before all that follows from it', async (shift, amount) => {
    await patient.signIn()
    const answer = await askAt(shift)
    expect(answer.causes[0]).toMatchObject({ cause: 'clock-skew', severity: 'fault' })
    expect(toldOf(answer, 'clock-skew')).toContain(amount)
    expect(toldOf(answer, 'clock-skew')).toMatch(/It says \d{4}-.*Z, the server \d{4}-/)
  })

  test('clock-skew: a certificate that looks expired is not the cause', async () => {
    patient.edit(
      [plain.startUrl, server.startUrl],
      ['region = us-east-1', `region = us-east-1\nca_bundle = ${certificate.caFile}`],
    )
    const answer = await askAt('+10d')
    expect(faultsOf(answer).slice(0, 2)).toEqual(['clock-skew', 'certificate-expired'])
    expect(toldOf(answer, 'clock-skew')).toContain('10 days fast')
  })

  test('two minutes are no fault', async () => {
    await patient.signIn()
    expect(await askAt('+2m')).toMatchObject({ verdict: 'healthy', causes: [] })
  })
})

describe('the proxy', () => {
  // A name that only a proxy knows: what is on this computer is never asked through one.
  beforeEach(() => patient.edit([plain.startUrl, `https://${NAME}:${server.port}/start`]))

  test('proxy-unreachable: which variable names it, without its password', async () => {
    const dead = `http://user:hush@127.0.0.1:${await freePort()}`
    const answer = await patient.ask(['dev'], { env: { HTTPS_PROXY: dead } })
    expect(faultsOf(answer)).toEqual(['proxy-unreachable', 'signed-out'])
    expect(toldOf(answer, 'proxy-unreachable')).toContain('HTTPS_PROXY=http://127.0.0.1:')
    expect(toldOf(answer, 'proxy-unreachable')).toContain('ECONNREFUSED')
    expect(JSON.stringify(answer)).not.toContain('hush')
  })

  test('proxy-unreachable: a proxy of a kind that nobody here speaks', async () => {
    const answer = await patient.ask(['dev'], { env: { HTTPS_PROXY: 'socks5://127.0.0.1:1' } })
    expect(faultsOf(answer)).toContain('proxy-unreachable')
  })

  test('proxy-refused: it wants to know who asks', async () => {
    const strict = createServer()
    strict.on('connect', (_, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'))
    await new Promise<void>((resolve) => strict.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(strict.address() as AddressInfo).port}`
    const answer = await patient.ask(['dev'], { env: { HTTPS_PROXY: address } })
    strict.close()
    expect(faultsOf(answer)).toEqual(['proxy-refused', 'signed-out'])
    expect(toldOf(answer, 'proxy-refused')).toContain('It answered 407. It wants a user and a password.')
  })

  test('certificate-untrusted: a proxy that looks into the traffic is named, and who signed', async () => {
    const answer = await patient.ask(['dev'], { env: { HTTPS_PROXY: proxy.url } })
    expect(faultsOf(answer)).toEqual(['certificate-untrusted', 'signed-out'])
    expect(toldOf(answer, 'certificate-untrusted')).toContain('Issued for sso.acme.example by Acme CA')
    expect(toldOf(answer, 'certificate-untrusted')).toContain(`Through the proxy ${new URL(proxy.url).host}`)
    expect(toldOf(answer, 'certificate-untrusted')).toContain('AWS_CA_BUNDLE')
  })

  test('certificate-other-name: whose it is', async () => {
    patient.edit([NAME, 'elsewhere.example.test'])
    const answer = await patient.ask(['dev'], { env: { HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: certificate.caFile } })
    expect(faultsOf(answer)).toEqual(['certificate-other-name', 'signed-out'])
    expect(toldOf(answer, 'certificate-other-name')).toContain(`DNS:${NAME}`)
  })
})

describe('certificates', () => {
  beforeEach(() => patient.edit([plain.startUrl, server.startUrl]))

  test('certificate-untrusted: an authority of its own that nobody named', async () => {
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['certificate-untrusted', 'signed-out'])
    expect(toldOf(answer, 'certificate-untrusted')).toContain('by Acme CA')
  })

  test('with the authority named, all is well', async () => {
    const env = { AWS_CA_BUNDLE: certificate.caFile }
    await patient.signIn({ env, browser: { ...bob, ca: certificate.caFile } })
    expect(await patient.ask(['dev'], { env })).toMatchObject({ verdict: 'healthy', causes: [] })
  })

  test('ca-bundle-missing: who names the file', async () => {
    const answer = await patient.ask(['dev'], { env: { AWS_CA_BUNDLE: '/nowhere.pem' } })
    expect(faultsOf(answer)).toEqual(['ca-bundle-missing', 'signed-out'])
    expect(toldOf(answer, 'ca-bundle-missing')).toContain('AWS_CA_BUNDLE=/nowhere.pem in the environment')
  })
})

describe('the host', () => {
  test('host-unknown: no name server knows it', async () => {
    patient.edit([plain.startUrl, 'https://sign-in.invalid/start'])
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['host-unknown', 'signed-out'])
    expect(toldOf(answer, 'host-unknown')).toContain('sign-in.invalid')
  })

  test('wrong-region: one that AWS does not have is why no name server knows the host', async () => {
    patient.edit(
      [plain.startUrl, 'https://mayfly-example.awsapps.com/start'],
      ['sso_region = us-east-1', 'sso_region = us-est-1'],
    )
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['wrong-region', 'host-unknown', 'signed-out'])
    expect(answer.causes[0]?.next).toBe('Write sso_region = us-east-1 into ~/.aws/config:8')
  })

  test('unreachable: nobody listens', async () => {
    patient.edit([plain.startUrl, `http://127.0.0.1:${await freePort()}/start`])
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['unreachable', 'signed-out'])
    expect(toldOf(answer, 'unreachable')).toContain('ECONNREFUSED')
  })

  test('unreachable: somebody listens and says nothing, and the answer comes in time all the same', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    patient.edit([plain.startUrl, `http://127.0.0.1:${(silent.address() as AddressInfo).port}/start`])
    expect(await patient.faults()).toEqual(['unreachable', 'signed-out'])
    silent.closeAllConnections()
    silent.close()
  }, 45_000)

  test('no-identity-center: a web server, and a path too much', async () => {
    patient.edit([plain.startUrl, `${plain.origin}/elsewhere`])
    expect(await patient.faults()).toEqual(['no-identity-center', 'signed-out'])
  })
})

describe('the service', () => {
  let between: AnsweringProxy
  beforeEach(async () => {
    between = await AnsweringProxy.start(plain.port)
    await patient.signIn()
  })
  afterEach(() => between.stop())

  /** The portal answers so to role credentials; its endpoint is configured, as a test bench is. */
  const faultsWhen = async (path: string, own: OwnAnswer): Promise<Answer> => {
    between.answer = (asked) => (asked === path ? own : undefined)
    return patient.ask(['dev'], { env: { AWS_ENDPOINT_URL_SSO: `http://127.0.0.1:${between.port}` } })
  }
  const exception = (status: number, name: string): OwnAnswer => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
    body: JSON.stringify({ message: 'HTTP 429 Unknown Code\u001b[2J' }),
  })

  test.each(['/assignment/accounts', '/federation/credentials'])('throttled: 429 from %s', async (path) => {
    const answer = await faultsWhen(path, exception(429, 'TooManyRequestsException'))
    expect(faultsOf(answer)).toEqual(['throttled'])
    expect(answer.causes[0]?.next).toBe('Try again in a minute.')
    const run = await patient.run(['why', 'dev'], { env: { AWS_ENDPOINT_URL_SSO: `http://127.0.0.1:${between.port}` } })
    expect(run.stdout).not.toContain('\u001b')
  })

  test('service-failing: 503 from the portal, or a proxy before it', async () => {
    const answer = await faultsWhen('/federation/credentials', { status: 503, body: '<html>sorry</html>' })
    expect(faultsOf(answer)).toEqual(['service-failing'])
  })

  test('service-refused: the server does not answer for the name in the start URL', async () => {
    between.keepsHost = true
    patient.edit([plain.startUrl, `http://127.0.0.1:${between.port}/start`])
    const answer = await patient.ask(['dev', '--profile', 'dev'])
    expect(faultsOf(answer)).toContain('service-refused')
    expect(toldOf(answer, 'service-refused')).toContain('This server does not answer for that name')
  })

  test('service-refused: in its own words', async () => {
    const answer = await faultsWhen('/federation/credentials', exception(400, 'InvalidRequestException'))
    expect(faultsOf(answer)).toEqual(['service-refused'])
    expect(toldOf(answer, 'service-refused')).toContain('InvalidRequestException')
  })
})
