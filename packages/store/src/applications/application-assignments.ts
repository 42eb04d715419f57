/** Application assignments, in SQL. */

import type { Principal } from '@mayfly/identity-center/account-access/account-assignment'
import type { ApplicationAssignment } from '@mayfly/identity-center/applications/application-assignment'
import type { ApplicationArn, UserId } from '@mayfly/identity-center/identifiers'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { type Builder, prepare, row } from '../database/query.ts'
import type { FlatApplicationAssignment } from '../database/schema/applications.ts'

const codec = createCodec<FlatApplicationAssignment>({
  applicationArn: 'text',
  principalType: 'text',
  principalId: 'text',
  createdAt: 'time',
})

type Row = RowOf<FlatApplicationAssignment>
type Key = Omit<ApplicationAssignment, 'createdAt'>

const encode = ({ principal, ...assignment }: ApplicationAssignment): Row =>
  codec.encode({ ...assignment, principalType: principal.type, principalId: principal.id })

function decode(found: Row): ApplicationAssignment {
  const { principalType: type, principalId: id, ...assignment } = codec.decode(found)
  return { ...assignment, principal: { type, id } as Principal }
}

const rowKey = ({ applicationArn, principal }: Key) => ({ arn: applicationArn, type: principal.type, id: principal.id })
type RowKey = ReturnType<typeof rowKey>

const find = prepare((db, { arn, type, id }: RowKey) =>
  db
    .selectFrom('application_assignments')
    .selectAll()
    .where('application_arn', '=', arn)
    .where('principal_type', '=', type)
    .where('principal_id', '=', id),
)
const insert = prepare((db, assignment: Row) =>
  db
    .insertInto('application_assignments')
    .values(row(assignment, codec.columns))
    .onConflict((conflict) => conflict.doNothing()),
)
const remove = prepare((db, { arn, type, id }: RowKey) =>
  db
    .deleteFrom('application_assignments')
    .where('application_arn', '=', arn)
    .where('principal_type', '=', type)
    .where('principal_id', '=', id)
    .returning('application_arn'),
)
const list = prepare((db, after: { arn: string; type: string; id: string; limit: number }) =>
  db
    .selectFrom('application_assignments')
    .selectAll()
    .where('application_arn', '=', after.arn)
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('principal_type', 'principal_id'), '>', tuple(after.type as 'USER', after.id)),
    )
    .orderBy('principal_type')
    .orderBy('principal_id')
    .limit(after.limit),
)

/** The user's own assignments. */
const direct = (db: Builder, userId: string) =>
  db
    .selectFrom('application_assignments')
    .where('principal_type', '=', 'USER')
    .where('principal_id', '=', userId)
    .select(['application_arn', 'principal_type', 'principal_id', 'created_at'])

/** Those of the user's groups. */
const shared = (db: Builder, userId: string) =>
  db
    .selectFrom('group_memberships')
    .innerJoin('application_assignments as held', 'held.principal_id', 'group_memberships.group_id')
    .where('group_memberships.user_id', '=', userId)
    .where('held.principal_type', '=', 'GROUP')
    .select(['held.application_arn', 'held.principal_type', 'held.principal_id', 'held.created_at'])

const isAssigned = prepare((db, { userId, arn }: { userId: string; arn: string }) =>
  db
    .selectFrom(
      direct(db, userId)
        .where('application_arn', '=', arn)
        .unionAll(shared(db, userId).where('held.application_arn', '=', arn))
        .as('held'),
    )
    .select('held.application_arn')
    .limit(1),
)

export class ApplicationAssignments {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The principal's own; a user's groups are not asked. */
  async find(key: Key): Promise<ApplicationAssignment | undefined> {
    const found = await this.#connection.first(find, rowKey(key))
    return found && decode(found)
  }

  /** Again is no error: the first one stays. Refuses with `conflict` when the application is gone. */
  async insert(assignment: ApplicationAssignment): Promise<void> {
    await this.#connection.all(insert, encode(assignment))
  }

  /** False when there was none. */
  async delete(key: Key): Promise<boolean> {
    return (await this.#connection.all(remove, rowKey(key))).length > 0
  }

  /** By principal. */
  async list(applicationArn: ApplicationArn, page: PageRequest): Promise<Page<ApplicationAssignment>> {
    const [type = '', id = ''] = keyOf(page, 2)
    const rows = await this.#connection.all(list, { arn: applicationArn, type, id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode, keyOf: (last) => [last.principal_type, last.principal_id] })
  }

  /** What a principal may use: a user's own assignments and those of the user's groups, by application and principal. */
  async listForPrincipal(
    principal: Principal,
    { applicationArn }: { readonly applicationArn?: ApplicationArn | undefined },
    page: PageRequest,
  ): Promise<Page<ApplicationAssignment>> {
    const [arn = '', type = '', id = ''] = keyOf(page, 3)
    const rows = await this.#connection.query((db) => {
      const held =
        principal.type === 'USER'
          ? direct(db, principal.id).unionAll(shared(db, principal.id))
          : db
              .selectFrom('application_assignments')
              .where('principal_type', '=', 'GROUP')
              .where('principal_id', '=', principal.id)
              .select(['application_arn', 'principal_type', 'principal_id', 'created_at'])
      const query = db
        .selectFrom(held.as('held'))
        .selectAll('held')
        .where(({ eb, refTuple, tuple }) =>
          eb(
            refTuple('held.application_arn', 'held.principal_type', 'held.principal_id'),
            '>',
            tuple(arn, type as 'USER', id),
          ),
        )
      return (applicationArn === undefined ? query : query.where('held.application_arn', '=', applicationArn))
        .orderBy('held.application_arn')
        .orderBy('held.principal_type')
        .orderBy('held.principal_id')
        .limit(page.limit + 1)
    })
    return pageOf(rows, page, {
      decode,
      keyOf: (last) => [last.application_arn, last.principal_type, last.principal_id],
    })
  }

  /** Whether the user, or one of the user's groups, is assigned to the application. */
  async isAssigned(applicationArn: ApplicationArn, userId: UserId): Promise<boolean> {
    return (await this.#connection.first(isAssigned, { userId, arn: applicationArn })) !== undefined
  }
}
