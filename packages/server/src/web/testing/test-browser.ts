/** A browser for tests: keeps cookies, sends the forms it was shown, follows redirects of ours. */

import type { PasswordRecord } from '@mayfly/identity-center/sign-in/password'
import type { LightMyRequestResponse } from 'fastify'
import { PasswordHasher } from '../../sign-in/password-hasher.ts'
import type { TestServer } from '../../testing/test-server.ts'

export const PASSWORD = 'Mayfly-example-1'
const hasher = new PasswordHasher()
let hash: Promise<string> | undefined

/** Gives a user of the example organization the password above. */
export async function givePassword(server: TestServer, userName: string): Promise<PasswordRecord> {
  const { store, clock } = server.context
  hash ??= hasher.hash(PASSWORD)
  const user = await store.users.findByUserName(userName)
  if (!user) throw new Error(`There is no ${userName}.`)
  const record = { userId: user.id, hash: await hash, previousHashes: [], updatedAt: clock.now() }
  await store.passwords.put(record)
  return record
}

export interface Shown {
  readonly status: number
  readonly html: string
  readonly location: string | undefined
  readonly response: LightMyRequestResponse
}

export class TestBrowser {
  readonly cookies = new Map<string, string>()
  readonly #server: TestServer
  readonly #headers: Readonly<Record<string, string>>

  constructor(server: TestServer, headers: Readonly<Record<string, string>> = {}) {
    this.#server = server
    this.#headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', ...headers }
  }

  open(path: string): Promise<Shown> {
    return this.request('GET', path)
  }

  /** Sends the first form of a page, with what it holds and what is added. */
  send(page: Shown, fields: Readonly<Record<string, string>> = {}): Promise<Shown> {
    const action = /<form method="post" action="([^"]*)"/.exec(page.html)?.[1]
    if (action === undefined) throw new Error(`There is no form: ${page.status} ${page.location ?? page.html}`)
    const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
    const form = new URLSearchParams(
      hidden.map(([, name = '', value = '']): [string, string] => [name, readable(value)]),
    )
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    return this.post(readable(action), form)
  }

  post(path: string, form: URLSearchParams, headers: Readonly<Record<string, string>> = {}): Promise<Shown> {
    return this.request('POST', path, {
      payload: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
  }

  /** Calls an endpoint of the portal as its page does. */
  async call(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<LightMyRequestResponse> {
    const token = method === 'GET' ? undefined : await this.antiForgeryToken()
    const { response } = await this.request(method, path, {
      ...(body ? { payload: JSON.stringify(body) } : {}),
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { 'x-mayfly-anti-forgery': token } : {}),
      },
    })
    return response
  }

  async antiForgeryToken(): Promise<string> {
    return (await this.open('/portal/me')).response.json().antiForgeryToken
  }

  async signIn(userName: string, password = PASSWORD, next = '/start'): Promise<Shown> {
    const page = await this.open(`/sign-in?next=${encodeURIComponent(next)}`)
    return this.send(page, { userName, password })
  }

  async request(
    method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    { payload, headers = {} }: { payload?: string; headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Shown> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await this.#server.inject({
      method,
      url,
      headers: { ...this.#headers, ...(cookie ? { cookie } : {}), ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const { location } = response.headers
    return { status: response.statusCode, html: response.body, location: location?.toString(), response }
  }
}

const readable = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
