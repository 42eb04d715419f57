/** MFA devices, in SQL. */

import type { MfaDeviceId, UserId } from '@mayfly/identity-center/identifiers'
import type { MfaDevice } from '@mayfly/identity-center/sign-in/mfa-device'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'
import { afterPrefix } from '../iam/roles.ts'

const codec = createCodec<MfaDevice>({
  id: 'text',
  userId: 'text',
  type: 'text',
  name: 'text',
  sealedSecret: 'text',
  lastStep: 'number',
  createdAt: 'time',
  lastUsedAt: 'time?',
})

const listOfUser = prepare((db, { userId }: { userId: string }) =>
  db.selectFrom('mfa_devices').selectAll().where('user_id', '=', userId).orderBy('created_at').orderBy('id'),
)
const find = prepare((db, { id }: { id: string }) => db.selectFrom('mfa_devices').selectAll().where('id', '=', id))
const insert = prepare((db, device: RowOf<MfaDevice>) =>
  db.insertInto('mfa_devices').values(row(device, codec.columns)),
)
const rename = prepare((db, { id, name }: { id: string; name: string }) =>
  db.updateTable('mfa_devices').set({ name }).where('id', '=', id).returning('id'),
)
const remove = prepare((db, { id }: { id: string }) =>
  db.deleteFrom('mfa_devices').where('id', '=', id).returning('id'),
)
const acceptStep = prepare((db, { id, step, now }: { id: string; step: number; now: string }) =>
  db
    .updateTable('mfa_devices')
    .set({ last_step: step, last_used_at: now })
    .where('id', '=', id)
    .where('last_step', '<', step)
    .returning('id'),
)

const listBehind = prepare((db, { behind, limit }: { behind: string; limit: number }) =>
  db.selectFrom('mfa_devices').selectAll().where('id', '>', behind).orderBy('id').limit(limit),
)
const replaceSecret = prepare((db, { id, from, to }: { id: string; from: string; to: string }) =>
  db
    .updateTable('mfa_devices')
    .set({ sealed_secret: to })
    .where('id', '=', id)
    .where('sealed_secret', '=', from)
    .returning('id'),
)
const sealedBetween = prepare((db, { from, to }: { from: string; to: string }) =>
  db.selectFrom('mfa_devices').select('id').where('sealed_secret', '>=', from).where('sealed_secret', '<', to).limit(1),
)

export class MfaDevices {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Oldest first. */
  async listOfUser(userId: UserId): Promise<MfaDevice[]> {
    return (await this.#connection.all(listOfUser, { userId })).map(codec.decode)
  }

  async find(id: MfaDeviceId): Promise<MfaDevice | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  async insert(device: MfaDevice): Promise<void> {
    await this.#connection.all(insert, codec.encode(device))
  }

  /** False when there is no such device. */
  async rename(id: MfaDeviceId, name: string): Promise<boolean> {
    return (await this.#connection.all(rename, { id, name })).length > 0
  }

  /** False when there is no such device. */
  async delete(id: MfaDeviceId): Promise<boolean> {
    return (await this.#connection.all(remove, { id })).length > 0
  }

  /** True for the one who came first with a step later than any before: no code is taken twice (RFC 6238 §5.2). */
  async acceptStep(id: MfaDeviceId, step: number, now: Date): Promise<boolean> {
    return (await this.#connection.all(acceptStep, { id, step, now: timeText(now) })).length > 0
  }

  /** Of all users, in the order of ids, behind one. */
  async listBehind(behind: string, limit: number): Promise<MfaDevice[]> {
    return (await this.#connection.all(listBehind, { behind, limit })).map(codec.decode)
  }

  /** Puts a secret, sealed anew, in the place of what was read; false when it is another one by now. */
  async replaceSecret({ id, sealedSecret }: MfaDevice, to: string): Promise<boolean> {
    return (await this.#connection.all(replaceSecret, { id, from: sealedSecret, to })).length > 0
  }

  /** Whether a secret is sealed by the server's key of that id, with which its text begins. */
  async hasSealedBy(keyId: string): Promise<boolean> {
    return (await this.#connection.first(sealedBetween, { from: keyId, to: afterPrefix(keyId) })) !== undefined
  }
}
