/** Account assignments, in SQL; the first of a set in an account provisions its role, the last takes it away (§3.4). */

import type { AccountAssignment, Principal } from '@mayfly/identity-center/account-access/account-assignment'
import type { PermissionSet } from '@mayfly/identity-center/account-access/permission-set'
import type { ProvisionedPermissionSet } from '@mayfly/identity-center/account-access/provisioned-permission-set'
import { createRoleId, createRoleName } from '@mayfly/identity-center/account-access/role-credentials'
import type { AccountId, PermissionSetArn } from '@mayfly/identity-center/identifiers'
import type { Random } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { FlatAssignment } from '../database/schema.ts'
import { listForPrincipal } from './assignments-of-principal.ts'
import { assignmentCodec as codec, decodeAssignment as decode, encodeAssignment as encode } from './flat-assignment.ts'
import { ProvisionedPermissionSets, provisionedCodec } from './provisioned-permission-sets.ts'

type Row = RowOf<FlatAssignment>
type NamedVersion = Pick<PermissionSet, 'name' | 'version'>

const findSet = prepare((db, { arn }: { arn: string }) =>
  db.selectFrom('permission_sets').select(['name', 'version']).where('arn', '=', arn),
)
/**
 * Writes even when the row is there: so two who assign or withdraw the same set in the same account meet here.
 * The account goes by the newer version from now on (§3.6).
 */
const provision = prepare((db, role: RowOf<ProvisionedPermissionSet>) =>
  db
    .insertInto('provisioned_permission_sets')
    .values(row(role, provisionedCodec.columns))
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'permission_set_arn']).doUpdateSet(({ case: when, ref }) => ({
        version: when()
          .when('excluded.version', '>', ref('provisioned_permission_sets.version'))
          .then(ref('excluded.version'))
          .else(ref('provisioned_permission_sets.version'))
          .end(),
        provisioned_at: when()
          .when('excluded.version', '>', ref('provisioned_permission_sets.version'))
          .then(ref('excluded.provisioned_at'))
          .else(ref('provisioned_permission_sets.provisioned_at'))
          .end(),
      })),
    )
    .returningAll(),
)
const lock = prepare((db, { account_id, permission_set_arn }: Pick<Row, 'account_id' | 'permission_set_arn'>) =>
  db
    .updateTable('provisioned_permission_sets')
    .set({ account_id })
    .where('account_id', '=', account_id)
    .where('permission_set_arn', '=', permission_set_arn)
    .returning('role_name'),
)
const unprovision = prepare((db, { account_id, permission_set_arn }: Pick<Row, 'account_id' | 'permission_set_arn'>) =>
  db
    .deleteFrom('provisioned_permission_sets')
    .where('account_id', '=', account_id)
    .where('permission_set_arn', '=', permission_set_arn)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('account_assignments')
            .select('account_id')
            .where('account_id', '=', account_id)
            .where('permission_set_arn', '=', permission_set_arn),
        ),
      ),
    )
    .returning('role_name'),
)
const insert = prepare((db, assignment: Row) =>
  db
    .insertInto('account_assignments')
    .values(row(assignment, codec.columns))
    .onConflict((conflict) => conflict.doNothing())
    .returning('account_id'),
)
const remove = prepare((db, assignment: Row) =>
  db
    .deleteFrom('account_assignments')
    .where('account_id', '=', assignment.account_id)
    .where('permission_set_arn', '=', assignment.permission_set_arn)
    .where('principal_type', '=', assignment.principal_type)
    .where('principal_id', '=', assignment.principal_id)
    .returning('account_id'),
)
const find = prepare((db, assignment: Row) =>
  db
    .selectFrom('account_assignments')
    .selectAll()
    .where('account_id', '=', assignment.account_id)
    .where('permission_set_arn', '=', assignment.permission_set_arn)
    .where('principal_type', '=', assignment.principal_type)
    .where('principal_id', '=', assignment.principal_id),
)
interface Holders {
  readonly accountId: string
  readonly arn: string
  readonly type: string
  readonly id: string
  readonly limit: number
}

const holders = prepare((db, { accountId, arn, type, id, limit }: Holders) =>
  db
    .selectFrom('account_assignments')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('permission_set_arn', '=', arn)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('principal_type', 'principal_id'), '>', tuple(type as 'USER', id)))
    .orderBy('principal_type')
    .orderBy('principal_id')
    .limit(limit),
)
const anyOf = prepare((db, { arn }: { arn: string }) =>
  db.selectFrom('account_assignments').select('account_id').where('permission_set_arn', '=', arn).limit(1),
)
const countOf = prepare((db, { arn }: { arn: string }) =>
  db
    .selectFrom('account_assignments')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('permission_set_arn', '=', arn),
)

/** What to list: any of these, all together. */
export interface AssignmentFilter {
  readonly accountId?: AccountId
  readonly permissionSetArn?: PermissionSetArn
  readonly principal?: Principal
}

/** The role that an assignment gives. */
export interface AssignedRole extends ProvisionedPermissionSet {
  /** Whether a role that was there goes by other policies now. */
  readonly policiesChanged: boolean
}

/** What withdrawing did: with the last assignment of a set in an account its role goes. */
export type Withdrawal = 'not-assigned' | 'withdrawn' | 'unprovisioned'

export class AccountAssignments {
  readonly #connection: Connection
  readonly #random: Random

  constructor(connection: Connection, random: Random) {
    this.#connection = connection
    this.#random = random
  }

