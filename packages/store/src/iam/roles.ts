/** Roles of local accounts, in SQL. */

import type { IamRole } from '@mayfly/identity-center/iam/role'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { createCodec } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { Schema } from '../database/schema.ts'

const codec = createCodec<IamRole>({
  accountId: 'text',
  name: 'text',
  path: 'text',
  id: 'text',
  assumeRolePolicyDocument: 'text',
  maxSessionDuration: 'number',
  description: 'text?',
  tags: 'json',
  permissionsBoundary: 'text?',
  createdAt: 'time',
})
const columns = [...codec.columns, 'name_key' as const]

/** Names that differ in capitals alone are one name. */
export const iamNameKey = (name: string): string => name.toLowerCase()

type Key = { readonly accountId: string; readonly key: string }

const find = prepare((db, { accountId, key }: Key) =>
  db
    .selectFrom('iam_roles')
    .innerJoin('accounts', 'accounts.id', 'iam_roles.account_id')
    .selectAll('iam_roles')
    .where('iam_roles.account_id', '=', accountId)
    .where('iam_roles.name_key', '=', key)
    .where('accounts.closed_at', 'is', null),
)
const count = prepare((db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('iam_roles')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId),
)
const boundaries = prepare((db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('iam_roles')
    .select(({ fn }) => ['permissions_boundary', fn.countAll<number>().as('count')])
    .where('account_id', '=', accountId)
    .where('permissions_boundary', 'is not', null)
    .groupBy('permissions_boundary'),
)
const lock = prepare((db, { accountId, key }: Key) =>
  db
    .updateTable('iam_roles')
    .set(({ ref }) => ({ name_key: ref('name_key') }))
    .where('account_id', '=', accountId)
    .where('name_key', '=', key)
    .returningAll(),
)
const insert = prepare((db, role: Schema['iam_roles']) => db.insertInto('iam_roles').values(row(role, columns)))
const update = prepare((db, role: Schema['iam_roles']) =>
  db
    .updateTable('iam_roles')
    .set(row(role, columns))
    .where('account_id', '=', role.account_id)
    .where('name_key', '=', role.name_key)
    .returning('id'),
)
const naming = prepare((db, { plain, escaped }: { plain: string; escaped: string }) =>
  db
    .selectFrom('iam_roles')
    .selectAll()
    .where(({ eb, or }) =>
      or([eb('assume_role_policy_document', 'like', plain), eb('assume_role_policy_document', 'like', escaped)]),
    )
    .orderBy('account_id')
    .orderBy('name_key'),
)
const replaceTrust = prepare((db, { id, from, to }: { id: string; from: string; to: string }) =>
  db
    .updateTable('iam_roles')
    .set({ assume_role_policy_document: to })
    .where('id', '=', id)
    .where('assume_role_policy_document', '=', from)
    .returning('id'),
)
const remove = prepare((db, { accountId, key }: Key) =>
  db.deleteFrom('iam_roles').where('account_id', '=', accountId).where('name_key', '=', key).returning('id'),
)

const encode = (role: IamRole): Schema['iam_roles'] => ({ ...codec.encode(role), name_key: iamNameKey(role.name) })

export class Roles {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Without regard to capitals, as IAM compares names. None of an account that is closed or has left the organization:
   * its roles are kept, and nobody takes them.
   */
  async findByName(accountId: AccountId, name: string): Promise<IamRole | undefined> {
    const found = await this.#connection.first(find, { accountId, key: iamNameKey(name) })
    return found && codec.decode(found)
  }

  /** Reads a role, and lets nobody else who locks it go on before this transaction ends. */
  async lock(accountId: AccountId, name: string): Promise<IamRole | undefined> {
    const found = await this.#connection.first(lock, { accountId, key: iamNameKey(name) })
    return found && codec.decode(found)
  }

  /** By name, without regard to capitals; those whose path begins with `pathPrefix`. */
  async list(accountId: AccountId, pathPrefix: string, page: PageRequest): Promise<Page<IamRole>> {
    const [after = ''] = keyOf(page, 1)
    const rows = await this.#connection.query((db) =>
      db
        .selectFrom('iam_roles')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('name_key', '>', after)
        .where('path', '>=', pathPrefix)
        .where('path', '<', afterPrefix(pathPrefix))
        .orderBy('name_key')
        .limit(page.limit + 1),
    )
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.name_key] })
  }

  /**
   * Roles of all accounts whose trust policy may hold `arn`: more than do, since an underline of its name stands for any
   * letter here. A slash of JSON text may have a backslash before it.
   */
  async listNaming(arn: string): Promise<IamRole[]> {
    const patterns = { plain: `%${arn}%`, escaped: `%${arn.replaceAll('/', '_/')}%` }
    return (await this.#connection.all(naming, patterns)).map(codec.decode)
  }

  /** Puts another trust policy in place of what was read. False when somebody was quicker. */
  async replaceTrust({ id, assumeRolePolicyDocument: from }: IamRole, to: string): Promise<boolean> {
    return (await this.#connection.all(replaceTrust, { id, from, to })).length > 0
  }

  async countOf(accountId: AccountId): Promise<number> {
    return Number((await this.#connection.first(count, { accountId }))?.count ?? 0)
  }

  /** How many roles of an account have which policy as their boundary, by its ARN. */
  async boundariesOf(accountId: AccountId): Promise<Map<string, number>> {
    const rows = await this.#connection.all(boundaries, { accountId })
    return new Map(rows.map((found) => [found.permissions_boundary ?? '', Number(found.count)]))
  }

  /** Refuses with `conflict` when the account has a role of that name. */
  async insert(role: IamRole): Promise<void> {
    await this.#connection.all(insert, encode(role))
  }

  /** False when there is none. */
  async update(role: IamRole): Promise<boolean> {
    return (await this.#connection.all(update, encode(role))).length > 0
  }

  /** False when there is none. */
  async delete(accountId: AccountId, name: string): Promise<boolean> {
    return (await this.#connection.all(remove, { accountId, key: iamNameKey(name) })).length > 0
  }
}

/** Sorts after everything that begins with `prefix`: paths hold nothing beyond `~`. */
export const afterPrefix = (prefix: string): string => `${prefix}\u007f`
