/** The server that a case is replayed against: the example organization, and whoever asks it something. */

import { DEFAULT_QUOTAS } from '@mayfly/identity-center/quotas'
import { roleCredentials, signInWithPkce } from '../../../packages/server/src/testing/journeys.ts'
import { startTestServer, type TestServer } from '../../../packages/server/src/testing/test-server.ts'
import { getOperation, isUnsigned, signingNameOf } from '../../../packages/wire/src/model/service-model.ts'
import { type SigningCredentials, signRequest } from '../../../packages/wire/src/signature-v4.ts'
import type { Answer, CaseService, RecordedRequest, Step } from './case.ts'
import { CLIENT_ADDRESS, EVENTS } from './events.ts'

const role = (accountId: string, roleName: string) => ({ accountId, roleName })

/** Who asks: a person of the example organization in one of their roles. */
const CALLERS: Readonly<Record<string, { readonly person: string; readonly role: ReturnType<typeof role> }>> = {
  administrator: { person: 'alice', role: role('111122223333', 'AdministratorAccess') },
  reader: { person: 'alice', role: role('111122223333', 'ReadOnlyAccess') },
  'administrator of another account': { person: 'alice', role: role('222233334444', 'AdministratorAccess') },
  deployer: { person: 'bob', role: role('555566667777', 'SandboxDeploy') },
  developer: { person: 'bob', role: role('222233334444', 'PowerUserAccess') },
}

/** An operation, and the bytes that ask for it. */
export interface Call {
  readonly service: CaseService
  readonly operation: string
  readonly request: RecordedRequest
}

export interface Received {
  readonly status: number
  readonly text: string
}

/** A server of its own, and what was kept of its answers. */
export class World {
  readonly #server: TestServer
  readonly #kept = new Map<string, string>()
  readonly #credentials = new Map<string, SigningCredentials>()

  private constructor(server: TestServer) {
    this.#server = server
  }

  static async start(): Promise<World> {
    return new World(await startTestServer({ quotas: { ...DEFAULT_QUOTAS } }))
  }

  close(): Promise<void> {
    return this.#server.close()
  }

  /** The value with what was kept in place of `${name}`. */
  fill<T>(value: T): T {
    return JSON.parse(this.#put(JSON.stringify(value), PLAIN, quoted)) as T
  }

  /** Lets happen what has to have happened before, and keeps what later texts refer to. */
  async make(service: CaseService, step: Step): Promise<void> {
    const event = EVENTS[step.operation]
    if (event !== undefined) {
      this.#keep(await event(this.#server, this.fill(step.input)))
      return
    }
    if (!step.request) throw new Error(`record the step ${step.operation} first`)
    const call = { service: step.service ?? service, operation: step.operation, request: step.request }
    const received = await this.send(call, 'administrator')
    if (received.status !== 200) throw new Error(`${step.operation} before the case: ${received.text}`)
    const paths = Object.entries(step.keep ?? {})
    this.#keep(Object.fromEntries(paths.map(([name, path]) => [name, valueAt(received.text, path)])))
  }

  /** Sends the bytes, signed as `as` where the operation wants a signature, and reads the answer. */
  async send({ service, operation, request }: Call, as: string): Promise<Received> {
    const { method, path, headers, body } = this.#fillRequest(request)
    const all = { host: 'localhost:7373', ...headers }
    const model = this.#server.context.wire.models.get(service)
    if (!model) throw new Error(`${service} is not served`)
    const unsigned = as === 'nobody' || service === 'sso' || isUnsigned(getOperation(model, operation))
    const signed = unsigned
      ? {}
      : await this.#sign({ method, path, headers: all, body }, { as, signingName: signingNameOf(model) })
    const response = await this.#server.inject({
      method: method as 'POST',
      url: path,
      remoteAddress: CLIENT_ADDRESS,
      headers: { ...all, ...signed },
      ...(body === '' ? {} : { payload: body }),
    })
    return { status: response.statusCode, text: response.body }
  }

  async #sign(
    { method, path, headers, body }: RecordedRequest,
    { as, signingName }: { readonly as: string; readonly signingName: string },
  ): Promise<Readonly<Record<string, string>>> {
    const [rawPath = '/', rawQuery = ''] = path.split('?')
    const { headers: signed } = signRequest({
      request: { method, rawPath, rawQuery, headers, body },
      credentials: await this.#credentialsOf(as),
      region: 'us-east-1',
      service: signingName,
      now: this.#server.clock.now(),
    })
    return signed
  }

  async #credentialsOf(as: string): Promise<SigningCredentials> {
    const known = this.#credentials.get(as)
    if (known) return known
    const caller = CALLERS[as]
    if (!caller) throw new Error(`nobody is called ${as}`)
    const { tokens } = await signInWithPkce(this.#server, caller.person)
    const issued = await roleCredentials(this.#server.client('sso'), tokens.accessToken, caller.role)
    this.#credentials.set(as, issued)
    return issued
  }

  #keep(texts: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(texts)) this.#kept.set(name, text)
  }

  /** What was kept, escaped as the path, the headers and the body each have it. */
  #fillRequest({ method, path, headers, body }: RecordedRequest): RecordedRequest {
    const form = headers['content-type']?.includes('form-urlencoded') === true
    return {
      method,
      path: this.#put(path, ENCODED, encodeURIComponent),
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, this.#put(value, PLAIN, (text) => text)]),
      ),
      body: form ? this.#put(body, ENCODED, encodeURIComponent) : this.#put(body, PLAIN, quoted),
    }
  }

  #put(text: string, pattern: RegExp, quote: (value: string) => string): string {
    return text.replace(pattern, (whole, name: string) => {
      const value = this.#kept.get(name)
      return value === undefined ? whole : quote(value)
    })
  }
}

