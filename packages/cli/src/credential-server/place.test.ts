import { expect, test } from 'vitest'
import { authoritiesOf, parseListenAddress, pathOf } from './place.ts'

test('loopback and the addresses of containers are listened on; others want to be insisted on', () => {
  expect(parseListenAddress('localhost', false)).toBe('127.0.0.1')
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', '169.254.170.2', '169.254.170.23'])
    expect(parseListenAddress(host, false)).toBe(host)
  expect(parseListenAddress('[::1]', false)).toBe('::1')
  for (const host of ['192.168.1.5', '10.0.0.1', '169.254.169.254', '172.17.0.1', 'fd00:ec2::23']) {
    expect(() => parseListenAddress(host, false)).toThrow('can be reached from other computers')
    expect(parseListenAddress(host, true)).toBe(host)
  }
})

test('every address at once, and names, are refused whatever is said', () => {
  for (const host of ['0.0.0.0', '::', '0:0:0:0:0:0:0:0']) {
    expect(() => parseListenAddress(host, true)).toThrow('not served on every address')
  }
  for (const host of ['example.com', '', '127.0.0.1.evil.example', '127.0.0.256', '1', '127.1'])
    expect(() => parseListenAddress(host, true)).toThrow('not a name')
})

test('an authority is written as clients write it: without port 80, and in brackets for IPv6', () => {
  expect(authoritiesOf('127.0.0.1', 9911)).toEqual(['127.0.0.1:9911'])
  expect(authoritiesOf('169.254.170.2', 80)).toEqual(['169.254.170.2', '169.254.170.2:80'])
  expect(authoritiesOf('::1', 9911)).toEqual(['[::1]:9911'])
})

test('the path of a client survives addresses, shells and env files', () => {
  expect(pathOf('dev')).toBe('/credentials/dev')
  expect(pathOf("acme prod/Admin's ~ $HOME")).toMatch(/^\/credentials\/[\w.%-]+$/)
  for (const name of ['dev', 'a b/c', 'ü', '..x', "it's"])
    expect(new URL(pathOf(name), 'http://x').pathname).toBe(pathOf(name))
  for (const name of ['', '.', '..']) expect(() => pathOf(name)).toThrow('cannot be called')
})
