import { expect, test } from 'vitest'
import { findProxy, isBypassed, proxyAuthorization } from './proxy.ts'

const find = (url: string, env: Record<string, string>): string | undefined => findProxy(new URL(url), env)?.href
const bypassed = (url: string, noProxy: string): boolean => isBypassed(new URL(url), noProxy)

test('each scheme has its own proxy; ALL_PROXY does not count, as it does not for the AWS CLI', () => {
  const env = { HTTPS_PROXY: 'http://a:1', HTTP_PROXY: 'http://b:2', ALL_PROXY: 'http://c:3' }
  expect(find('https://x.example/', env)).toBe('http://a:1/')
  expect(find('http://x.example/', env)).toBe('http://b:2/')
  expect(find('https://x.example/', { ALL_PROXY: 'http://c:3' })).toBeUndefined()
})

test('what stays on this computer is not shown to a proxy elsewhere, which could not reach it and would read it', () => {
  const elsewhere = { HTTP_PROXY: 'http://proxy.example:3128', HTTPS_PROXY: 'http://proxy.example:3128' }
  for (const host of ['localhost', '127.0.0.1', '127.0.0.9', '[::1]', 'sso.localhost']) {
    expect(find(`http://${host}:7373/token`, elsewhere)).toBeUndefined()
    expect(find(`http://${host}:7373/token`, { HTTP_PROXY: 'http://127.0.0.1:8080' })).toBe('http://127.0.0.1:8080/')
  }
  for (const host of ['localhost.example', '127.0.0.1.example', 'mylocalhost']) {
    expect(find(`http://${host}/`, elsewhere)).toBe('http://proxy.example:3128/')
  }
})

test('lower case wins over capitals, and empty lower case switches a proxy off', () => {
  expect(find('https://x.example/', { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2' })).toBe('http://a:1/')
  expect(find('https://x.example/', { https_proxy: '', HTTPS_PROXY: 'http://b:2' })).toBeUndefined()
})

test('under a CGI server HTTP_PROXY in capitals does not count: a request could have set it', () => {
  expect(find('http://x.example/', { HTTP_PROXY: 'http://a:1', REQUEST_METHOD: 'GET' })).toBeUndefined()
  expect(find('http://x.example/', { http_proxy: 'http://a:1', REQUEST_METHOD: 'GET' })).toBe('http://a:1/')
})

test('NO_PROXY names hosts, and all below them', () => {
  for (const entry of ['acme.example', '.acme.example', '*.acme.example', 'ACME.example', ' x , acme.example ']) {
    expect(bypassed('https://sso.acme.example/', entry)).toBe(true)
    expect(bypassed('https://notacme.example/', entry)).toBe(false)
  }
  expect(bypassed('https://acme.example/', 'acme.example')).toBe(true)
  expect(bypassed('https://anything/', '*')).toBe(true)
  expect(bypassed('https://anything/', '')).toBe(false)
})

test('NO_PROXY with a port is for that port alone', () => {
  expect(bypassed('https://acme.example:8443/', 'acme.example:8443')).toBe(true)
  expect(bypassed('https://acme.example/', 'acme.example:443')).toBe(true)
  expect(bypassed('https://acme.example/', 'acme.example:8443')).toBe(false)
})

test('NO_PROXY names addresses and networks', () => {
  expect(bypassed('http://10.1.2.3/', '10.1.2.3')).toBe(true)
  expect(bypassed('http://10.1.2.3/', '2.3')).toBe(false)
  expect(bypassed('http://10.1.2.3/', '10.0.0.0/8')).toBe(true)
  expect(bypassed('http://11.1.2.3/', '10.0.0.0/8')).toBe(false)
  expect(bypassed('http://[fd00::1]/', 'fd00::/8')).toBe(true)
  expect(bypassed('http://[fd00::1]/', 'fd00::1')).toBe(true)
  expect(bypassed('http://10.1.2.3/', '10.0.0.0/99')).toBe(false)
})

test.each(['::::', 'socks5://127.0.0.1:1080', 'http://alice:secret@:x'])(
  '%s is no proxy, and its password is not told',
  (proxy) => {
    const find = () => findProxy(new URL('https://sts.amazonaws.com'), { HTTPS_PROXY: proxy })
    expect(find).toThrow(expect.objectContaining({ hint: expect.stringContaining('HTTPS_PROXY') }))
    expect(find).not.toThrow(/secret/)
  },
)

test('a password with a bare percent sign stands for itself', () => {
  expect(proxyAuthorization(new URL('http://alice:100%@proxy'))).toBe(`Basic ${btoa('alice:100%')}`)
})
