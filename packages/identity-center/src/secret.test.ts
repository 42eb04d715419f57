import { expect, test } from 'vitest'
import { hashOf, sameSecret } from './secret.ts'

test('a secret is kept as its SHA-256', () => {
  expect(hashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('two texts are the same when every byte is', () => {
  expect(sameSecret('tøken', 'tøken')).toBe(true)
  expect(sameSecret('token', 'tokem')).toBe(false)
  expect(sameSecret('token', 'token ')).toBe(false)
  expect(sameSecret('', '')).toBe(true)
})
