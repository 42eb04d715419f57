/** Long-term access keys of IAM users, in SQL. */

import type { AccessKeyStatus, AccessKeyUse, LongTermAccessKey } from '@mayfly/identity-center/iam/long-term-access-key'
import type { IamUser } from '@mayfly/identity-center/iam/user'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'
import type { FlatAccessKey } from '../database/schema/iam.ts'
import { iamUserCodec } from './iam-users.ts'
import { afterPrefix } from './roles.ts'

const codec = createCodec<FlatAccessKey>({
  id: 'text',
  accountId: 'text',
  userId: 'text',
  status: 'text',
  sealedSecret: 'text',
  createdAt: 'time',
  lastUsedAt: 'time?',
  lastUsedRegion: 'text?',
  lastUsedService: 'text?',
})

const find = prepare((db, { id }: { id: string }) =>
  db
    .selectFrom('iam_access_keys as key')
    .innerJoin('iam_users', 'iam_users.id', 'key.user_id')
    .innerJoin('accounts', 'accounts.id', 'key.account_id')
    .selectAll('iam_users')
    .select([
      'key.user_id',
      'key.status',
      'key.sealed_secret',
      'key.created_at as key_created_at',
      'key.last_used_at',
      'key.last_used_region',
      'key.last_used_service',
    ])
    .where('key.id', '=', id)
    .where('accounts.closed_at', 'is', null),
)
const listOfUser = prepare((db, { userId }: { userId: string }) =>
  db.selectFrom('iam_access_keys').selectAll().where('user_id', '=', userId).orderBy('created_at').orderBy('id'),
)
const insert = prepare((db, key: RowOf<FlatAccessKey>) =>
  db.insertInto('iam_access_keys').values(row(key, codec.columns)),
)
const setStatus = prepare((db, { userId, id, status }: { userId: string; id: string; status: AccessKeyStatus }) =>
  db.updateTable('iam_access_keys').set({ status }).where('id', '=', id).where('user_id', '=', userId).returning('id'),
)
const remove = prepare((db, { userId, id }: { userId: string; id: string }) =>
  db.deleteFrom('iam_access_keys').where('id', '=', id).where('user_id', '=', userId).returning('id'),
)
const touch = prepare((db, use: { id: string; at: string; region: string; service: string; unlessSince: string }) =>
  db
    .updateTable('iam_access_keys')
    .set({ last_used_at: use.at, last_used_region: use.region, last_used_service: use.service })
    .where('id', '=', use.id)
    .where(({ eb, or }) => or([eb('last_used_at', 'is', null), eb('last_used_at', '<', use.unlessSince)]))
    .returning('id'),
)
const listBehind = prepare((db, { behind, limit }: { behind: string; limit: number }) =>
  db.selectFrom('iam_access_keys').selectAll().where('id', '>', behind).orderBy('id').limit(limit),
)
const replaceSecret = prepare((db, { id, from, to }: { id: string; from: string; to: string }) =>
  db
    .updateTable('iam_access_keys')
    .set({ sealed_secret: to })
    .where('id', '=', id)
    .where('sealed_secret', '=', from)
    .returning('id'),
)
const sealedBetween = prepare((db, { from, to }: { from: string; to: string }) =>
  db
    .selectFrom('iam_access_keys')
    .select('id')
    .where('sealed_secret', '>=', from)
    .where('sealed_secret', '<', to)
    .limit(1),
)

function decode(found: RowOf<FlatAccessKey>): LongTermAccessKey {
  const { lastUsedAt: at, lastUsedRegion: region = '', lastUsedService: service = '', ...key } = codec.decode(found)
  return at === undefined ? key : { ...key, lastUsed: { at, region, service } }
}

/** A key and whose it is. */
export interface FoundAccessKey {
  readonly key: LongTermAccessKey
  readonly user: IamUser
}

export class IamAccessKeys {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Whatever its status. None of an account that is closed or has left the organization. */
  async find(id: string): Promise<FoundAccessKey | undefined> {
    const found = await this.#connection.first(find, { id })
    if (found === undefined) return undefined
    return { key: decode({ ...found, id, created_at: found.key_created_at }), user: iamUserCodec.decode(found) }
  }

  /** Oldest first. */
  async listOfUser(userId: string): Promise<LongTermAccessKey[]> {
    return (await this.#connection.all(listOfUser, { userId })).map(decode)
  }

  /** How many may be had is for whoever holds the user's lock to say. */
  async insert({ lastUsed, ...key }: LongTermAccessKey): Promise<void> {
    const use = lastUsed && {
      lastUsedAt: lastUsed.at,
      lastUsedRegion: lastUsed.region,
      lastUsedService: lastUsed.service,
    }
    await this.#connection.all(insert, codec.encode({ ...key, ...use }))
  }

  /** False when the user has no such key. */
  async setStatus(userId: string, id: string, status: AccessKeyStatus): Promise<boolean> {
    return (await this.#connection.all(setStatus, { userId, id, status })).length > 0
  }

  /** False when the user has no such key. */
  async delete(userId: string, id: string): Promise<boolean> {
    return (await this.#connection.all(remove, { userId, id })).length > 0
  }

  /** Notes a use, unless one since `unlessSince` is noted; whether it did. */
  async touch(id: string, { at, region, service }: AccessKeyUse, unlessSince: Date): Promise<boolean> {
    const use = { id, at: timeText(at), region, service, unlessSince: timeText(unlessSince) }
    return (await this.#connection.all(touch, use)).length > 0
  }

  /** Up to `limit` keys of all accounts, by id, behind the one of `behind`. */
  async listBehind(behind: string, limit: number): Promise<LongTermAccessKey[]> {
    return (await this.#connection.all(listBehind, { behind, limit })).map(decode)
  }

  /** Puts the same secret, sealed by another key, in place of what was read. False when somebody was quicker. */
  async replaceSecret({ id, sealedSecret }: LongTermAccessKey, to: string): Promise<boolean> {
    return (await this.#connection.all(replaceSecret, { id, from: sealedSecret, to })).length > 0
  }

  /** Whether a secret is sealed by the server's key of that id, with which its text begins. */
  async hasSealedBy(keyId: string): Promise<boolean> {
    return (await this.#connection.first(sealedBetween, { from: keyId, to: afterPrefix(keyId) })) !== undefined
  }
}
