/** The audit record, read: events newest first, and whether their chain is whole. */

import type { UserId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { type AuditFilter, userIdOf } from '@mayfly/store'
import { formatRecord } from '../../audit-chain/record.ts'
import { verifyChain } from '../../audit-chain/verify.ts'
import { listPage } from '../../operation/list-page.ts'
import type { Mayfly } from './mayfly-handlers.ts'

const LARGEST_PAGE = 100
/** What can be verified while somebody waits; `mayfly-server audit verify` reads the whole. */
const VERIFIED_SEALS = 100

export const audit = {
  async ListAuditEvents(input, context) {
    const filter = filterOf(input)
    const filters = Object.values(filter).map((value) => (value instanceof Date ? value.toISOString() : String(value)))
    const listing = { operation: 'ListAuditEvents', input, largestPage: LARGEST_PAGE, filters }
    const instance = await context.instance()
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.auditEvents.list({ ...filter, page }),
    )
    return { Events: items.map((event) => formatRecord(event, userIdOf(event) ?? undefined, instance)), ...next }
  },

  async GetAuditChainStatus(_, { store, keys }) {
    const head = await store.auditSeals.findCheckpoint('head')
    const last = await store.auditSeals.findLast()
    const { problems } = await verifyChain({ store, keys, lastSeals: VERIFIED_SEALS })
    const [first] = problems
    return {
      State: first !== undefined ? 'BROKEN' : head === undefined ? 'EMPTY' : 'INTACT',
      Events: head?.events ?? 0,
      ...(last ? { LastEventAt: last.newestEventTime } : {}),
      ...(head ? { LastHash: head.hash } : {}),
      ...(first === undefined ? {} : { BrokenAt: first }),
    }
  },
} satisfies Partial<Mayfly>

type Asked = Parameters<Mayfly['ListAuditEvents']>[0]

function filterOf({
  StartTime,
  EndTime,
  EventName,
  EventSource,
  UserId,
  ErrorsOnly,
}: Asked): Omit<AuditFilter, 'page'> {
  if (StartTime && EndTime && StartTime >= EndTime) {
    throw new Refusal('invalid', 'EndTime must lie behind StartTime.')
  }
  return {
    ...(StartTime === undefined ? {} : { since: StartTime }),
    ...(EndTime === undefined ? {} : { until: EndTime }),
    ...(EventName === undefined ? {} : { eventName: EventName }),
    ...(EventSource === undefined ? {} : { eventSource: EventSource }),
    ...(UserId === undefined ? {} : { userId: UserId as UserId }),
    ...(ErrorsOnly === true ? { errorsOnly: true } : {}),
  }
}