const PLAIN = /\$\{(\w+)\}/g
const ENCODED = /%24%7B(\w+)%7D/g

/** As it stands between the quotes of a JSON text. */
const quoted = (value: string): string => JSON.stringify(value).slice(1, -1)

/** A member of a JSON answer by its path, or the text of the first XML element of that name. */
function valueAt(text: string, path: string): string {
  const value = text.startsWith('<')
    ? text.match(new RegExp(`<${path}>([^<]*)</${path}>`))?.[1]
    : memberAt(JSON.parse(text), path)
  if (typeof value !== 'string') throw new Error(`the answer has no text ${path}: ${text}`)
  return value
}

const memberAt = (body: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], body)

/** What is wrong with an answer; nothing when it is as the case has it. */
export function differences(answer: Answer, { status, text }: Received): string[] {
  const wrong: string[] = []
  const check = (what: string, wanted: unknown, found: unknown): void => {
    if (!matches(wanted, found)) wrong.push(`${what}: ${JSON.stringify(found)} where ${JSON.stringify(wanted)} is due`)
  }
  check('status', answer.status, status)
  const { error, message, body } = readAnswer(text)
  if (answer.error !== undefined || error !== undefined) check('error', answer.error, error)
  if (answer.message !== undefined) check('message', answer.message, message)
  for (const [name, wanted] of Object.entries(answer.body ?? {})) check(name, wanted, body[name])
  for (const path of answer.absent ?? []) if (memberAt(body, path) !== undefined) wrong.push(`${path} must be absent`)
  for (const wanted of answer.contains ?? []) {
    const found = isPattern(wanted) ? new RegExp(wanted.slice(1, -2), 'u').test(text) : text.includes(wanted)
    if (!found) wrong.push(`the answer does not contain ${wanted}`)
  }
  return wrong.length === 0 ? wrong : [...wrong, `the answer was ${status} ${text.slice(0, 600)}`]
}

function readAnswer(text: string): { error?: string; message?: string; body: Record<string, unknown> } {
  if (text.startsWith('<')) {
    const error = text.match(/<Code>([^<]*)<\/Code>/)?.[1]
    const message = text.match(/<Message>([\s\S]*?)<\/Message>/)?.[1]
    return { body: {}, ...(error === undefined ? {} : { error, message: unescapeXml(message ?? '') }) }
  }
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
  const type = body['__type']
  const message = body['Message'] ?? body['message'] ?? body['error_description']
  return {
    body,
    ...(typeof type === 'string' ? { error: type.split('#').at(-1) ?? type } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  }
}

const unescapeXml = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const isPattern = (text: string): boolean => text.startsWith('/') && text.endsWith('/u')

/** Objects by the members named, lists item by item, texts as `/this/u` as patterns. */
function matches(wanted: unknown, found: unknown): boolean {
  if (typeof wanted === 'string' && isPattern(wanted)) {
    return (
      (typeof found === 'string' || typeof found === 'number') &&
      new RegExp(`^(?:${wanted.slice(1, -2)})$`, 'u').test(String(found))
    )
  }
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) && found.length === wanted.length && wanted.every((each, at) => matches(each, found[at]))
    )
  }
  if (typeof wanted !== 'object' || wanted === null) return wanted === found
  if (typeof found !== 'object' || found === null) return false
  return Object.entries(wanted).every(([name, member]) => matches(member, (found as Record<string, unknown>)[name]))
}
