/** Effective access, in SQL: from the user to the groups, to the assignments, to the provisioned roles. */

import type {
  AccessibleAccount,
  AccessibleRole,
  HeldRole,
} from '@mayfly/identity-center/account-access/effective-access'
import type { AccountId, GroupId, UserId } from '@mayfly/identity-center/identifiers'
import { createCodec } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { type Builder, prepare } from '../database/query.ts'

const accountCodec = createCodec<AccessibleAccount>({ id: 'text', name: 'text', email: 'text' })
const roleCodec = createCodec<AccessibleRole>({
  accountId: 'text',
  permissionSetArn: 'text',
  permissionSetName: 'text',
  sessionDuration: 'number',
  roleName: 'text',
  roleId: 'text',
})

/** The accounts of the user's own assignments, and of those of the user's groups; one may come several times. */
const accountIdsOf = (db: Builder, userId: string) =>
  db
    .selectFrom('account_assignments')
    .where('principal_type', '=', 'USER')
    .where('principal_id', '=', userId)
    .select('account_id')
    .unionAll(
      db
        .selectFrom('group_memberships')
        .innerJoin('account_assignments', 'account_assignments.principal_id', 'group_memberships.group_id')
        .where('group_memberships.user_id', '=', userId)
        .where('account_assignments.principal_type', '=', 'GROUP')
        .select('account_assignments.account_id'),
    )

const WAY = [
  'account_assignments.account_id',
  'account_assignments.permission_set_arn',
  'account_assignments.principal_type',
  'account_assignments.principal_id',
] as const

/** What is assigned to the user in one account: by the primary key and not by what there is elsewhere. */
const ownIn = (db: Builder, userId: string, accountId: string) =>
  db
    .selectFrom('account_assignments')
    .where('account_assignments.account_id', '=', accountId)
    .where('account_assignments.principal_type', '=', 'USER')
    .where('account_assignments.principal_id', '=', userId)
    .select(WAY)

/** What is assigned there to the user's groups. */
const sharedIn = (db: Builder, userId: string, accountId: string) =>
  db
    .selectFrom('group_memberships')
    // SQLite joins in this order then: from the few groups of a user, not from all that is assigned in the account.
    .crossJoin('account_assignments')
    .whereRef('account_assignments.principal_id', '=', 'group_memberships.group_id')
    .where('group_memberships.user_id', '=', userId)
    .where('account_assignments.account_id', '=', accountId)
    .where('account_assignments.principal_type', '=', 'GROUP')
    .select(WAY)

const waysInto = (db: Builder, userId: string, accountId: string) =>
  ownIn(db, userId, accountId).unionAll(sharedIn(db, userId, accountId))

const waysIntoSet = (db: Builder, { userId, accountId, name }: { userId: string; accountId: string; name: string }) => {
  const arn = db.selectFrom('permission_sets').where('permission_sets.name', '=', name).select('permission_sets.arn')
  return ownIn(db, userId, accountId)
    .where('account_assignments.permission_set_arn', 'in', arn)
    .unionAll(sharedIn(db, userId, accountId).where('account_assignments.permission_set_arn', 'in', arn))
}

/** Each permission set of the account that the user holds, once. Nobody is let into a closed account. */
const assignmentsIn = (db: Builder, userId: string, accountId: string) =>
  db
    .selectFrom(waysInto(db, userId, accountId).as('way'))
    .innerJoin('accounts', 'accounts.id', 'way.account_id')
    .where('accounts.closed_at', 'is', null)
    .select(['way.account_id', 'way.permission_set_arn'])
    .distinct()

const roles = (db: Builder, userId: string, accountId: string) =>
  db
    .selectFrom(assignmentsIn(db, userId, accountId).as('held'))
    .innerJoin('provisioned_permission_sets as role', (join) =>
      join
        .onRef('role.account_id', '=', 'held.account_id')
        .onRef('role.permission_set_arn', '=', 'held.permission_set_arn'),
    )
    .innerJoin('permission_sets as permission_set', 'permission_set.arn', 'held.permission_set_arn')
    .select([
      'role.account_id',
      'role.permission_set_arn',
      'permission_set.name as permission_set_name',
      'permission_set.session_duration',
      'role.role_name',
      'role.role_id',
    ])

interface AccountsPage {
  readonly userId: string
  readonly name: string
  readonly id: string
  readonly limit: number
}

/** From this many assignments on it is quicker to walk the accounts by name than to collect all the user's and sort. */
const MANY = 500
const holdsMany = prepare((db, { userId }: { userId: string }) =>
  db.selectFrom(accountIdsOf(db, userId).as('held')).select('held.account_id').limit(1).offset(MANY),
)

