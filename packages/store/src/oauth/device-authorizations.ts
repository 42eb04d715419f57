/** Device authorizations, in SQL. Each change of state is a compare-and-set. */

import type { Duration } from '@mayfly/identity-center/duration'
import type { SecretHash, SessionId, UserId } from '@mayfly/identity-center/identifiers'
import type { DeviceAuthorization, DeviceAuthorizationState } from '@mayfly/identity-center/oauth/device-authorization'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'
import type { FlatDeviceAuthorization } from '../database/schema.ts'

const codec = createCodec<FlatDeviceAuthorization>({
  deviceCodeHash: 'text',
  userCode: 'text',
  clientId: 'text',
  clientName: 'text',
  scopes: 'json',
  requester: 'json',
  state: 'text',
  userId: 'text?',
  sessionId: 'text?',
  interval: 'number',
  polls: 'number',
  lastPolledAt: 'time?',
  createdAt: 'time',
  expiresAt: 'time',
})

type Row = RowOf<FlatDeviceAuthorization>

function decode(found: Row): DeviceAuthorization {
  const { state, userId, sessionId, ...authorization } = codec.decode(found)
  return { ...authorization, state: stateOf(state, userId, sessionId) }
}

function stateOf(
  is: FlatDeviceAuthorization['state'],
  userId: string | undefined,
  sessionId: string | undefined,
): DeviceAuthorizationState {
  if (is !== 'granted') return { is }
  return { is, userId: userId as UserId, sessionId: sessionId as SessionId }
}

const insert = prepare((db, authorization: Row) =>
  db.insertInto('device_authorizations').values(row(authorization, codec.columns)),
)
const findByDeviceCode = prepare((db, { hash }: { hash: string }) =>
  db.selectFrom('device_authorizations').selectAll().where('device_code_hash', '=', hash),
)
const findByUserCode = prepare((db, { code, now }: { code: string; now: string }) =>
  db.selectFrom('device_authorizations').selectAll().where('user_code', '=', code).where('expires_at', '>', now),
)
const recordPoll = prepare((db, poll: { hash: string; polls: number; at: string; interval: number }) =>
  db
    .updateTable('device_authorizations')
    .set({ polls: poll.polls, last_polled_at: poll.at, interval: poll.interval })
    .where('device_code_hash', '=', poll.hash),
)
const grant = prepare((db, to: { hash: string; userId: string; sessionId: string; now: string }) =>
  db
    .updateTable('device_authorizations')
    .set({ state: 'granted', user_id: to.userId, session_id: to.sessionId })
    .where('device_code_hash', '=', to.hash)
    .where('state', '=', 'pending')
    .where('expires_at', '>', to.now)
    .returning('device_code_hash'),
)
const deny = prepare((db, { hash }: { hash: string }) =>
  db
    .updateTable('device_authorizations')
    .set({ state: 'denied' })
    .where('device_code_hash', '=', hash)
    .where('state', '=', 'pending')
    .returning('device_code_hash'),
)
const consume = prepare((db, { hash }: { hash: string }) =>
  db
    .updateTable('device_authorizations')
    .set({ state: 'consumed' })
    .where('device_code_hash', '=', hash)
    .where('state', '=', 'granted')
    .returningAll(),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('device_authorizations').where('expires_at', '<=', now).returning('device_code_hash'),
)

export class DeviceAuthorizations {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Refuses with `conflict` when the user code is in use: make another one. */
  async insert({ state, ...authorization }: DeviceAuthorization): Promise<void> {
    const to = state.is === 'granted' ? { userId: state.userId, sessionId: state.sessionId } : {}
    await this.#connection.all(insert, codec.encode({ ...authorization, state: state.is, ...to }))
  }

  async findByDeviceCode(hash: SecretHash): Promise<DeviceAuthorization | undefined> {
    const found = await this.#connection.first(findByDeviceCode, { hash })
    return found && decode(found)
  }

  /** By the canonical user code; only while it has not expired. */
  async findByUserCode(code: string, now: Date): Promise<DeviceAuthorization | undefined> {
    const found = await this.#connection.first(findByUserCode, { code, now: timeText(now) })
    return found && decode(found)
  }

  async recordPoll(
    hash: SecretHash,
    poll: { readonly polls: number; readonly lastPolledAt: Date; readonly interval: Duration },
  ): Promise<void> {
    await this.#connection.all(recordPoll, { ...poll, hash, at: timeText(poll.lastPolledAt) })
  }

  /** True for the one who turned it from pending to granted, in time. */
  async grant(
    hash: SecretHash,
    to: { readonly userId: UserId; readonly sessionId: SessionId },
    now: Date,
  ): Promise<boolean> {
    return (await this.#connection.all(grant, { ...to, hash, now: timeText(now) })).length > 0
  }

  /** True for the one who turned it from pending to denied. */
  async deny(hash: SecretHash): Promise<boolean> {
    return (await this.#connection.all(deny, { hash })).length > 0
  }

  /** The authorization as it was granted, for the one who came first; undefined for everyone after. */
  async consume(hash: SecretHash): Promise<DeviceAuthorization | undefined> {
    const found = await this.#connection.first(consume, { hash })
    return found && decode({ ...found, state: 'granted' })
  }

  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }
}
