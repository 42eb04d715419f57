/** What was asked for about provisioning, and what came of it, in SQL. */

import type {
  ProvisioningRequest,
  RequestStatus,
} from '@mayfly/identity-center/account-access/account-assignment-request'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import { newestFirst } from './newest-first.ts'

const codec = createCodec<ProvisioningRequest>({
  id: 'text',
  instanceArn: 'text',
  status: 'text',
  failureReason: 'text?',
  accountId: 'text?',
  permissionSetArn: 'text',
  createdAt: 'time',
})

const find = prepare((db, { id }: { id: string }) =>
  db.selectFrom('provisioning_requests').selectAll().where('id', '=', id),
)
const insert = prepare((db, request: RowOf<ProvisioningRequest>) =>
  db.insertInto('provisioning_requests').values(row(request, codec.columns)),
)
const deleteOlder = prepare((db, { time }: { time: string }) =>
  db.deleteFrom('provisioning_requests').where('created_at', '<=', time).returning('id'),
)

export class ProvisioningRequests {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: string): Promise<ProvisioningRequest | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  async insert(request: ProvisioningRequest): Promise<void> {
    await this.#connection.all(insert, codec.encode(request))
  }

  /** The newest first. */
  async list({ status }: { readonly status?: RequestStatus }, page: PageRequest): Promise<Page<ProvisioningRequest>> {
    const { createdAt, id } = newestFirst(page)
    const rows = await this.#connection.query((db) => {
      const query = db
        .selectFrom('provisioning_requests')
        .selectAll()
        .where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '<', tuple(createdAt, id)))
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit + 1)
      return status === undefined ? query : query.where('status', '=', status)
    })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.created_at, last.id] })
  }

  /** Forgets those made at `time` or before. */
  async deleteOlder(time: Date): Promise<number> {
    return (await this.#connection.all(deleteOlder, { time: timeText(time) })).length
  }
}
