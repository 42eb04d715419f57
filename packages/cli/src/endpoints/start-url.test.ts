import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../machine/http.ts'
import { createTestMachine, jsonAnswer } from '../testing/test-machine.ts'
import {
  findServiceStartUrl,
  findStartUrlRegion,
  isValidStartUrl,
  normalizeStartUrl,
  resolveInRegion,
  resolveStartUrl,
} from './start-url.ts'

const redirect = (location: string, status = 302): HttpResponse => ({ status, headers: { location }, body: '' })
const status = (code: number): HttpResponse => ({ status: code, headers: {}, body: '' })

/** A web server that is no Identity Center, and answers the start URL with `answer`. */
const webServer = (answer: HttpResponse) => (request: HttpRequest) =>
  request.url.endsWith('/assignment/accounts') ? status(404) : answer

const VANITY = 'https://sso.corp.example/start'

async function resolve(startUrl: string, answer: (request: HttpRequest) => HttpResponse) {
  const machine = createTestMachine({ answer })
  return { resolved: await resolveStartUrl(machine, startUrl, {}), machine }
}

test.each([
  'https://d-9067aaaaaa.awsapps.com/start',
  'https://ssoins-1234.portal.us-east-1.app.aws',
  'https://identitycenter.amazonaws.com/ssoins-1234',
  'https://start.home.awsapps.cn/directory/x',
])('%s is AWS’s own: nothing is asked, and it stays as it is', async (startUrl) => {
  const { resolved, machine } = await resolve(startUrl, () => status(500))
  // Without a region: the configured one counts.
  expect(resolved).toEqual({ owner: 'aws', startUrl })
  expect(machine.requests).toEqual([])
})

test('a start URL on this computer is its own Identity Center, also over plain http', async () => {
  for (const startUrl of ['http://127.0.0.1:7373/start', 'http://localhost:7373/start', 'http://[::1]:7373/start']) {
    const { resolved, machine } = await resolve(startUrl, () => status(500))
    expect(resolved).toEqual({ owner: 'self', startUrl })
    expect(machine.requests).toEqual([])
  }
})

test('plain http over the network is refused', async () => {
  await expect(resolve('http://sso.corp.example/start', () => status(200))).rejects.toMatchObject({
    name: 'ConfigurationRefusal',
    message: 'The sso_start_url must use the https scheme.',
  })
})

test('a host that answers as a portal is its own Identity Center, wherever its HEAD may lead', async () => {
  const answer = (request: HttpRequest) =>
    request.url === 'https://sso.corp.example/assignment/accounts'
      ? jsonAnswer(401, { message: 'no' }, 'UnauthorizedException')
      : redirect('https://ssoins-1234.portal.eu-west-1.app.aws/')
  const { resolved } = await resolve(VANITY, answer)
  expect(resolved).toEqual({ owner: 'self', startUrl: VANITY })
  const machine = createTestMachine({ answer })
  await expect(resolveInRegion(machine, VANITY, {})).resolves.toEqual({
    owner: 'self',
    startUrl: VANITY,
    region: 'eu-west-1',
  })
})

test('a vanity URL leads to AWS, in the region that the target names, which is told without slash and query', async () => {
  const { resolved, machine } = await resolve(
    VANITY,
    webServer(redirect('https://ssoins-1234.portal.eu-west-1.app.aws:443/?x=1#y')),
  )
  expect(resolved).toEqual({
    owner: 'aws',
    startUrl: 'https://ssoins-1234.portal.eu-west-1.app.aws',
    region: 'eu-west-1',
  })
  expect(machine.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET https://sso.corp.example/assignment/accounts',
    'HEAD https://sso.corp.example/start',
  ])
})

