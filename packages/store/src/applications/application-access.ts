/** How applications come to tokens, and what those may ask for, in SQL: grants and access scopes. */

import type {
  ApplicationAccessScope,
  ApplicationGrant,
  ApplicationGrantType,
} from '@mayfly/identity-center/applications/application'
import type { ApplicationArn } from '@mayfly/identity-center/identifiers'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { FlatAccessScope, FlatApplicationGrant } from '../database/schema/applications.ts'

const grantCodec = createCodec<FlatApplicationGrant>({ applicationArn: 'text', type: 'text', details: 'text' })
const scopeCodec = createCodec<FlatAccessScope>({ applicationArn: 'text', scope: 'text', authorizedTargets: 'json' })

const decodeGrant = ({ details }: RowOf<FlatApplicationGrant>): ApplicationGrant => JSON.parse(details)

function decodeScope(found: RowOf<FlatAccessScope>): ApplicationAccessScope {
  const { scope, authorizedTargets } = scopeCodec.decode(found)
  return { scope, authorizedTargets }
}

interface GrantKey {
  readonly arn: string
  readonly type: string
}
interface ScopeKey {
  readonly arn: string
  readonly scope: string
}

const findGrant = prepare((db, { arn, type }: GrantKey) =>
  db.selectFrom('application_grants').selectAll().where('application_arn', '=', arn).where('type', '=', type),
)
const listGrants = prepare((db, { arn }: { arn: string }) =>
  db.selectFrom('application_grants').selectAll().where('application_arn', '=', arn).orderBy('type'),
)
const insertGrant = prepare((db, grant: RowOf<FlatApplicationGrant>) =>
  db
    .insertInto('application_grants')
    .values(row(grant, grantCodec.columns))
    .onConflict((conflict) =>
      conflict.columns(['application_arn', 'type']).doUpdateSet(({ ref }) => ({ details: ref('excluded.details') })),
    ),
)
const deleteGrant = prepare((db, { arn, type }: GrantKey) =>
  db.deleteFrom('application_grants').where('application_arn', '=', arn).where('type', '=', type),
)

const findScope = prepare((db, { arn, scope }: ScopeKey) =>
  db.selectFrom('application_access_scopes').selectAll().where('application_arn', '=', arn).where('scope', '=', scope),
)
const listScopes = prepare((db, { arn, scope, limit }: ScopeKey & { limit: number }) =>
  db
    .selectFrom('application_access_scopes')
    .selectAll()
    .where('application_arn', '=', arn)
    .where('scope', '>', scope)
    .orderBy('scope')
    .limit(limit),
)
const insertScope = prepare((db, scope: RowOf<FlatAccessScope>) =>
  db
    .insertInto('application_access_scopes')
    .values(row(scope, scopeCodec.columns))
    .onConflict((conflict) =>
      conflict
        .columns(['application_arn', 'scope'])
        .doUpdateSet(({ ref }) => ({ authorized_targets: ref('excluded.authorized_targets') })),
    ),
)
const deleteScope = prepare((db, { arn, scope }: ScopeKey) =>
  db.deleteFrom('application_access_scopes').where('application_arn', '=', arn).where('scope', '=', scope),
)

/** A page that holds every scope of an application: their number is bounded. */
const ALL = 1000

export class ApplicationAccess {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async findGrant<Type extends ApplicationGrantType>(
    arn: ApplicationArn,
    type: Type,
  ): Promise<Extract<ApplicationGrant, { type: Type }> | undefined> {
    const found = await this.#connection.first(findGrant, { arn, type })
    return found && (decodeGrant(found) as Extract<ApplicationGrant, { type: Type }>)
  }

  /** By kind; there are four kinds. */
  async listGrants(arn: ApplicationArn): Promise<ApplicationGrant[]> {
    return (await this.#connection.all(listGrants, { arn })).map(decodeGrant)
  }

  /** Takes the place of the one of that kind. Refuses with `conflict` when the application is gone. */
  async insertGrant(applicationArn: ApplicationArn, grant: ApplicationGrant): Promise<void> {
    const { type } = grant
    await this.#connection.all(insertGrant, grantCodec.encode({ applicationArn, type, details: JSON.stringify(grant) }))
  }

  /** One that is not there is no error. */
  async deleteGrant(arn: ApplicationArn, type: ApplicationGrantType): Promise<void> {
    await this.#connection.all(deleteGrant, { arn, type })
  }

  async findScope(arn: ApplicationArn, scope: string): Promise<ApplicationAccessScope | undefined> {
    const found = await this.#connection.first(findScope, { arn, scope })
    return found && decodeScope(found)
  }

  /** By scope. */
  async listScopes(arn: ApplicationArn, page: PageRequest): Promise<Page<ApplicationAccessScope>> {
    const [scope = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(listScopes, { arn, scope, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: decodeScope, keyOf: (last) => [last.scope] })
  }

  /** Every scope of an application. */
  async scopesOf(arn: ApplicationArn): Promise<ApplicationAccessScope[]> {
    return (await this.listScopes(arn, { limit: ALL })).items
  }

  /** Takes the place of the same scope. Refuses with `conflict` when the application is gone. */
  async insertScope(applicationArn: ApplicationArn, scope: ApplicationAccessScope): Promise<void> {
    await this.#connection.all(insertScope, scopeCodec.encode({ applicationArn, ...scope }))
  }

  /** One that is not there is no error. */
  async deleteScope(arn: ApplicationArn, scope: string): Promise<void> {
    await this.#connection.all(deleteScope, { arn, scope })
  }
}
