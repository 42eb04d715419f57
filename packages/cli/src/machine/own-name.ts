/** Names below `localhost`: where `localhost` itself is. */

import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'

/** In place of the system's own, which may ask a name server for such a name. */
export const lookUpOwnName: LookupFunction = (_name, options, callback) => lookup('localhost', options, callback)
