/** Role credentials that our own STS honours: sealed and stateless, so that checking one reads no table. */

import { createAccessKeyId } from '@mayfly/identity-center/account-access/role-credentials'
import type { Random } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Keys } from '../keys/keys.ts'
import { formatSession, parseSession } from './claims.ts'
import type { KnownCredentials, RoleCredentials, RoleCredentialsIssuer } from './issuer.ts'
import type { Revocations } from './revocations.ts'

const PURPOSE = 'role-credentials'
/** Secret access keys have 40 characters, which is 30 bytes in base64. */
const SECRET_BYTES = 30

/** In characters. It travels in a header, and all headers together have 16 KB. */
const LONGEST_TOKEN = 8192

interface LocalIssuerParts {
  readonly keys: Keys
  readonly random: Random
  readonly revocations: Revocations
}

/** An issuer whose session token is the sealed role session, bound to the access key id. */
export function createLocalIssuer({ keys, random, revocations }: LocalIssuerParts): RoleCredentialsIssuer {
  return {
    issue(session): RoleCredentials {
      const accessKeyId = createAccessKeyId(session.accountId, random)
      const sessionToken = keys.seal(PURPOSE, accessKeyId, formatSession(session))
      if (sessionToken.length > LONGEST_TOKEN) {
        throw new Refusal('invalid', 'The tags and policies of this session have no room in a session token.')
      }
      const secretAccessKey = secretOf(accessKeyId, sessionToken, keys)
      if (secretAccessKey === undefined) throw new Error('The key that sealed a session token is gone.')
      return { accessKeyId, secretAccessKey, sessionToken, expiresAt: session.expiresAt }
    },

    find(accessKeyId, sessionToken, now): KnownCredentials {
      const sealed = keys.open(PURPOSE, accessKeyId, sessionToken)
      const secretAccessKey = secretOf(accessKeyId, sessionToken, keys)
      if (!sealed || secretAccessKey === undefined) return { are: 'unknown' }
      const session = parseSession(sealed)
      if (now >= session.expiresAt) return { are: 'expired' }
      if (revocations.covers(session)) return { are: 'revoked' }
      return { are: 'valid', session, secretAccessKey }
    },
  }
}

/** Derived from the server key that sealed the token and from the key id: nobody has to store it. */
function secretOf(accessKeyId: string, sessionToken: string, keys: Keys): string | undefined {
  const mac = keys.mac(PURPOSE, `secret-access-key:${accessKeyId}`, sessionToken.slice(0, 8))
  return mac?.code.subarray(0, SECRET_BYTES).toString('base64')
}
