/** Calls of any service, signed with role credentials, at whichever node is named. */

import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient } from '../../packages/wire/src/call.ts'
import { loadModel } from '../../packages/wire/src/model/models.ts'
import type { ServiceName } from '../../packages/wire/src/model/service-model.ts'
import type { SigningCredentials } from '../../packages/wire/src/signature-v4.ts'

export type SignedCall = (
  service: ServiceName,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  origin?: string,
) => Promise<Record<string, unknown>>

/** Goes to `origin` unless a call names another. */
export function signedCall(origin: string, credentials: SigningCredentials): SignedCall {
  return async (service, operation, input, at = origin) =>
    await (await clientOf(service, at, credentials)).call(operation, input)
}

async function clientOf(service: ServiceName, endpoint: string, credentials: SigningCredentials): Promise<Client> {
  return createClient(await loadModel(service), {
    endpoint,
    credentials,
    now: () => new Date(),
    send: async ({ method, url, headers, body }) => {
      const response = await fetch(url, { method, headers, ...(body === '' ? {} : { body }) })
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    },
  })
}

/** Milliseconds until something is so; rejects after ten seconds. */
export async function timeUntil(isSo: () => Promise<boolean>): Promise<number> {
  const start = performance.now()
  while (!(await isSo())) {
    if (performance.now() - start > 10_000) throw new Error('it was not so within ten seconds')
    await sleep(20)
  }
  return performance.now() - start
}
