/** The seals of the audit chain and its two checkpoints, in SQL. */

import type { AuditCheckpoint, AuditSeal } from '@mayfly/identity-center/audit-chain'
import { sql } from 'kysely'
import { createCodec, type RowOf, timeText } from './database/codec.ts'
import type { Connection } from './database/connection.ts'
import { prepare, row } from './database/query.ts'

const sealCodec = createCodec<AuditSeal>({
  number: 'number',
  firstPosition: 'number',
  lastPosition: 'number',
  late: 'json',
  missing: 'json',
  events: 'number',
  newestEventTime: 'time',
  hash: 'text',
  sealedAt: 'time',
  keyId: 'text',
  mac: 'text',
})
const checkpointCodec = createCodec<AuditCheckpoint>({
  name: 'text',
  number: 'number',
  position: 'number',
  events: 'number',
  hash: 'text',
  notedAt: 'time',
  keyId: 'text',
  mac: 'text',
})

/** So that nobody waits long behind the housekeeping. */
const DELETED_AT_ONCE = 1000

const insertSeal = prepare((db, seal: RowOf<AuditSeal>) =>
  db.insertInto('audit_seals').values(row(seal, sealCodec.columns)),
)
const last = prepare((db, _: object) => db.selectFrom('audit_seals').selectAll().orderBy('number', 'desc').limit(1))
const get = prepare((db, { number }: { number: number }) =>
  db.selectFrom('audit_seals').selectAll().where('number', '=', number),
)
const list = prepare((db, { behind, limit }: { behind: number; limit: number }) =>
  db.selectFrom('audit_seals').selectAll().where('number', '>', behind).orderBy('number').limit(limit),
)
const listLate = prepare((db, _: object) =>
  db.selectFrom('audit_seals').selectAll().where(sql<boolean>`late <> '[]'`).orderBy('number'),
)
const firstSince = prepare((db, { moment }: { moment: string }) =>
  db.selectFrom('audit_seals').selectAll().where('newest_event_time', '>=', moment).orderBy('number').limit(1),
)
const deleteUpTo = prepare((db, { number, limit }: { number: number; limit: number }) =>
  db
    .deleteFrom('audit_seals')
    .where('number', 'in', ({ selectFrom }) =>
      selectFrom('audit_seals').select('number').where('number', '<=', number).orderBy('number').limit(limit),
    )
    .returning('number'),
)
const findCheckpoint = prepare((db, { name }: { name: string }) =>
  db.selectFrom('audit_checkpoints').selectAll().where('name', '=', name),
)
const insertCheckpoint = prepare((db, checkpoint: RowOf<AuditCheckpoint>) =>
  db
    .insertInto('audit_checkpoints')
    .values(row(checkpoint, checkpointCodec.columns))
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('number'),
)
const replaceCheckpoint = prepare((db, checkpoint: RowOf<AuditCheckpoint> & { previous: number }) =>
  db
    .updateTable('audit_checkpoints')
    .set(row<RowOf<AuditCheckpoint>>(checkpoint, checkpointCodec.columns))
    .where('name', '=', checkpoint.name)
    .where('number', '=', checkpoint.previous)
    .returning('number'),
)

export class AuditSeals {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async insert(seal: AuditSeal): Promise<void> {
    await this.#connection.all(insertSeal, sealCodec.encode(seal))
  }

  async findLast(): Promise<AuditSeal | undefined> {
    const found = await this.#connection.first(last, {})
    return found && sealCodec.decode(found)
  }

  async find(number: number): Promise<AuditSeal | undefined> {
    const found = await this.#connection.first(get, { number })
    return found && sealCodec.decode(found)
  }

  /** In the order of their numbers, behind one. */
  async list(behind: number, limit: number): Promise<AuditSeal[]> {
    return (await this.#connection.all(list, { behind, limit })).map(sealCodec.decode)
  }

  /** Every place that was sealed later than one behind it. */
  async listLatePositions(): Promise<Map<number, number>> {
    const seals = (await this.#connection.all(listLate, {})).map(sealCodec.decode)
    return new Map(seals.flatMap(({ number, late }) => late.map((position) => [position, number] as const)))
  }

  /** The first seal, in the order of their numbers, with an event from that moment on. */
  async findFirstSince(moment: Date): Promise<AuditSeal | undefined> {
    const found = await this.#connection.first(firstSince, { moment: timeText(moment) })
    return found && sealCodec.decode(found)
  }

  async deleteUpTo(number: number): Promise<void> {
    for (;;) {
      const deleted = await this.#connection.all(deleteUpTo, { number, limit: DELETED_AT_ONCE })
      if (deleted.length < DELETED_AT_ONCE) return
    }
  }

  async findCheckpoint(name: AuditCheckpoint['name']): Promise<AuditCheckpoint | undefined> {
    const found = await this.#connection.first(findCheckpoint, { name })
    return found && checkpointCodec.decode(found)
  }

  /** Puts it in the place of the one that covers `previous` seals; false when that is not there: somebody came first. */
  async replaceCheckpoint(checkpoint: AuditCheckpoint, previous: number | undefined): Promise<boolean> {
    const encoded = checkpointCodec.encode(checkpoint)
    const changed =
      previous === undefined
        ? await this.#connection.all(insertCheckpoint, encoded)
        : await this.#connection.all(replaceCheckpoint, { ...encoded, previous })
    return changed.length > 0
  }
}
