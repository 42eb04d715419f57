/** Audit events, in SQL: written with what they tell of, read newest first. */

import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { sql } from 'kysely'
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

const insert = prepare((db, event: Omit<Schema['audit_events'], 'position'>) =>
  db.insertInto('audit_events').values(row(event, columns)),
)
const count = prepare((db, _: object) =>
  db.selectFrom('audit_events').select(({ fn }) => fn.countAll<number>().as('count')),
)

/** `canonicalText` of the columns, as the database writes it: much quicker than to fetch each of them. */
const canonical = sql<string>`${sql.join(
  columns.map((column) => {
    const text = column === 'read_only' ? sql`cast(read_only as text)` : sql.ref(column)
    return sql`coalesce(octet_length(${text}) || ':' || ${text}, '-')`
  }),
  sql` || ',' || `,
)}`

const listTexts = prepare((db, { behind, upTo, limit }: { behind: number; upTo: number; limit: number }) =>
  db
    .selectFrom('audit_events')
    .select(['position', 'event_time', canonical.as('text')])
    .where('position', '>', behind)
    .where('position', '<=', upTo)
    .orderBy('position')
    .limit(limit),
)
const listPositioned = prepare((db, { behind, upTo, limit }: { behind: number; upTo: number; limit: number }) =>
  db
    .selectFrom('audit_events')
    .selectAll()
    .where('position', '>', behind)
    .where('position', '<=', upTo)
    .orderBy('position')
    .limit(limit),
)
const newestPosition = prepare((db, _: object) =>
  db.selectFrom('audit_events').select(({ fn }) => fn.max('position').as('position')),
)
const deletePart = prepare((db, { behind, upTo, limit }: { behind: number; upTo: number; limit: number }) =>
  db
    .deleteFrom('audit_events')
    .where('position', 'in', ({ selectFrom }) =>
      selectFrom('audit_events')
        .select('position')
        .where('position', '>', behind)
        .where('position', '<=', upTo)
        .orderBy('position')
        .limit(limit),
    )
    .returning('position'),
)

/** An event by its place and its canonical text. */
export interface EventText {
  readonly position: number
  readonly eventTime: Date
  readonly text: string
}

/** An event, its place, and the user under whom it is found. */
export interface PositionedEvent {
  readonly position: number
  readonly userId: string | undefined
  readonly event: AuditEvent
}

/** Which events by their place: behind one, up to another. */
export interface PositionFilter {
  readonly behind: number
  readonly upTo?: number
  readonly limit: number
}

const LAST_POSITION = Number.MAX_SAFE_INTEGER

/** The fields of an event in the order of its canonical text. */
export function canonicalFields(event: AuditEvent, userId: string | undefined): (string | null)[] {
  const encoded: Record<string, unknown> = { ...codec.encode(event), user_id: userId ?? null }
  return columns.map((column) => (encoded[column] === null ? null : String(encoded[column])))
}

export interface AuditFilter {
  /** From this moment on. */
  readonly since?: Date
  /** Before this moment. */
  readonly until?: Date
  readonly eventName?: string
  readonly eventSource?: string
  readonly userId?: UserId
  /** Those alone that were refused or failed. */
  readonly errorsOnly?: boolean
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
  async list(filter: AuditFilter): Promise<Page<AuditEvent>> {
    const { since, until, eventName, eventSource, userId, errorsOnly, page } = filter
    const rows = await this.#connection.query((db) => {
      let query = db.selectFrom('audit_events').selectAll()
      if (since !== undefined) query = query.where('event_time', '>=', timeText(since))
      if (until !== undefined) query = query.where('event_time', '<', timeText(until))
      if (eventName !== undefined) query = query.where('event_name', '=', eventName)
      if (eventSource !== undefined) query = query.where('event_source', '=', eventSource)
      if (userId !== undefined) query = query.where('user_id', '=', userId)
      if (errorsOnly === true) query = query.where('error_code', 'is not', null)
      if (page.after !== undefined) {
        const [time = '', position = ''] = keyOf(page, 2)
        query = query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('event_time', 'position'), '<', tuple(time, Number(position))),
        )
      }
      return query
        .orderBy('event_time', 'desc')
        .orderBy('position', 'desc')
        .limit(page.limit + 1)
    })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.event_time, String(last.position)] })
  }

  /** Canonical texts in the order of their places. */
  async listTexts({ behind, upTo = LAST_POSITION, limit }: PositionFilter): Promise<EventText[]> {
    return (await this.#connection.all(listTexts, { behind, upTo, limit })).map(toEventText)
  }

  /** Events in the order of their places. */
  async listPositioned({ behind, upTo = LAST_POSITION, limit }: PositionFilter): Promise<PositionedEvent[]> {
    const rows = await this.#connection.all(listPositioned, { behind, upTo, limit })
    return rows.map((each) => ({
      position: each.position,
      userId: each.user_id ?? undefined,
      event: codec.decode(each),
    }))
  }

  /** 0 when there is none. */
  async newestPosition(): Promise<number> {
    return (await this.#connection.first(newestPosition, {}))?.position ?? 0
  }

  async count(): Promise<number> {
    return (await this.#connection.first(count, {}))?.count ?? 0
  }

  /** Deletes the events up to a place, but for some; how many went. */
  async deleteUpTo(upTo: number, except: readonly number[] = []): Promise<number> {
    let count = 0
    let behind = 0
    for (const kept of [...except.filter((position) => position <= upTo), upTo + 1].sort((a, b) => a - b)) {
      count += await this.#deleteBetween(behind, kept - 1)
      behind = kept
    }
    return count
  }

  async #deleteBetween(behind: number, upTo: number): Promise<number> {
    for (let count = 0; ; ) {
      const deleted = await this.#connection.all(deletePart, { behind, upTo, limit: DELETED_AT_ONCE })
      count += deleted.length
      if (deleted.length < DELETED_AT_ONCE) return count
    }
  }
}

const toEventText = (each: { position: number; event_time: string; text: string }): EventText => ({
  position: each.position,
  eventTime: new Date(each.event_time),
  text: each.text,
})

/** Whom the event is about, for finding: `onBehalfOf.userId` as CloudTrail has it, else a plain `userId`. */
export function userIdOf({ userIdentity }: AuditEvent): string | null {
  const onBehalfOf = userIdentity['onBehalfOf']
  const nested =
    typeof onBehalfOf === 'object' && onBehalfOf !== null && 'userId' in onBehalfOf ? onBehalfOf.userId : undefined
  const userId = nested ?? userIdentity['userId']
  return typeof userId === 'string' ? userId : null
}
