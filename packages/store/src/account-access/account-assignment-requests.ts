/** What was asked for about account assignments, and what came of it, in SQL. */

import type {
  AccountAssignmentRequest,
  RequestStatus,
} from '@mayfly/identity-center/account-access/account-assignment-request'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { FlatAssignmentRequest } from '../database/schema/account-access.ts'
import { newestFirst } from './newest-first.ts'

const codec = createCodec<FlatAssignmentRequest>({
  id: 'text',
  instanceArn: 'text',
  operation: 'text',
  status: 'text',
  failureReason: 'text?',
  accountId: 'text',
  permissionSetArn: 'text',
  principalType: 'text',
  principalId: 'text',
  createdAt: 'time',
})

type Row = RowOf<FlatAssignmentRequest>
type Operation = AccountAssignmentRequest['operation']

const encode = ({ principal, ...request }: AccountAssignmentRequest): Row =>
  codec.encode({ ...request, principalType: principal.type, principalId: principal.id })

function decode(found: Row): AccountAssignmentRequest {
  const { principalType: type, principalId: id, ...request } = codec.decode(found)
  return { ...request, principal: { type, id } as AccountAssignmentRequest['principal'] }
}

const find = prepare((db, { id, operation }: { id: string; operation: Operation }) =>
  db.selectFrom('account_assignment_requests').selectAll().where('id', '=', id).where('operation', '=', operation),
)
const insert = prepare((db, request: Row) =>
  db.insertInto('account_assignment_requests').values(row(request, codec.columns)),
)
const deleteOlder = prepare((db, { time }: { time: string }) =>
  db
    .deleteFrom('account_assignment_requests')
    // Both of them, named because the index begins with them.
    .where('operation', 'in', ['CREATE', 'DELETE'])
    .where('created_at', '<=', time)
    .returning('id'),
)

export class AccountAssignmentRequests {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: string, operation: Operation): Promise<AccountAssignmentRequest | undefined> {
    const found = await this.#connection.first(find, { id, operation })
    return found && decode(found)
  }

  async insert(request: AccountAssignmentRequest): Promise<void> {
    await this.#connection.all(insert, encode(request))
  }

  /** The newest first. */
  async list(
    { operation, status }: { readonly operation: Operation; readonly status?: RequestStatus },
    page: PageRequest,
  ): Promise<Page<AccountAssignmentRequest>> {
    const { createdAt, id } = newestFirst(page)
    const rows = await this.#connection.query((db) => {
      const query = db
        .selectFrom('account_assignment_requests')
        .selectAll()
        .where('operation', '=', operation)
        .where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '<', tuple(createdAt, id)))
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit + 1)
      return status === undefined ? query : query.where('status', '=', status)
    })
    return pageOf(rows, page, { decode, keyOf: (last) => [last.created_at, last.id] })
  }

  /** Forgets those made at `time` or before. */
  async deleteOlder(time: Date): Promise<number> {
    return (await this.#connection.all(deleteOlder, { time: timeText(time) })).length
  }
}
