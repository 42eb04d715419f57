/** Creating with a client token: a repeat answers as the first one did and makes nothing (§1.10). */

import { type ClientToken, createClientToken } from '@mayfly/identity-center/client-token'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Transaction } from '@mayfly/store'
import { getRoleCaller, type OperationContext } from '../../operation/operation-context.ts'

interface AskedOnce {
  readonly operation: string
  readonly input: { readonly ClientToken?: string | undefined }
}

/**
 * Gives the ARN that `create` makes, or the one that an earlier call with the same token made. Refuses with `conflict`
 * the same token with another input. `create` may be run again, and writes through `tx` alone.
 */
export async function createOnce(
  { operation, input: { ClientToken: token, ...input } }: AskedOnce,
  context: OperationContext,
  create: (tx: Transaction) => Promise<string>,
): Promise<string> {
  const { store, clock } = context
  if (token === undefined) return await store.transaction(create)
  const scope = `${getRoleCaller(context).accountId}/${operation}`
  const now = clock.now()
  const kept = (answer: string): ClientToken => createClientToken({ scope, token, input, answer }, now)
  const known = await store.clientTokens.find(scope, token, now)
  if (known) return answerAgain(known, kept(''))
  try {
    return await store.transaction(async (tx) => {
      const answer = await create(tx)
      await tx.clientTokens.insert(kept(answer), now)
      return answer
    })
  } catch (error) {
    // Another call with the same token may have come in between.
    const winner = await store.clientTokens.find(scope, token, now)
    if (!winner || !(error instanceof Refusal)) throw error
    return answerAgain(winner, kept(''))
  }
}

function answerAgain(known: ClientToken, asked: ClientToken): string {
  if (known.inputHash === asked.inputHash) return known.answer
  throw new Refusal('conflict', 'This ClientToken was used before, with another input.')
}
