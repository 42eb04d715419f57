/** How much of the room in a session token the tags and the session policies take (STS, "PackedPolicySize"). */

import { deflateRawSync } from 'node:zlib'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { RoleSession } from '../../role-credentials/issuer.ts'

/** Bytes, once packed. A token must fit in a header, and all headers together in 16 KB. */
const ROOM = 4096
/** A session that went through more roles than these is refused. */
const MOST_EARLIER_ROLES = 20

/** In per cent, 1 at least; undefined when there is nothing to pack. Throws when there is no room for it. */
export function packedSizeOf({ tags = {}, sessionPolicies, chain = [] }: RoleSession): number | undefined {
  if (chain.length > MOST_EARLIER_ROLES) throw tooLarge('Session went through too many roles.')
  const entries = Object.entries(tags)
  if (entries.length === 0 && sessionPolicies === undefined) return undefined
  const packed = deflateRawSync(JSON.stringify([entries, sessionPolicies?.inline, sessionPolicies?.arns])).length
  const size = Math.ceil((packed * 100) / ROOM)
  if (size > 100) {
    const what = sessionPolicies === undefined ? 'session tags' : 'session policies and session tags'
    throw tooLarge(`Packed size of ${what} consumes ${size}% of allotted space.`)
  }
  return size
}

const tooLarge = (message: string): ServiceException =>
  new ServiceException('PackedPolicyTooLarge', message, { statusCode: 400 })
