/** An invitation of an account that exists. Here nobody has to accept it: it is accepted when it is made. */

import type { AccountId } from '../identifiers.ts'
import type { Random } from '../random.ts'
import { randomLetters } from './organization.ts'

export interface Handshake {
  /** `h-` and ten letters and digits */
  readonly id: string
  readonly accountId: AccountId
  readonly notes?: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export const createHandshakeId = (random: Random): string => `h-${randomLetters(random, 10)}`
