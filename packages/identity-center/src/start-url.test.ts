import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IdentityStoreId, InstanceArn } from './identifiers.ts'
import { canonicalStartUrl, matchesStartUrl, resolvedStartUrl, startUrlAliasesOf } from './start-url.ts'

const instance = {
  arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' as InstanceArn,
  identityStoreId: 'd-0123456789' as IdentityStoreId,
  region: 'eu-west-1',
  startUrlAliases: ['https://mayfly-example.awsapps.com/start'],
}
const names = { publicUrl: 'https://sso.example.com', instance }

test('the resolved URL names the region that clients then configure', () => {
  expect(resolvedStartUrl(instance)).toBe('https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws/')
})

test.each([
  'https://sso.example.com/start',
  'https://sso.example.com/start/',
  'https://sso.example.com/start/#',
  'https://sso.example.com/start#/',
  'https://sso.example.com',
  'https://sso.example.com/',
  'https://sso.example.com/#/',
  'https://SSO.Example.com/start',
  'https://sso.example.com:443/start',
  'https://sso.example.com/start?x=y#/device',
  'https://mayfly-example.awsapps.com/start',
  'https://mayfly-example.awsapps.com/start/#/',
  'https://mayfly-example.awsapps.com',
  'https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws',
  'https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws/',
  'https://ssoins-0123456789abcdef.eu-west-1.portal.amazonaws.com',
  'https://d-0123456789.awsapps.com/start',
  'https://d-mayfly-0123456789.awsapps.com/start',
])('%s means this instance', (asked) => {
  expect(matchesStartUrl(asked, names)).toBe(true)
})

test.each([
  ...[
    '',
    'start',
    'https://',
    'https://other.example.com/start',
    'https://sso.example.com/other',
    'ftp://sso.example.com/start',
  ],
  ...[
    'http://sso.example.com/start',
    'https://sso.example.com:8443/start',
    'https://sso.example.com.evil.example/start',
  ],
  ...[
    'https://me@sso.example.com/start',
    'https://ssoins-0123456789abcdef.portal.us-east-1.app.aws/',
    'javascript:alert(1)',
  ],
  ...[
    'https://other.awsapps.com/start',
    'https://sso.example.com/startx',
    `https://sso.example.com/${'a'.repeat(3000)}`,
  ],
])('%j does not', (asked) => {
  expect(matchesStartUrl(asked, names)).toBe(false)
})

test('under a path prefix the start URL is below it', () => {
  const prefixed = { publicUrl: 'https://example.com/sso/', instance }
  expect(startUrlAliasesOf(prefixed)).toContain('https://example.com/sso/start')
  expect(matchesStartUrl('https://example.com/sso/start/#/', prefixed)).toBe(true)
  expect(matchesStartUrl('https://example.com/start', prefixed)).toBe(false)
})

test('on this very machine its three names are one', () => {
  const local = { publicUrl: 'http://localhost:7373', instance }
  for (const host of ['localhost', '127.0.0.1', '[::1]'])
    expect(matchesStartUrl(`http://${host}:7373/start`, local)).toBe(true)
  expect(matchesStartUrl('http://127.0.0.1:7374/start', local)).toBe(false)
})

test('noise is answered, not thrown at', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true })), (asked) => !matchesStartUrl(asked, names)),
  )
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
      const form = canonicalStartUrl(url)
      if (form !== undefined) expect(canonicalStartUrl(`${form}/start/`)).toBe(form)
    }),
  )
})
