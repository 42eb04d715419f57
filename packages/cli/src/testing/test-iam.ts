/** Answers of IAM and STS in their XML, for a machine of memory: by action, and by who signs. */

import type { HttpRequest, HttpResponse } from '../machine/http.ts'
import { jsonAnswer } from './test-machine.ts'

/** What is asked, and as whom. */
export interface IamQuestion {
  readonly action: string
  readonly input: Readonly<Record<string, string>>
  /** The key id of the signature. */
  readonly signer: string
  readonly host: string
}

/** The inside of the result, as XML; or a refusal. */
export type IamAnswer = string | { readonly code: string; readonly message?: string; readonly status?: number }

/** Answers Query requests by `ask`, and the portal's calls by `portal`. */
export const answerIam =
  (ask: (question: IamQuestion) => IamAnswer, portal?: (request: HttpRequest) => HttpResponse) =>
  (request: HttpRequest): HttpResponse => {
    if (new URL(request.url).pathname !== '/') return portal?.(request) ?? jsonAnswer(401, {}, 'UnauthorizedException')
    const form = Object.fromEntries(new URLSearchParams(String(request.body)))
    const { Action: action = '', Version: _, ...input } = form
    const signer = /Credential=([^/]+)/.exec(request.headers['authorization'] ?? '')?.[1] ?? ''
    const answer = ask({ action, input, signer, host: new URL(request.url).host })
    const headers = { 'content-type': 'text/xml' }
    if (typeof answer === 'string') {
      const body = `<${action}Response><${action}Result>${answer}</${action}Result></${action}Response>`
      return { status: 200, headers, body }
    }
    const { code, message = 'no', status = 403 } = answer
    const body = `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`
    return { status, headers, body }
  }

/** Elements: `{ UserName: 'bob', Tags: [{ Key: 'a' }] }`. */
export function xml(members: Readonly<Record<string, unknown>>): string {
  return Object.entries(members)
    .map(([name, value]) => `<${name}>${xmlValue(value)}</${name}>`)
    .join('')
}

function xmlValue(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xmlValue(item)}</member>`).join('')
  if (typeof value === 'object' && value !== null) return xml(value as Record<string, unknown>)
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
