/** Calls of one service, for tests that read the members of its answers. */

import type { Client } from '@mayfly/wire/call'

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test expects of it.
type Answer = any

export type Call = (operation: string, input?: Record<string, unknown>) => Promise<Answer>

export const answering =
  (client: Client): Call =>
  (operation, input = {}) =>
    client.call(operation, input)
