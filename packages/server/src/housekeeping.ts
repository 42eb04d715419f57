/** Deletes what has expired, and keeps this node in step with what others have withdrawn. */

import { before, type Duration, days, milliseconds, minutes, seconds } from '@mayfly/identity-center/duration'
import { randomUuid } from '@mayfly/identity-center/random'
import { SIGN_IN_RULE } from '@mayfly/identity-center/sign-in/sign-in-attempt'
import { deleteEventsBefore } from './audit-chain/retention.ts'
import { type ChainContext, sealEvents } from './audit-chain/seal.ts'
import type { ServerContext } from './context/context.ts'
import { describeError } from './context/log.ts'
import { deleteRetiredKeys } from './keys/rotation.ts'
import { deliverMails } from './mail-delivery/deliver.ts'
import { createSend } from './mail-delivery/transport.ts'

/** A revocation is to be seen everywhere within a second; this leaves room for the query, on a busy machine too. */
const REVOCATIONS_EVERY = milliseconds(500)
/** An event is in the chain within a second. */
const SEALED_EVERY = milliseconds(500)
const MAILS_EVERY = seconds(1)
const EXPIRED_EVERY = minutes(1)
/** AWS shows 90 days of events; keep as much. */
const AUDIT_EVENTS_FOR = days(90)
/** What became of an assignment or a provisioning can be asked for as long (§3.6). */
const REQUESTS_FOR = days(90)

/** Runs until the signal is aborted. A pass that fails is logged and tried again at the next one. */
export async function keepHouse(context: ServerContext, signal: AbortSignal): Promise<void> {
  const node = randomUuid(context.random)
  const send = createSend(context.config)
  await Promise.all([
    repeat(REVOCATIONS_EVERY, () => takeUpRevocations(context), context, signal),
    repeat(SEALED_EVERY, async () => void (await sealEvents(context, node)), context, signal),
    repeat(MAILS_EVERY, async () => void (await deliverMails(context, send, signal)), context, signal),
    repeat(EXPIRED_EVERY, () => deleteExpired(context), context, signal),
  ])
}

async function takeUpRevocations({ revocations, policies, keys, store }: ServerContext): Promise<void> {
  await revocations.refresh()
  await policies.refresh()
  await keys.refresh(store)
}

/** One pass over every table whose rows have an end. */
export async function deleteExpired(context: ChainContext): Promise<void> {
  const { store, clock } = context
  const now = clock.now()
  await store.deviceAuthorizations.deleteExpired(now)
  await store.authorizationCodes.deleteExpired(now)
  await store.accessTokens.deleteExpired(now)
  await store.refreshTokens.deleteExpired(now)
  await store.tokenFamilies.deleteExpired(now)
  await store.sessions.deleteExpired(now)
  await store.oneTimeLinks.deleteExpired(now)
  await store.emailCodes.deleteExpired(now)
  await store.spentAssertions.deleteExpired(now)
  await store.clientTokens.deleteExpired(now)
  await store.revocations.deleteExpired(now)
  await store.signInAttempts.deleteBefore(before(now, SIGN_IN_RULE.forgottenAfter))
  await store.accountAssignmentRequests.deleteOlder(before(now, REQUESTS_FOR))
  await store.provisioningRequests.deleteOlder(before(now, REQUESTS_FOR))
  await deleteRetiredKeys(context)
  await deleteEventsBefore(before(now, AUDIT_EVENTS_FOR), context)
}

async function repeat(
  every: Duration,
  pass: () => Promise<void>,
  { clock, log }: ServerContext,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(every, signal)
      await pass()
    } catch (error) {
      if (!signal.aborted) log.error('Housekeeping failed.', describeError(error))
    }
  }
}
