/** People paste what they have. */

import { expect, test } from 'vitest'
import { findNamedRegion } from '../../endpoints/portal-region.ts'
import { keyOfStartUrl, nameSession, parseTypedStartUrl } from './typed-start-url.ts'

test.each([
  ['acme.awsapps.com/start', 'https://acme.awsapps.com/start'],
  ['acme.awsapps.com', 'https://acme.awsapps.com/start'],
  ['d-9067f1a2b3.awsapps.com/start/', 'https://d-9067f1a2b3.awsapps.com/start'],
  [' https://acme.awsapps.com/start/#/?tab=accounts ', 'https://acme.awsapps.com/start'],
  ['https://acme.awsapps.com/start?x=y#/', 'https://acme.awsapps.com/start'],
  ['ssoins-7223b1e5.portal.us-east-1.app.aws', 'https://ssoins-7223b1e5.portal.us-east-1.app.aws/start'],
  ['https://SSO.acme.example', 'https://sso.acme.example'],
  ['sso.acme.example:8443/start', 'https://sso.acme.example:8443/start'],
  ['http://localhost:7373/start', 'http://localhost:7373/start'],
  ['localhost:7373', 'http://localhost:7373/start'],
  ['http://127.0.0.1:7373', 'http://127.0.0.1:7373/start'],
  ['[::1]:7373/start', 'http://[::1]:7373/start'],
])('%s is %s', (typed, startUrl) => {
  expect(parseTypedStartUrl(typed)).toBe(startUrl)
})

test.each([
  ['acme', 'mayfly setup acme.awsapps.com/start'],
  ['http://acme.awsapps.com/start', 'mayfly setup acme.awsapps.com/start'],
  ['not a url', 'mayfly setup acme.awsapps.com/start'],
  ['https://acme.awsapps.com@evil.example/start', 'It would be at evil.example.'],
  ['acme.awsapps.com:x@evil.example', 'It would be at evil.example.'],
  ['https://аcme.awsapps.com/start', 'mayfly setup acme.awsapps.com/start'],
  ['file:///etc/passwd', 'mayfly setup acme.awsapps.com/start'],
  ['ftp://', 'mayfly setup acme.awsapps.com/start'],
  ['', 'mayfly setup acme.awsapps.com/start'],
])('%j is refused with what to type', (typed, hint) => {
  expect(() => parseTypedStartUrl(typed)).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }))
})

test.each([
  ['https://acme.awsapps.com/start', 'acme'],
  ['https://d-9067f1a2b3.awsapps.com/start', 'd-9067f1a2b3'],
  ['https://sso.acme.example/start', 'acme'],
  ['https://identity-center.acme.example/start', 'acme'],
  ['http://localhost:7373/start', 'localhost'],
  ['http://127.0.0.1:7373/start', 'localhost'],
])('the session of %s is called %s', (startUrl, name) => {
  expect(nameSession(startUrl, () => false)).toBe(name)
})

test('a second organization of the same name gets a number', () => {
  expect(nameSession('https://acme.awsapps.com/start', (name) => name === 'acme')).toBe('acme-2')
})

test('spellings of one start URL are one', () => {
  const keys = ['https://Acme.awsapps.com/start', 'https://acme.awsapps.com/start/#/', 'https://acme.awsapps.com']
  expect(new Set(keys.map(keyOfStartUrl)).size).toBe(1)
})

test.each([
  ['<head><meta name="region" content="eu-west-1"/></head>', 'eu-west-1'],
  ["<META CONTENT='us-gov-west-1' NAME='region'>", 'us-gov-west-1'],
  ['<meta name="viewport" content="width=1"><meta name=region content=ap-southeast-2>', 'ap-southeast-2'],
  ['<meta name="region" content="https://evil.example">', undefined],
  ['<meta name="geo.region" content="eu-west-1">', undefined],
  ['', undefined],
])('a page %s is in %s', (html, region) => {
  expect(findNamedRegion(html)).toBe(region)
})
