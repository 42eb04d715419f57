/** Requests for new accounts, in SQL. */

import type {
  CreateAccountRequest,
  CreateAccountState,
} from '@mayfly/identity-center/organization/create-account-request'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<CreateAccountRequest>({
  id: 'text',
  accountName: 'text',
  state: 'text',
  accountId: 'text?',
  failureReason: 'text?',
  requestedAt: 'time',
  completedAt: 'time?',
})

const find = prepare((db, { id }: { id: string }) =>
  db.selectFrom('create_account_requests').selectAll().where('id', '=', id),
)
const insert = prepare((db, request: RowOf<CreateAccountRequest>) =>
  db.insertInto('create_account_requests').values(row(request, codec.columns)),
)

export class CreateAccountRequests {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: string): Promise<CreateAccountRequest | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  /** By state and id; those in any of the states. */
  async list(states: readonly CreateAccountState[], page: PageRequest): Promise<Page<CreateAccountRequest>> {
    const [state = '', id = ''] = keyOf(page, 2)
    const rows = await this.#connection.query((db) =>
      db
        .selectFrom('create_account_requests')
        .selectAll()
        .where('state', 'in', states)
        .where(({ eb, refTuple, tuple }) => eb(refTuple('state', 'id'), '>', tuple(state as CreateAccountState, id)))
        .orderBy('state')
        .orderBy('id')
        .limit(page.limit + 1),
    )
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.state, last.id] })
  }

  async insert(request: CreateAccountRequest): Promise<void> {
    await this.#connection.all(insert, codec.encode(request))
  }
}
