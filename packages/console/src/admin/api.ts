/** Sends calls as one of the person's roles: the AWS JSON protocol, with the browser's session instead of a signature. */
import { type Fetch, OperationRefused } from '../operations.ts'
import { type Call, TARGET_PREFIXES } from './call.ts'
import type { CallLog } from './call-log.ts'
import { hintFor } from './hints.ts'

/** A permission set that the person holds in an account from which the organization is administered. */
export interface AdministrationRole {
  accountId: string
  /** The permission set's name. */
  roleName: string
}

export interface Api {
  /** Sends a call. Refused as `OperationRefused`, in the server's words. */
  send<Output>(call: Call<Output>): Promise<Output>
  /** Sends a call of a list again and again until its last page, and answers all that stood in `member`. */
  listAll<Output, Member extends keyof Output & string>(
    call: Call<Output>,
    member: Member,
  ): Promise<Output[Member] extends (infer Item)[] ? Item[] : never>
}

interface Options {
  antiForgeryToken: string
  role: AdministrationRole
  log: CallLog
  now(): Date
  /** Called when the server no longer knows the session. */
  onSignedOut(): void
  fetch?: Fetch
}

export function createApi(options: Options): Api {
  const { log, now, onSignedOut } = options
  async function send<Output>(call: Call<Output>): Promise<Output> {
    const id = log.begin(call, now())
    try {
      const { answer, requestId } = await post(call, options)
      log.end(id, { status: 'done', ...(requestId ? { requestId } : {}) })
      return answer as Output
    } catch (error) {
      const refusal = error instanceof OperationRefused ? `${error.code}: ${error.message}` : 'No answer'
      log.end(id, { status: 'refused', refusal })
      if (error instanceof OperationRefused && error.status === 401) onSignedOut()
      throw error
    }
  }
  return {
    send,
    async listAll(call, member) {
      const all: unknown[] = []
      let NextToken: string | undefined
      do {
        const page = (await send({ ...call, input: { ...call.input, ...(NextToken ? { NextToken } : {}) } })) as Record<
          string,
          unknown
        >
        all.push(...((page[member] as unknown[] | undefined) ?? []))
        NextToken = page['NextToken'] as string | undefined
      } while (NextToken)
      return all as never
    },
  }
}

async function post(call: Call, options: Options): Promise<{ answer: unknown; requestId: string | undefined }> {
  const { antiForgeryToken, role, fetch: fetchFrom = (path: string, init: RequestInit) => fetch(path, init) } = options
  const response = await fetchFrom('/', {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${TARGET_PREFIXES[call.service]}.${call.operation}`,
      'x-mayfly-anti-forgery': antiForgeryToken,
      'x-mayfly-role': `${role.accountId}/${role.roleName}`,
    },
    credentials: 'same-origin',
    redirect: 'manual',
    cache: 'no-store',
    body: JSON.stringify(call.input),
  }).catch(() => undefined)
  if (response === undefined) {
    throw new OperationRefused(
      0,
      'unreachable',
      'The server cannot be reached.',
      'Check your connection, then try again.',
    )
  }
  const answer = await readJson(response)
  if (response.ok) return { answer: answer ?? {}, requestId: response.headers.get('x-amzn-requestid') ?? undefined }
  throw refusalOf(response, answer)
}

async function readJson(response: Response): Promise<Record<string, unknown> | undefined> {
  const text = await response.text().catch(() => '')
  try {
    return text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>)
  } catch {
    return undefined
  }
}

function refusalOf(response: Response, answer: Record<string, unknown> | undefined): OperationRefused {
  const named = response.headers.get('x-amzn-errortype') ?? String(answer?.['__type'] ?? 'fault')
  const code = named.split(':')[0]?.split('#').at(-1) ?? 'fault'
  const message = answer?.['Message'] ?? answer?.['message']
  const hint = answer?.['hint'] ?? answer?.['Hint']
  return new OperationRefused(
    response.status,
    code,
    typeof message === 'string' && message !== '' ? message : `The server answered with status ${response.status}.`,
    typeof hint === 'string' ? hint : hintFor(code),
  )
}
