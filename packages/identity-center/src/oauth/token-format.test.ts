import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systemRandom } from '../random.ts'
import { TestRandom } from '../testing/test-random.ts'
import { createToken, isWellFormedToken, withoutTokens } from './token-format.ts'

test('a token begins as AWS’s do, carries 256 bits and ends with a checksum', () => {
  const token = createToken(new TestRandom(), 'aoa')
  expect(token).toMatch(/^aoa_[\w-]{49}$/)
  expect(isWellFormedToken(token, 'aoa')).toBe(true)
})

test('a token is no token of another kind', () => {
  expect(isWellFormedToken(createToken(new TestRandom(), 'aor'), 'aoa')).toBe(false)
})

test('no two tokens are alike', () => {
  const tokens = Array.from({ length: 1000 }, () => createToken(systemRandom, 'aor'))
  expect(new Set(tokens).size).toBe(1000)
})

test('one wrong letter anywhere shows', () => {
  const token = createToken(new TestRandom(), 'aor')
  for (let at = 0; at < token.length; at += 1) {
    const other = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
    expect(isWellFormedToken(other, 'aor')).toBe(false)
  }
})

test('noise is no token', () => {
  fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => !isWellFormedToken(text, 'aoa')))
  expect(isWellFormedToken(`${createToken(new TestRandom(), 'aoa')}\n`, 'aoa')).toBe(false)
})

test('a token is hidden wherever it stands, and other text is left alone', () => {
  const token = createToken(new TestRandom(), 'aor')
  expect(withoutTokens(`next=${token}&x=1`)).toBe('next=HIDDEN_DUE_TO_SECURITY_REASONS&x=1')
  expect(withoutTokens('aor_short, and chaos_of_words')).toBe('aor_short, and chaos_of_words')
})

test('what looks like a secret access key is not kept either, and hashes, ids and longer texts are', () => {
  const secret = `${'aB3/'.repeat(9)}x+Y1`
  for (const around of ['', ' ', '"', ':', '-', '(']) {
    expect(withoutTokens(`User${around ? ':' : ' '}${around}${secret}${around || '.'} is unknown`)).not.toContain(
      secret,
    )
  }
  const kept = ['a1'.repeat(20), 'AB'.repeat(20), `${secret}A`, `${secret}=`, 'AKIAIOSFODNN7EXAMPLE', secret.slice(1)]
  for (const text of kept) expect(withoutTokens(`x ${text}`)).toBe(`x ${text}`)
})

test('a text of any length is looked through at once', () => {
  const long = ['aB', 'a', 'aB3/'.repeat(9), 'aB3 '].map((part) => part.repeat(200_000 / part.length))
  const start = performance.now()
  for (const text of long) withoutTokens(text)
  expect(performance.now() - start).toBeLessThan(1000)
})
