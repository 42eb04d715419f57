/** Keys that nobody has, made anew each time: no text of ours holds one. */

import { createHash } from 'node:crypto'
import { createAccessKeyId } from '@mayfly/identity-center/account-access/role-credentials'
import type { AccountId } from '@mayfly/identity-center/identifiers'

const bytesOf = (words: string): Buffer => createHash('sha512').update(words).digest()

/** A long-term access key id of an account; another one for each number. */
export const keyId = (accountId: string, number: number): string =>
  createAccessKeyId(accountId as AccountId, { bytes: (count) => bytesOf(`id ${number}`).subarray(0, count) }, 'AKIA')

/** An id of before 2019, without an account. */
export const oldKeyId = (number: number): string => `AKIAJ${keyId('987654321098', number).slice(5)}`

/** A secret access key that holds `/` and `+`; another one for each number. */
export const secretOf = (number: number): string => {
  const text = bytesOf(`secret ${number}`).toString('base64').slice(0, 40)
  return `${text.slice(0, 10)}/${text.slice(11, 20)}+${text.slice(21)}`
}
