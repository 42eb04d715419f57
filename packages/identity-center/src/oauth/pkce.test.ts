import fc from 'fast-check'
import { expect, test } from 'vitest'
import { challengeOf, isCodeChallenge, isCodeVerifier, matchesChallenge } from './pkce.ts'

// RFC 7636, appendix B.
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

test('the vector of RFC 7636 matches', () => {
  expect(challengeOf(VERIFIER)).toBe(CHALLENGE)
  expect(matchesChallenge(VERIFIER, CHALLENGE)).toBe(true)
})

test('another verifier does not match, nor does the challenge shown as its own verifier (the "plain" method)', () => {
  expect(matchesChallenge(VERIFIER.replace('d', 'e'), CHALLENGE)).toBe(false)
  expect(matchesChallenge(CHALLENGE, CHALLENGE)).toBe(false)
})

test('a verifier has 43 to 128 unreserved characters', () => {
  expect(isCodeVerifier('a'.repeat(42))).toBe(false)
  expect(isCodeVerifier('a'.repeat(43))).toBe(true)
  expect(isCodeVerifier('a'.repeat(128))).toBe(true)
  expect(isCodeVerifier('a'.repeat(129))).toBe(false)
  expect(isCodeVerifier(`${'a'.repeat(42)}+`)).toBe(false)
  expect(isCodeVerifier(`${'a'.repeat(43)}\n`)).toBe(false)
})

test('a challenge is a SHA-256 in base64url, and nothing that no SHA-256 can be', () => {
  expect(isCodeChallenge(CHALLENGE)).toBe(true)
  expect(isCodeChallenge(`${CHALLENGE}=`)).toBe(false)
  expect(isCodeChallenge(CHALLENGE.replace('-', '+'))).toBe(false)
  expect(isCodeChallenge(CHALLENGE.slice(0, 42))).toBe(false)
  expect(isCodeChallenge(`${CHALLENGE.slice(0, 42)}B`)).toBe(false)
})

test('every verifier matches its own challenge and no other', () => {
  const verifier = fc.string({
    unit: fc.constantFrom(...'ABCXYZabcxyz0189-._~'),
    minLength: 43,
    maxLength: 128,
  })
  fc.assert(
    fc.property(verifier, verifier, (one, other) => {
      expect(isCodeChallenge(challengeOf(one))).toBe(true)
      expect(matchesChallenge(one, challengeOf(one))).toBe(true)
      expect(matchesChallenge(other, challengeOf(one))).toBe(one === other)
    }),
  )
})
