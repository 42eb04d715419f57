/** Calls of the server's own service, signed as AWS's clients sign theirs. */

import { createClient } from '../../packages/wire/src/call.ts'
import { loadModel } from '../../packages/wire/src/model/models.ts'
import type { Keys } from './founder.ts'

export async function callMayfly(
  origin: string,
  credentials: Keys,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const client = createClient(await loadModel('mayfly'), {
    endpoint: origin,
    credentials,
    now: () => new Date(),
    send: async ({ method, url, headers, body }) => {
      const response = await fetch(url, { method, headers, body })
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    },
  })
  return await client.call(operation, input)
}
