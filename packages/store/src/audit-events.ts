/** Audit events, in SQL: written with what they tell of, read newest first. */

import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { createCodec, timeText } from './database/codec.ts'
import type { Connection } from './database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from './database/page.ts'
import { prepare, row } from './database/query.ts'
import type { Schema } from './database/schema.ts'

const codec = createCodec<AuditEvent>({
  eventId: 'text',
  eventTime: 'time',
  eventSource: 'text',
  eventName: 'text',
  requestId: 'text',
  sourceAddress: 'text',
  userAgent: 'text',
  userIdentity: 'json',
  requestParameters: 'json?',
  responseElements: 'json?',
  additionalEventData: 'json?',
  serviceEventDetails: 'json?',
  errorCode: 'text?',
  errorMessage: 'text?',
  readOnly: 'boolean',
})
const columns = [...codec.columns, 'user_id' as const]

/** So that nobody waits long behind the housekeeping. */
const DELETED_AT_ONCE = 1000

const insert = prepare((db, event: Schema['audit_events']) => db.insertInto('audit_events').values(row(event, columns)))
const count = prepare((db, _: object) =>
  db.selectFrom('audit_events').select(({ fn }) => fn.countAll<number>().as('count')),
)
const deleteBefore = prepare((db, { moment }: { moment: string }) =>
  db
    .deleteFrom('audit_events')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('event_time', 'event_id'),
        'in',
        selectFrom('audit_events')
          .select(['event_time', 'event_id'])
          .where('event_time', '<', moment)
          .orderBy('event_time')
          .limit(DELETED_AT_ONCE)
          .$asTuple('event_time', 'event_id'),
      ),
    )
    .returning('event_id'),
)

export interface AuditFilter {
  /** From this moment on. */
  readonly since?: Date
  /** Before this moment. */
  readonly until?: Date
  readonly eventName?: string
  readonly userId?: UserId
  readonly page: PageRequest
}

export class AuditEvents {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async insert(event: AuditEvent): Promise<void> {
    await this.#connection.all(insert, { ...codec.encode(event), user_id: userIdOf(event) })
  }

  /** Newest first. */
  async list({ since, until, eventName, userId, page }: AuditFilter): Promise<Page<AuditEvent>> {
    const rows = await this.#connection.query((db) => {
      let query = db.selectFrom('audit_events').selectAll()
      if (since !== undefined) query = query.where('event_time', '>=', timeText(since))
      if (until !== undefined) query = query.where('event_time', '<', timeText(until))
      if (eventName !== undefined) query = query.where('event_name', '=', eventName)
      if (userId !== undefined) query = query.where('user_id', '=', userId)
      if (page.after !== undefined) {
        const [time = '', id = ''] = keyOf(page, 2)
        query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('event_time', 'event_id'), '<', tuple(time, id)))
      }
      return query
        .orderBy('event_time', 'desc')
        .orderBy('event_id', 'desc')
        .limit(page.limit + 1)
    })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.event_time, last.event_id] })
  }

  async count(): Promise<number> {
    return (await this.#connection.first(count, {}))?.count ?? 0
  }

  /** How many went. */
  async deleteBefore(moment: Date): Promise<number> {
    for (let count = 0; ; ) {
      const deleted = await this.#connection.all(deleteBefore, { moment: timeText(moment) })
      count += deleted.length
      if (deleted.length < DELETED_AT_ONCE) return count
    }
  }
}

/** Whom the event is about, for finding: `onBehalfOf.userId` as CloudTrail has it, else a plain `userId`. */
function userIdOf({ userIdentity }: AuditEvent): string | null {
  const onBehalfOf = userIdentity['onBehalfOf']
  const nested =
    typeof onBehalfOf === 'object' && onBehalfOf !== null && 'userId' in onBehalfOf ? onBehalfOf.userId : undefined
  const userId = nested ?? userIdentity['userId']
  return typeof userId === 'string' ? userId : null
}
