/** Applications, in SQL. */

import type { Application } from '@mayfly/identity-center/applications/application'
import type { AccountId, ApplicationArn, UserId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<Application>({
  arn: 'text',
  instanceArn: 'text',
  accountId: 'text',
  providerArn: 'text',
  name: 'text',
  description: 'text?',
  status: 'text',
  visibility: 'text',
  signInOptions: 'json?',
  assignmentRequired: 'boolean',
  actorPolicy: 'text?',
  createdFrom: 'text',
  createdAt: 'time',
})

const find = prepare((db, { arn }: { arn: string }) => db.selectFrom('applications').selectAll().where('arn', '=', arn))
const insert = prepare((db, application: RowOf<Application>) =>
  db.insertInto('applications').values(row(application, codec.columns)),
)
const update = prepare((db, application: RowOf<Application>) =>
  db
    .updateTable('applications')
    .set(row(application, codec.columns))
    .where('arn', '=', application.arn)
    .returning('arn'),
)
const remove = prepare((db, { arn }: { arn: string }) =>
  db.deleteFrom('applications').where('arn', '=', arn).returning('arn'),
)
const countAll = prepare((db, _: object) =>
  db.selectFrom('applications').select(({ fn }) => fn.countAll<number>().as('count')),
)
const listForUser = prepare((db, page: { userId: string; name: string; arn: string; limit: number }) =>
  db
    .selectFrom('applications')
    .selectAll()
    .where(({ eb, refTuple, tuple }) => eb(refTuple('name', 'arn'), '>', tuple(page.name, page.arn)))
    .where('status', '=', 'ENABLED')
    .where('visibility', '=', 'ENABLED')
    .where(({ eb, exists, or, selectFrom }) =>
      or([
        eb('assignment_required', '=', 0),
        exists(
          selectFrom('application_assignments as direct')
            .whereRef('direct.application_arn', '=', 'applications.arn')
            .where('direct.principal_type', '=', 'USER')
            .where('direct.principal_id', '=', page.userId)
            .select('direct.application_arn'),
        ),
        exists(
          selectFrom('group_memberships as membership')
            .innerJoin('application_assignments as shared', 'shared.principal_id', 'membership.group_id')
            .where('membership.user_id', '=', page.userId)
            .whereRef('shared.application_arn', '=', 'applications.arn')
            .where('shared.principal_type', '=', 'GROUP')
            .select('shared.application_arn'),
        ),
      ]),
    )
    .orderBy('name')
    .orderBy('arn')
    .limit(page.limit),
)

/** What to list: both, where both are given. */
export interface ApplicationFilter {
  readonly accountId?: AccountId
  readonly providerArn?: string
}

export class Applications {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(arn: ApplicationArn): Promise<Application | undefined> {
    const found = await this.#connection.first(find, { arn })
    return found && codec.decode(found)
  }

  async get(arn: ApplicationArn): Promise<Application> {
    return (await this.find(arn)) ?? refuse(arn)
  }

  async insert(application: Application): Promise<void> {
    await this.#connection.all(insert, codec.encode(application))
  }

  async update(application: Application): Promise<void> {
    if ((await this.#connection.all(update, codec.encode(application))).length === 0) refuse(application.arn)
  }

  /** Takes its assignments, grants and scopes along. */
  async delete(arn: ApplicationArn): Promise<void> {
    if ((await this.#connection.all(remove, { arn })).length === 0) refuse(arn)
  }

  /** How many there are. */
  async count(): Promise<number> {
    return Number((await this.#connection.first(countAll, {}))?.count ?? 0)
  }

  /** By ARN. */
  async list(filter: ApplicationFilter, page: PageRequest): Promise<Page<Application>> {
    const [arn = ''] = keyOf(page, 1)
    const rows = await this.#connection.query((db) => {
      let query = db.selectFrom('applications').selectAll().where('arn', '>', arn)
      if (filter.accountId !== undefined) query = query.where('account_id', '=', filter.accountId)
      if (filter.providerArn !== undefined) query = query.where('provider_arn', '=', filter.providerArn)
      return query.orderBy('arn').limit(page.limit + 1)
    })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.arn] })
  }

  /** What the user may use and the access portal shows, by name. */
  async listForUser(userId: UserId, page: PageRequest): Promise<Page<Application>> {
    const [name = '', arn = ''] = keyOf(page, 2)
    const rows = await this.#connection.all(listForUser, { userId, name, arn, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.name, last.arn] })
  }
}

function refuse(arn: ApplicationArn): never {
  throw new Refusal('not-found', `There is no application ${arn}.`, { resourceType: 'APPLICATION', resourceId: arn })
}
