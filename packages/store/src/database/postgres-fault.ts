/** What PostgreSQL and its connections say when something fails, in our words. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { StoreFault } from './fault.ts'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Serialization failures and deadlocks: someone else won, and a second try sees what they wrote. */
export const lostARace = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

const SILENT = 'PostgreSQL does not answer. Check that it runs, and the host and the port of --database.'

/** By error code: PostgreSQL's own, the system's, or OpenSSL's. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^53100$/, 'The disk of the PostgreSQL server is full. Nothing was changed; make room and try again.'],
  [/^53300$/, 'The PostgreSQL server has no connection left for this server. Raise its max_connections.'],
  [/^25006$/, 'PostgreSQL is read-only: this is a standby, or it was told so. Name the primary in --database.'],
  [/^28...$/, 'PostgreSQL refuses the user or the password of --database. Try the same address with psql.'],
  [/^3D000$/, 'PostgreSQL has no database of the name in --database. Make it with createdb.'],
  [/^42501$/, 'The PostgreSQL user may not make tables in this database. Make it the owner of the database.'],
  [/^(ECONNREFUSED|ENOENT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|ETIMEDOUT|ECONNRESET|EPIPE|57P0.|08...)$/, SILENT],
  [
    /SELF_SIGNED_CERT|^UNABLE_TO_(VERIFY|GET)|^CERT_|^ERR_TLS_CERT/,
    'PostgreSQL shows a certificate that is not trusted. Name its authority: sslrootcert=FILE in --database.',
  ],
]

/** By message: the driver says these without a code. */
const CODELESS: readonly (readonly [RegExp, string])[] = [
  [/^(Connection terminated|Client has encountered a connection error|Client was closed)/, SILENT],
  [/^timeout e/, SILENT],
  [
    /does not support SSL/,
    'The PostgreSQL server speaks no TLS. Leave sslmode out of --database, or set TLS up there.',
  ],
  [
    /password must be a/,
    'PostgreSQL wants a password. Put it into --database, given as MAYFLY_DATABASE, or PGPASSWORD.',
  ],
]

/** A unique violation becomes a refusal, a trouble of the server becomes a fault; anything else stays as it is. */
export function translated(error: unknown): unknown {
  if (error instanceof StoreFault || error instanceof Refusal) return error
  const code = codeOf(error)
  if (code === '23505' || code === '23503')
    return new Refusal('conflict', 'It exists already, or something else depends on it.', { cause: error })
  const message = error instanceof Error ? error.message : ''
  const [, fault] =
    FAULTS.find(([pattern]) => pattern.test(code)) ?? CODELESS.find(([pattern]) => pattern.test(message)) ?? []
  return fault === undefined ? error : new StoreFault(fault, error)
}
