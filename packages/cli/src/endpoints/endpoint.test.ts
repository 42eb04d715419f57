import { expect, test } from 'vitest'
import { awsEndpoint, type EndpointQuestion, resolveEndpoint } from './endpoint.ts'
import { findOwnEndpoint, isAwsOwnedHost } from './start-url-host.ts'

const usual = { fips: false, dualStack: false }

const resolve = (question: Partial<EndpointQuestion>): string =>
  resolveEndpoint({
    service: 'sso',
    region: 'us-east-1',
    env: {},
    config: { services: new Map() },
    profile: undefined,
    ...question,
  })

test('hosts follow the partition of the region', () => {
  expect(awsEndpoint('sso-oidc', 'eu-central-1', usual)).toBe('https://oidc.eu-central-1.amazonaws.com')
  expect(awsEndpoint('sso', 'eu-central-1', usual)).toBe('https://portal.sso.eu-central-1.amazonaws.com')
  expect(awsEndpoint('sts', 'eu-central-1', usual)).toBe('https://sts.eu-central-1.amazonaws.com')
  expect(awsEndpoint('sso-oidc', 'cn-north-1', usual)).toBe('https://oidc.cn-north-1.amazonaws.com.cn')
  expect(awsEndpoint('sso', 'us-gov-west-1', usual)).toBe('https://portal.sso.us-gov-west-1.amazonaws.com')
  expect(awsEndpoint('sts', 'eusc-de-east-1', usual)).toBe('https://sts.eusc-de-east-1.amazonaws.eu')
  expect(awsEndpoint('sso-oidc', 'xx-new-1', usual)).toBe('https://oidc.xx-new-1.amazonaws.com')
})

test('FIPS and dual-stack have hosts of their own; in GovCloud the usual ones are FIPS', () => {
  const fips = { fips: true, dualStack: false }
  const dualStack = { fips: false, dualStack: true }
  expect(awsEndpoint('sso-oidc', 'us-east-1', fips)).toBe('https://oidc-fips.us-east-1.amazonaws.com')
  expect(awsEndpoint('sso', 'us-east-1', fips)).toBe('https://portal.sso-fips.us-east-1.amazonaws.com')
  expect(awsEndpoint('sts', 'us-gov-east-1', fips)).toBe('https://sts.us-gov-east-1.amazonaws.com')
  expect(awsEndpoint('sso', 'cn-north-1', dualStack)).toBe('https://portal.sso.cn-north-1.api.amazonwebservices.com.cn')
  expect(awsEndpoint('sts', 'eusc-de-east-1', dualStack)).toBe('https://sts.eusc-de-east-1.api.amazonwebservices.eu')
  expect(awsEndpoint('sts', 'us-east-1', { fips: true, dualStack: true })).toBe('https://sts-fips.us-east-1.api.aws')
})

test('FIPS and dual-stack are switched on by variable, profile, or a region of old', () => {
  expect(resolve({ env: { AWS_USE_FIPS_ENDPOINT: 'True' } })).toBe('https://portal.sso-fips.us-east-1.amazonaws.com')
  expect(resolve({ profile: new Map([['use_dualstack_endpoint', 'true']]) })).toBe(
    'https://portal.sso.us-east-1.api.aws',
  )
  expect(resolve({ region: 'fips-us-east-1' })).toBe('https://portal.sso-fips.us-east-1.amazonaws.com')
  const off = { env: { AWS_USE_FIPS_ENDPOINT: 'false' }, profile: new Map([['use_fips_endpoint', 'true']]) }
  expect(resolve(off)).toBe('https://portal.sso.us-east-1.amazonaws.com')
})

test('configured addresses count in the order of AWS: service, all, [services], profile', () => {
  const profile = new Map([
    ['services', 'local'],
    ['endpoint_url', 'http://127.0.0.1:4'],
  ])
  const config = {
    services: new Map([['local', new Map([['sso', new Map([['endpoint_url', 'http://127.0.0.1:3']])]])]]),
  }
  const env = { AWS_ENDPOINT_URL_SSO: 'http://127.0.0.1:1', AWS_ENDPOINT_URL: 'http://127.0.0.1:2/prefix/' }
  expect(resolve({ env, config, profile })).toBe('http://127.0.0.1:1')
  expect(resolve({ service: 'sso-oidc', env, config, profile })).toBe('http://127.0.0.1:2/prefix')
  expect(resolve({ config, profile })).toBe('http://127.0.0.1:3')
  expect(resolve({ service: 'sts', config, profile })).toBe('http://127.0.0.1:4')
  expect(resolve({ env, config, profile, endpointUrl: 'http://127.0.0.1:0' })).toBe('http://127.0.0.1:0')
})

