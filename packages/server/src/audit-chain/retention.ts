/** Lets old events go without breaking the chain: whole seals from its beginning, and a checkpoint of where it begins. */

import { checkpointText } from '@mayfly/identity-center/audit-chain'
import { authenticate, type ChainContext } from './seal.ts'

/**
 * Deletes the seals all of whose events are older than `moment`, but never the last one. Returns how many events went.
 * A seal goes before its events do, so that what is interrupted is taken up by the next call.
 */
export async function deleteEventsBefore(moment: Date, context: ChainContext): Promise<number> {
  const { store, clock, keys } = context
  const head = await store.auditSeals.findCheckpoint('head')
  if (!head) return 0
  const firstKept = (await store.auditSeals.findFirstSince(moment))?.number ?? head.number
  const last = await store.auditSeals.find(firstKept - 1)
  const base = await store.auditSeals.findCheckpoint('base')
  if (last && last.number > (base?.number ?? 0)) {
    const { number, lastPosition: position, events, hash } = last
    const checkpoint = { name: 'base', number, position, events, hash, notedAt: clock.now() } as const
    const changed = await store.transaction((tx) =>
      tx.auditSeals.replaceCheckpoint(
        { ...checkpoint, ...authenticate(checkpointText(checkpoint), keys) },
        base?.number,
      ),
    )
    if (!changed) return 0
    await store.auditSeals.deleteUpTo(number)
  }
  const position = Math.max(last?.lastPosition ?? 0, base?.position ?? 0)
  if (position === 0) return 0
  const late = [...(await store.auditSeals.listLatePositions()).keys()]
  return await store.auditEvents.deleteUpTo(position, late)
}
