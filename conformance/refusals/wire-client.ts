/** Requests as they go over the wire, and answers as they came: nothing is translated on the way. */

import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Where the connection goes when the name in the address leads elsewhere. */
  readonly connectTo?: { readonly host: string; readonly port: number }
  readonly ca?: string
}

export function ask(address: string, question: Question = {}): Promise<Answer> {
  const url = new URL(address)
  const { method = 'GET', headers = {}, body, connectTo, ca } = question
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const options = {
    method,
    path: `${url.pathname}${url.search}`,
    host: connectTo?.host ?? url.hostname.replace(/^\[|\]$/g, ''),
    port: connectTo?.port ?? url.port,
    headers: { host: url.host, ...headers },
    agent: false,
    ...(ca === undefined ? {} : { ca, servername: url.hostname }),
  } as const
  return new Promise((resolve, reject) => {
    const call = send(options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    call.setTimeout(20_000, () => call.destroy(new Error(`no answer from ${address} in 20 s`)))
    call.on('error', reject)
    call.end(body)
  })
}

export const post = (address: string, body: unknown, question: Question = {}): Promise<Answer> =>
  ask(address, {
    ...question,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...question.headers },
    body: JSON.stringify(body),
  })

export const membersOf = ({ text }: Answer): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>

/** Everything of a refusal by which a client may know it. */
export const refusalOf = (answer: Answer): Record<string, unknown> => ({
  status: answer.status,
  type: answer.headers['x-amzn-errortype'],
  ...membersOf(answer),
})

/** What sso-oidc answers to an OAuth error: its name in the header and the body, its text under both names. */
export const oauthRefusal = (type: string, error: string, text: string, status = 400) => ({
  status,
  type,
  __type: type,
  error,
  error_description: text,
  message: text,
})