const pageOfAccounts = (db: Builder, { name, id, limit }: AccountsPage) =>
  db
    .selectFrom('accounts')
    .where('accounts.closed_at', 'is', null)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('accounts.name', 'accounts.id'), '>', tuple(name, id)))
    .select(['accounts.id', 'accounts.name', 'accounts.email'])
    .orderBy('accounts.name')
    .orderBy('accounts.id')
    .limit(limit)

const accountsOfFew = prepare((db, page: AccountsPage) =>
  pageOfAccounts(db, page).where('accounts.id', 'in', accountIdsOf(db, page.userId)),
)
const accountsOfMany = prepare((db, page: AccountsPage) =>
  pageOfAccounts(db, page).where(({ exists, or, selectFrom }) =>
    or([
      exists(
        selectFrom('account_assignments as direct')
          .whereRef('direct.account_id', '=', 'accounts.id')
          .where('direct.principal_id', '=', page.userId)
          .where('direct.principal_type', '=', 'USER')
          .select('direct.account_id'),
      ),
      exists(
        selectFrom('group_memberships as membership')
          .innerJoin('account_assignments as shared', 'shared.principal_id', 'membership.group_id')
          .where('membership.user_id', '=', page.userId)
          .whereRef('shared.account_id', '=', 'accounts.id')
          .where('shared.principal_type', '=', 'GROUP')
          .select('shared.account_id'),
      ),
    ]),
  ),
)
const rolesOf = prepare(
  (db, { userId, accountId, name, limit }: { userId: string; accountId: string; name: string; limit: number }) =>
    roles(db, userId, accountId).where('permission_set.name', '>', name).orderBy('permission_set.name').limit(limit),
)
/** A role session remembers no more ways than these. */
const MOST_WAYS = 8

/** Each way in which the user holds one permission set in one account: a row a principal. */
const waysTo = prepare((db, asked: { userId: string; accountId: string; name: string }) =>
  db
    .selectFrom(waysIntoSet(db, asked).as('way'))
    .innerJoin('accounts', 'accounts.id', 'way.account_id')
    .innerJoin('permission_sets as permission_set', 'permission_set.arn', 'way.permission_set_arn')
    .innerJoin('provisioned_permission_sets as role', (join) =>
      join
        .onRef('role.account_id', '=', 'way.account_id')
        .onRef('role.permission_set_arn', '=', 'way.permission_set_arn'),
    )
    .where('accounts.closed_at', 'is', null)
    .select([
      'role.account_id',
      'role.permission_set_arn',
      'permission_set.name as permission_set_name',
      'permission_set.session_duration',
      'role.role_name',
      'role.role_id',
      'way.principal_id',
    ])
    .orderBy('way.principal_type', 'desc')
    .orderBy('way.principal_id')
    .limit(MOST_WAYS),
)
const hasAccount = prepare((db, { userId, accountId }: { userId: string; accountId: string }) =>
  db
    .selectFrom(assignmentsIn(db, userId, accountId).as('held'))
    .select('held.account_id')
    .limit(1),
)

export class EffectiveAccess {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The accounts in which the user may take at least one role, by name and number, each once. */
  async accountsOf(userId: UserId, page: PageRequest): Promise<Page<AccessibleAccount>> {
    const [name = '', id = ''] = keyOf(page, 2)
    const many = await this.#connection.first(holdsMany, { userId })
    const asked = { userId, name, id, limit: page.limit + 1 }
    const rows = await this.#connection.all(many === undefined ? accountsOfFew : accountsOfMany, asked)
    return pageOf(rows, page, { decode: accountCodec.decode, keyOf: (last) => [last.name, last.id] })
  }

  /** The roles that the user may take in one account, by the permission set's name, each once. */
  async rolesOf(userId: UserId, accountId: AccountId, page: PageRequest): Promise<Page<AccessibleRole>> {
    const [name = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(rolesOf, { userId, accountId, name, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: roleCodec.decode, keyOf: (last) => [last.permission_set_name] })
  }

  /** The role of that permission set, when the user may take it. */
  async findRole(userId: UserId, accountId: AccountId, permissionSetName: string): Promise<HeldRole | undefined> {
    const ways = await this.#connection.all(waysTo, { userId, accountId, name: permissionSetName })
    const [first] = ways
    if (!first) return undefined
    return { ...roleCodec.decode(first), through: ways.map((way) => way.principal_id as UserId | GroupId) }
  }

  /** Whether the user may take any role in the account. */
  async hasAccount(userId: UserId, accountId: AccountId): Promise<boolean> {
    return (await this.#connection.first(hasAccount, { userId, accountId })) !== undefined
  }
}