test('a services section that is not there is refused: the request would go to AWS', () => {
  const profile = new Map([['services', 'lcoal']])
  expect(() => resolve({ profile })).toThrow(/the "lcoal" services configuration does not exist/)
  expect(resolve({ profile, env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:2' } })).toBe('http://127.0.0.1:2')
})

test('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS switches configured addresses off, not the start URL and not the option', () => {
  const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:2', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }
  expect(resolve({ env })).toBe('https://portal.sso.us-east-1.amazonaws.com')
  expect(resolve({ env, startUrl: 'https://sso.acme.example/start' })).toBe('https://sso.acme.example')
  expect(resolve({ env, endpointUrl: 'http://127.0.0.1:1' })).toBe('http://127.0.0.1:1')
})

test('FIPS or dual-stack with a configured address is refused, as AWS refuses it', () => {
  const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:2' }
  expect(() => resolve({ env: { ...env, AWS_USE_FIPS_ENDPOINT: 'true' } })).toThrow(
    'Invalid Configuration: FIPS and custom endpoint are not supported',
  )
  expect(() => resolve({ env: { ...env, AWS_USE_DUALSTACK_ENDPOINT: 'true' } })).toThrow(
    'Invalid Configuration: Dualstack and custom endpoint are not supported',
  )
})

test('an Identity Center that is not AWS answers for every service at its start URL', () => {
  expect(findOwnEndpoint('https://sso.acme.example/start')).toBe('https://sso.acme.example')
  expect(findOwnEndpoint('https://sso.acme.example:8443/start/#/')).toBe('https://sso.acme.example:8443')
  expect(findOwnEndpoint('https://acme.example/identity/start')).toBe('https://acme.example/identity')
  expect(findOwnEndpoint('http://localhost:7373/start')).toBe('http://localhost:7373')
  expect(findOwnEndpoint('http://127.0.0.1:7373/start')).toBe('http://127.0.0.1:7373')
  expect(findOwnEndpoint('http://[::1]:7373/start')).toBe('http://[::1]:7373')
  for (const service of ['sso', 'sso-oidc', 'sts'] as const) {
    expect(resolve({ service, startUrl: 'https://sso.acme.example/start' })).toBe('https://sso.acme.example')
  }
})

test("a start URL of AWS's leads to AWS", () => {
  for (const startUrl of [
    'https://d-9067aaaaaa.awsapps.com/start',
    'https://ssoins-7223.portal.us-east-1.app.aws',
    'https://start.us-gov-home.awsapps.com/directory/x',
    'https://identitycenter.amazonaws.com/ssoins-1',
  ]) {
    expect(findOwnEndpoint(startUrl)).toBeUndefined()
  }
  expect(isAwsOwnedHost('evilawsapps.com')).toBe(false)
  expect(isAwsOwnedHost('awsapps.com.evil.example')).toBe(false)
  expect(isAwsOwnedHost('D-1.AwsApps.com')).toBe(true)
})

test('tokens do not travel in the clear: http is for loopback alone', () => {
  expect(() => findOwnEndpoint('http://sso.acme.example/start')).toThrow(/must use https/)
  expect(() => findOwnEndpoint('http://127.0.0.1.evil.example/start')).toThrow(/must use https/)
  expect(() => findOwnEndpoint('http://localhost.evil.example/start')).toThrow(/must use https/)
  expect(() => findOwnEndpoint('ftp://acme.example')).toThrow(/not a web address/)
  expect(() => findOwnEndpoint('acme')).toThrow(/not a web address/)
})

test('a region that is no host name label is refused: it would name another host', () => {
  for (const region of ['evil.example/', 'us-east-1.evil.example', 'a b', '', '-x', '123', 'x@y']) {
    expect(() => resolve({ region })).toThrow("doesn't match a supported format")
  }
})

// From the rule sets of botocore 1.43.11: sso-oidc, sso and sts, without and with FIPS and dual-stack.
const HOSTS: readonly (readonly [region: string, options: string, oidc: string, portal: string, sts: string])[] = [
  [
    'us-east-1',
    'usual',
    'oidc.us-east-1.amazonaws.com',
    'portal.sso.us-east-1.amazonaws.com',
    'sts.us-east-1.amazonaws.com',
  ],
  [
    'us-east-1',
    'FIPS',
    'oidc-fips.us-east-1.amazonaws.com',
    'portal.sso-fips.us-east-1.amazonaws.com',
    'sts-fips.us-east-1.amazonaws.com',
  ],
  ['us-east-1', 'dual-stack', 'oidc.us-east-1.api.aws', 'portal.sso.us-east-1.api.aws', 'sts.us-east-1.api.aws'],
  [
    'us-east-1',
    'FIPS and dual-stack',
    'oidc-fips.us-east-1.api.aws',
    'portal.sso-fips.us-east-1.api.aws',
    'sts-fips.us-east-1.api.aws',
  ],
  [
    'cn-north-1',
    'usual',
    'oidc.cn-north-1.amazonaws.com.cn',
    'portal.sso.cn-north-1.amazonaws.com.cn',
    'sts.cn-north-1.amazonaws.com.cn',
  ],
  [
    'cn-north-1',
    'FIPS',
    'oidc-fips.cn-north-1.amazonaws.com.cn',
    'portal.sso-fips.cn-north-1.amazonaws.com.cn',
    'sts-fips.cn-north-1.amazonaws.com.cn',
  ],
  [
    'cn-north-1',
    'dual-stack',
    'oidc.cn-north-1.api.amazonwebservices.com.cn',
    'portal.sso.cn-north-1.api.amazonwebservices.com.cn',
    'sts.cn-north-1.api.amazonwebservices.com.cn',
  ],
  [
    'cn-north-1',
    'FIPS and dual-stack',
    'oidc-fips.cn-north-1.api.amazonwebservices.com.cn',
    'portal.sso-fips.cn-north-1.api.amazonwebservices.com.cn',
    'sts-fips.cn-north-1.api.amazonwebservices.com.cn',
  ],
  [
    'us-gov-west-1',
    'usual',
    'oidc.us-gov-west-1.amazonaws.com',
    'portal.sso.us-gov-west-1.amazonaws.com',
    'sts.us-gov-west-1.amazonaws.com',
  ],
  [
    'us-gov-west-1',
    'FIPS',
    'oidc.us-gov-west-1.amazonaws.com',
    'portal.sso.us-gov-west-1.amazonaws.com',
    'sts.us-gov-west-1.amazonaws.com',
  ],
  [
    'us-gov-west-1',
    'dual-stack',
    'oidc.us-gov-west-1.api.aws',
    'portal.sso.us-gov-west-1.api.aws',
    'sts.us-gov-west-1.api.aws',
  ],
  [
    'us-gov-west-1',
    'FIPS and dual-stack',
    'oidc-fips.us-gov-west-1.api.aws',
    'portal.sso-fips.us-gov-west-1.api.aws',
    'sts-fips.us-gov-west-1.api.aws',
  ],
  [
    'eusc-de-east-1',
    'usual',
    'oidc.eusc-de-east-1.amazonaws.eu',
    'portal.sso.eusc-de-east-1.amazonaws.eu',
    'sts.eusc-de-east-1.amazonaws.eu',
  ],
  [
    'eusc-de-east-1',
    'FIPS',
    'oidc-fips.eusc-de-east-1.amazonaws.eu',
    'portal.sso-fips.eusc-de-east-1.amazonaws.eu',
    'sts-fips.eusc-de-east-1.amazonaws.eu',
  ],
  [
    'eusc-de-east-1',
    'dual-stack',
    'oidc.eusc-de-east-1.api.amazonwebservices.eu',
    'portal.sso.eusc-de-east-1.api.amazonwebservices.eu',
    'sts.eusc-de-east-1.api.amazonwebservices.eu',
  ],
  [
    'eusc-de-east-1',
    'FIPS and dual-stack',
    'oidc-fips.eusc-de-east-1.api.amazonwebservices.eu',
    'portal.sso-fips.eusc-de-east-1.api.amazonwebservices.eu',
    'sts-fips.eusc-de-east-1.api.amazonwebservices.eu',
  ],
]

test.each(HOSTS)('%s, %s: the hosts of the published rule sets', (region, options, ...hosts) => {
  const switches = { fips: options.includes('FIPS'), dualStack: options.includes('dual-stack') }
  const services = ['sso-oidc', 'sso', 'sts'] as const
  expect(services.map((service) => awsEndpoint(service, region, switches))).toEqual(
    hosts.map((host) => `https://${host}`),
  )
})
