/** What the endpoint answers, in the form that every SDK reads. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { WebAnswer } from '../machine/web-server.ts'
import type { ExportedCredentials } from '../role-credentials/formats.ts'
import { SignInRequired } from '../sign-in/sign-in-required.ts'

/** How long keys without an end are said to be good for: every SDK wants an end, and asks again before it. */
const ENDLESS_MS = 3_600_000

/** Credentials as ECS and EKS hand them out. JavaScript's SDK takes no other form of the time, and no missing member. */
export const formatGrant = (credentials: ExportedCredentials, now: Date): WebAnswer =>
  jsonAnswer(200, {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    Token: credentials.sessionToken ?? '',
    Expiration: formatTime(credentials.expiration ?? new Date(now.getTime() + ENDLESS_MS)),
  })

const formatTime = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`

/** An error with both spellings of its members: Go, Java and Rust read the small ones, JavaScript the capital ones. */
export const formatError = (status: number, code: string, message: string): WebAnswer =>
  jsonAnswer(status, { code, message: printable(message), Code: code, Message: printable(message) })

/** Why there are no credentials now. A 4xx is final, a 5xx is asked again by every SDK. */
export interface Failure {
  readonly status: 403 | 502 | 503
  readonly code: string
  /** What happened and what to do about it, in one line. */
  readonly message: string
  /** What only the person at the terminal is told. */
  readonly detail?: string
}

/** An error of the profile, the sign-in or the portal, as a client of the endpoint is told it. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof SignInRequired) {
    const message = `mayfly: there is no valid session. ${error.hint ?? ''}`.trim()
    return { status: 403, code: 'SignInRequired', message }
  }
  if (error instanceof ServiceException) {
    const status = (error.statusCode ?? 500) < 500 && error.statusCode !== 429 ? 403 : 503
    return { status, code: error.name, message: `mayfly: ${error.message}` }
  }
  if (error instanceof Refusal) {
    const message = `mayfly: ${error.message} ${error.hint ?? ''}`.trim()
    // A missing profile or a withdrawn role does not come back by asking again; an unreachable portal does.
    const isFinal = error.code !== 'throttled' && error.code !== 'invalid'
    return { status: isFinal ? 403 : 503, code: isFinal ? 'NoCredentials' : 'Unavailable', message }
  }
  const message = 'mayfly: the credentials could not be had. The terminal of mayfly serve says why.'
  return { status: 502, code: 'Unavailable', message, detail: error instanceof Error ? error.message : String(error) }
}

function jsonAnswer(status: number, members: Readonly<Record<string, string>>): WebAnswer {
  const headers = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
  return { status, headers, body: JSON.stringify(members) }
}

/** Words may come from a server or from a program: nothing in them may move a cursor. */
const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim()