test('what a vanity URL leads to is remembered, so that a token never goes to the host that redirects', async () => {
  const answer = webServer(redirect('https://d-1.awsapps.com/start'))
  const machine = createTestMachine({ answer })
  await expect(findServiceStartUrl(machine, VANITY, {})).resolves.toBe('https://d-1.awsapps.com/start')
  const asked = machine.requests.length
  await expect(findServiceStartUrl(machine, VANITY, {})).resolves.toBe('https://d-1.awsapps.com/start')
  expect(machine.requests).toHaveLength(asked)
  const offline = createTestMachine()
  await expect(findServiceStartUrl(offline, VANITY, {})).rejects.toMatchObject({ name: 'ConfigurationRefusal' })
})

test('where HEAD is not allowed, GET is asked', async () => {
  const { resolved, machine } = await resolve(VANITY, (request) =>
    request.method === 'HEAD' ? status(405) : webServer(redirect('https://d-1.awsapps.com/start'))(request),
  )
  expect(resolved.startUrl).toBe('https://d-1.awsapps.com/start')
  expect(machine.requests.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'GET'])
})

test.each([
  ['is not found', status(404), 'Failed to resolve start URL: HTTP 404'],
  ['leads nowhere', status(302), 'Redirect response missing Location header.'],
  [
    'leads to plain http',
    redirect('http://d-1.awsapps.com/start'),
    "Resolved URL must use https. Got: 'http://d-1.awsapps.com/start'",
  ],
  [
    'leads to another host',
    redirect('/other', 307),
    "Could not resolve start URL 'https://sso.corp.example/start' to an AWS-owned endpoint. Final URL: 'https://sso.corp.example/other'",
  ],
  [
    'is a plain page',
    status(200),
    "Could not resolve start URL 'https://sso.corp.example/start' to an AWS-owned endpoint. Final URL: 'https://sso.corp.example/start'",
  ],
  [
    'leads to a host that only looks like AWS’s',
    redirect('https://evilawsapps.com/start'),
    "Could not resolve start URL 'https://sso.corp.example/start' to an AWS-owned endpoint. Final URL: 'https://evilawsapps.com/start'",
  ],
])('a start URL that %s is refused in the AWS CLI’s words', async (_, answer, message) => {
  await expect(resolve(VANITY, webServer(answer))).rejects.toMatchObject({ name: 'ConfigurationRefusal', message })
})

test.each([
  ['https://x.portal.us-east-1.app.aws/start', 'us-east-1'],
  ['https://x.us-west-2.portal.amazonaws.com/start', 'us-west-2'],
  ['https://x.cn-north-1.portal.amazonaws.com.cn/start', 'cn-north-1'],
  ['https://x.portal.cn-north-1.app.amazonwebservices.com.cn', 'cn-north-1'],
  ['https://x.eusc-de-east-1.portal.amazonaws.eu', 'eusc-de-east-1'],
  ['https://x.portal.eusc-de-east-1.api.amazonwebservices.eu', 'eusc-de-east-1'],
  ['https://d-9067aaaaaa.awsapps.com/start', undefined],
])('%s names the region %s', (startUrl, region) => {
  expect(findStartUrlRegion(startUrl)).toBe(region)
})

test('a start URL is told without default port, slashes at its end, query and fragment', () => {
  expect(normalizeStartUrl('https://D-1.awsapps.com:443/start//?a=1#/')).toBe('https://d-1.awsapps.com/start')
})

test('the prompt takes host names, and plain http on this computer alone', () => {
  const taken = [
    'https://d-1.awsapps.com/start',
    'https://a.example.',
    'http://127.0.0.1:18080/start',
    'https://a_b'.replace('_', '-'),
  ]
  const refused = [
    '',
    'corp',
    'https://',
    'https://-a.example/',
    'https://a..b/',
    `https://${'a'.repeat(64)}.example/`,
    'http://sso.corp.example/',
    'https://a.example/\tb',
  ]
  expect(taken.filter((url) => !isValidStartUrl(url))).toEqual([])
  expect(refused.filter(isValidStartUrl)).toEqual([])
})
