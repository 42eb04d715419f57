/** What an access key id says by itself, offline: whether it is a long-term one, whose account it is of, whether it is bait. */

import { accountOfAccessKeyId } from '@mayfly/identity-center/account-access/role-credentials'

/** The form of a long-term access key id, anywhere in a text; who searches with it looks at the characters around too. */
export const LONG_TERM_KEY_ID = /AKIA[A-Z2-7]{16}/

/** The account that a long-term access key id carries (12 digits); undefined for what is none, and for old ids that carry none. */
export function accountOfKeyId(accessKeyId: string): string | undefined {
  // Ids of before March 2019 carry no account, and all that were ever published begin with AKIAI or AKIAJ.
  return /^AKIA[^IJ]/.test(accessKeyId) ? accountOfAccessKeyId(accessKeyId) : undefined
}
