import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRedirectUri, matchesRedirectUri } from './redirect-uri.ts'

test.each([
  'http://127.0.0.1/oauth/callback',
  'http://127.0.0.1:7373/oauth/callback',
  'http://[::1]/oauth/callback',
  'http://[::1]:7373/',
  'http://localhost/oauth/callback',
  'http://localhost:1',
  'http://localhost',
  'https://example.com/callback',
  'https://example.com:8443/callback?tenant=1',
  'https://example.com',
  'com.example.app:/callback',
  'com.example.app://callback',
  'com.example-two.app:/callback?x=y',
])('%s may be registered', (uri) => {
  expect(isRedirectUri(uri)).toBe(true)
})

test.each([
  ['http elsewhere', 'http://example.com/callback'],
  ['http on another loopback number', 'http://127.0.0.2/callback'],
  ['http on a short number', 'http://127.1/callback'],
  ['http on all interfaces', 'http://0.0.0.0/callback'],
  ['http on a name that begins alike', 'http://localhost.example.com/callback'],
  ['http on a number that begins alike', 'http://127.0.0.1.example.com/callback'],
  ['a user before the host', 'http://127.0.0.1@example.com/callback'],
  ['a port that is a password', 'http://127.0.0.1:80@example.com/callback'],
  ['a user before the loopback', 'http://me@127.0.0.1/callback'],
  ['a user on https', 'https://me@example.com/callback'],
  ['a password on https', 'https://me:secret@example.com/callback'],
  ['a fragment', 'https://example.com/callback#here'],
  ['an empty fragment', 'http://127.0.0.1/callback#'],
  ['a host that ends a directive of the policy', 'https://example.com;sandbox/callback'],
  ['a host that begins another policy', 'https://example.com,sandbox/callback'],
  ['a backslash', 'https://example.com\\@evil.example/'],
  ['a backslash after loopback', 'http://127.0.0.1\\@evil.example/'],
  ['a blank', 'https://example.com/call back'],
  ['a line', 'https://example.com/callback\r\nSet-Cookie: x'],
  ['a tab', 'https://exam\tple.com/'],
  ['a letter that looks alike', 'https://ехample.com/'],
  ['dots that lead elsewhere', 'https://example.com/callback/../other'],
  ['the same in percent', 'https://example.com/callback/%2e%2E/other'],
  ['no port at all', 'http://127.0.0.1:/callback'],
  ['port nought', 'http://127.0.0.1:0/callback'],
  ['a port too far', 'http://127.0.0.1:65536/callback'],
  ['a number that a browser rewrites', 'https://0x7f.1/callback'],
  ['no host', 'https:///callback'],
  ['no slashes', 'https:example.com'],
  ['upper case', 'HTTP://127.0.0.1/callback'],
  ['a scheme without a dot', 'myapp:/callback'],
  ['vscode', 'vscode://callback'],
  ['javascript', 'javascript:alert(1)'],
  ['javascript with a dot', 'javascript.x:alert(1)'],
  ['data', 'data:text/html,x'],
  ['file', 'file:///etc/passwd'],
  ['a private scheme with a user', 'com.example.app://me@callback'],
  ['a private scheme alone', 'com.example.app:/'],
  ['a relative path', '/callback'],
  ['a path without scheme', '//example.com/callback'],
  ['nothing', ''],
  ['too much', `https://example.com/${'a'.repeat(2048)}`],
])('%s may not be registered', (_, uri) => {
  expect(isRedirectUri(uri)).toBe(false)
})

test('on a loopback address any port will do, whichever was registered', () => {
  const registered = ['http://127.0.0.1/oauth/callback']
  expect(matchesRedirectUri(registered, 'http://127.0.0.1:54321/oauth/callback')).toBe(true)
  expect(matchesRedirectUri(registered, 'http://127.0.0.1/oauth/callback')).toBe(true)
  expect(matchesRedirectUri(['http://[::1]:1/x'], 'http://[::1]:2/x')).toBe(true)
})

test('but the host, the path and the query are as registered', () => {
  const registered = ['http://127.0.0.1/oauth/callback']
  for (const asked of [
    'http://localhost:54321/oauth/callback',
    'http://[::1]:54321/oauth/callback',
    'http://127.0.0.1:54321/oauth/callback/',
    'http://127.0.0.1:54321/oauth/other',
    'http://127.0.0.1:54321/oauth/callback?next=x',
    'https://127.0.0.1/oauth/callback',
    'http://127.0.0.1:54321/oauth/callback#x',
    'http://127.0.0.1:54321@evil.example/oauth/callback',
  ])
    expect(matchesRedirectUri(registered, asked), asked).toBe(false)
})

test('elsewhere the port counts', () => {
  expect(matchesRedirectUri(['https://example.com/x'], 'https://example.com:8443/x')).toBe(false)
  expect(matchesRedirectUri(['https://example.com:8443/x'], 'https://example.com/x')).toBe(false)
  expect(matchesRedirectUri(['https://example.com/x'], 'https://example.com/x')).toBe(true)
})

test('nothing matches when nothing is registered', () => {
  expect(matchesRedirectUri([], 'http://127.0.0.1/')).toBe(false)
})

test('whatever is let through, a browser goes to a loopback host, to https, or to a scheme with a dot', () => {
  const piece = fc.constantFrom(
    ...['http', 'https', ':', '//', '/', '@', '127.0.0.1', 'localhost', '[::1]', 'evil.example', '#', '?', '\\', '..'],
    ...[':80', '%2e', '\t', ' ', 'com.app', 'javascript', '\u3002', '%40', ';', '&'],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const uri = pieces.join('')
      if (!isRedirectUri(uri)) return
      const url = new URL(uri)
      expect(url.username + url.password + url.hash).toBe('')
      if (url.protocol === 'http:') expect(['127.0.0.1', 'localhost', '[::1]']).toContain(url.hostname)
      else if (url.protocol !== 'https:') expect(url.protocol).toContain('.')
    }),
    { numRuns: 5000 },
  )
})
