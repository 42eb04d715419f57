import { expect, test } from 'vitest'
import { checkIssuerUrl, claimAt, parseUserAttributePath } from './trusted-token-issuer.ts'

test.each([
  'http://login.example.com',
  'http://localhost.example.com',
  'http://127.0.0.2',
  'https://someone@login.example.com',
  'https://login.example.com/?tenant=1',
  'https://login.example.com/.well-known/openid-configuration',
  'ftp://login.example.com',
  'login.example.com',
])('%s is no address of an issuer', (url) => {
  expect(() => checkIssuerUrl(url)).toThrow(expect.objectContaining({ code: 'invalid' }))
})

test.each(['https://login.example.com', 'https://login.example.com/realms/a', 'http://localhost:8080', 'http://[::1]'])(
  '%s is one',
  (url) => {
    expect(() => checkIssuerUrl(url)).not.toThrow()
  },
)

test('a claim is the text at its path, and nothing else', () => {
  const claims = { email: 'a@b', user: { name: 'ann', roles: ['x'], empty: '' }, preferred_username: 'p' }
  expect(claimAt(claims, 'email')).toBe('a@b')
  expect(claimAt(claims, 'user.name')).toBe('ann')
  expect(claimAt(claims, 'preferred_username')).toBe('p')
  for (const path of [
    'user',
    'user.roles',
    'user.empty',
    'user.roles.length',
    'email.length',
    'gone',
    'constructor.name',
  ])
    expect(claimAt(claims, path)).toBeUndefined()
  expect(claimAt({ email: 'x'.repeat(1025) }, 'email')).toBeUndefined()
})

test('users are found by three attributes', () => {
  expect(['userName', 'emails.value', 'externalId', 'externalIds.id'].map(parseUserAttributePath)).toEqual([
    'userName',
    'email',
    'externalId',
    'externalId',
  ])
  for (const path of ['displayName', 'emails', 'constructor', 'toString'])
    expect(() => parseUserAttributePath(path)).toThrow(expect.objectContaining({ code: 'invalid' }))
})