  async find(assignment: Omit<AccountAssignment, 'createdAt'>): Promise<AccountAssignment | undefined> {
    const found = await this.#connection.first(find, encode({ ...assignment, createdAt: new Date(0) }))
    return found && decode(found)
  }

  /**
   * Gives the role that the set now is in the account, which goes by the set's newest version from now on. Again is no
   * error: the first one stays. Who has read the `set` hands it in. Refuses with `not-found` for an unknown set, with
   * `conflict` for an unknown account, with `quota-exceeded` when the account would carry more than `most` sets.
   */
  async insert(
    assignment: AccountAssignment,
    { set: known, most = Number.POSITIVE_INFINITY }: { readonly set?: NamedVersion; readonly most?: number } = {},
  ): Promise<AssignedRole> {
    return this.#connection.atomically(async (connection) => {
      const { accountId, permissionSetArn, createdAt } = assignment
      const set = known ?? (await connection.first(findSet, { arn: permissionSetArn })) ?? refuse(permissionSetArn)
      const role = {
        accountId,
        permissionSetArn,
        roleName: createRoleName(set.name, this.#random),
        roleId: createRoleId(this.#random),
        provisionedAt: createdAt,
        version: set.version,
      }
      // First the role: whoever withdraws an assignment of it waits for this row.
      const provisioned = await connection.first(provision, provisionedCodec.encode(role))
      await connection.all(insert, encode(assignment))
      const isNew = provisioned === undefined || provisioned.role_name === role.roleName
      if (isNew) await refuseOneTooMany(accountId, most, connection)
      if (isNew) return { ...role, policiesChanged: false }
      // Never false when it has changed; now and then true when it has not, for two provisionings in one millisecond.
      const policiesChanged = provisioned.provisioned_at === timeText(createdAt)
      return { ...provisionedCodec.decode(provisioned), policiesChanged }
    })
  }

  /**
   * Not in a `compare-and-set` transaction: one that is committed together with others does not wait for their rows,
   * and the role would be left without its assignment, or the assignment without its role.
   */
  async delete(assignment: Omit<AccountAssignment, 'createdAt'>): Promise<Withdrawal> {
    const key = encode({ ...assignment, createdAt: new Date(0) })
    return this.#connection.atomically(async (connection) => {
      await connection.all(lock, key)
      if ((await connection.all(remove, key)).length === 0) return 'not-assigned'
      return (await connection.all(unprovision, key)).length > 0 ? 'unprovisioned' : 'withdrawn'
    })
  }

  /** What a principal holds: of a user its own first, then those of its groups, which stand for themselves. */
  async listForPrincipal(
    asked: { readonly principal: Principal; readonly accountId?: AccountId },
    page: PageRequest,
  ): Promise<Page<AccountAssignment>> {
    return await listForPrincipal(this.#connection, asked, page)
  }

  /** Who holds one permission set in one account: groups, then users, by id. */
  async listHolders(accountId: AccountId, arn: PermissionSetArn, page: PageRequest): Promise<Page<AccountAssignment>> {
    const [type = '', id = ''] = keyOf(page, 2)
    const rows = await this.#connection.all(holders, { accountId, arn, type, id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode, keyOf: (last) => [last.principal_type, last.principal_id] })
  }

  /** By account, permission set and principal. */
  async list(filter: AssignmentFilter, page: PageRequest): Promise<Page<AccountAssignment>> {
    const [accountId = '', arn = '', type = '', id = ''] = keyOf(page, 4)
    const rows = await this.#connection.query((db) => {
      let query = db
        .selectFrom('account_assignments')
        .selectAll()
        .where(({ eb, refTuple, tuple }) =>
          eb(
            refTuple('account_id', 'permission_set_arn', 'principal_type', 'principal_id'),
            '>',
            tuple(accountId, arn, type as 'USER', id),
          ),
        )
      if (filter.accountId !== undefined) query = query.where('account_id', '=', filter.accountId)
      if (filter.permissionSetArn !== undefined) query = query.where('permission_set_arn', '=', filter.permissionSetArn)
      if (filter.principal !== undefined)
        query = query
          .where('principal_type', '=', filter.principal.type)
          .where('principal_id', '=', filter.principal.id)
      return query
        .orderBy('account_id')
        .orderBy('permission_set_arn')
        .orderBy('principal_type')
        .orderBy('principal_id')
        .limit(page.limit + 1)
    })
    return pageOf(rows, page, {
      decode,
      keyOf: (last) => [last.account_id, last.permission_set_arn, last.principal_type, last.principal_id],
    })
  }

  /** Whether the permission set is assigned to anybody anywhere. */
  async hasAny(arn: PermissionSetArn): Promise<boolean> {
    return (await this.#connection.first(anyOf, { arn })) !== undefined
  }

  /** How many assignments a permission set has. */
  async countOf(arn: PermissionSetArn): Promise<number> {
    return (await this.#connection.first(countOf, { arn }))?.count ?? 0
  }
}

function refuse(arn: PermissionSetArn): never {
  throw new Refusal('not-found', `Could not find PermissionSet with id ${arn.slice(arn.lastIndexOf('/') + 1)}`, {
    resourceType: 'PERMISSION_SET',
    resourceId: arn,
  })
}

async function refuseOneTooMany(accountId: AccountId, most: number, connection: Connection): Promise<void> {
  if (most === Number.POSITIVE_INFINITY) return
  if ((await new ProvisionedPermissionSets(connection).countOfAccount(accountId)) <= most) return
  throw new Refusal('quota-exceeded', `At most ${most} permission sets are provisioned in one account.`)
}
