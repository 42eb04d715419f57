/** Code verifier and code challenge (RFC 7636); S256 is the only method. */

import { hash } from 'node:crypto'
import { sameSecret } from '../secret.ts'

/** 43 to 128 unreserved characters (RFC 7636 §4.1). */
export const isCodeVerifier = (text: string): boolean => /^[A-Za-z0-9._~-]{43,128}$/.test(text)

/** base64url of a SHA-256, without padding: 43 characters, whose last one carries two zero bits (§4.2). */
export const isCodeChallenge = (text: string): boolean => /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(text)

/** The challenge that belongs to a verifier. */
export const challengeOf = (verifier: string): string => hash('sha256', verifier, 'base64url')

/** Whether the one who shows the verifier is the one who sent the challenge (RFC 7636 §4.6). */
export const matchesChallenge = (verifier: string, challenge: string): boolean =>
  isCodeVerifier(verifier) && isCodeChallenge(challenge) && sameSecret(challengeOf(verifier), challenge)
