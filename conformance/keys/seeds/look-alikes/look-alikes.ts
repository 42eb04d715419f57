/** Everything that looks like a key and is none, and canaries, which are something else again. */

import type { Draft, Draw } from '../draft.ts'
import { accountLetters, newSecret } from '../key.ts'
import { dependencies } from './dependencies.ts'
import { documentation } from './documentation.ts'
import { encrypted } from './encrypted.ts'
import { hashes } from './hashes.ts'
import { nearIds } from './near-ids.ts'
import { otherVendors } from './other-vendors.ts'
import { placeholders } from './placeholders.ts'
import { randomText } from './random-text.ts'
import { temporary } from './temporary.ts'

/** Files of look-alikes; each of them carries a mark with its reason. */
export const lookAlikes = (draw: Draw): Draft[] =>
  [documentation, temporary, hashes, randomText, otherVendors, nearIds, placeholders, encrypted, dependencies].flatMap(
    (list) => list(draw),
  )

/** Accounts of Thinkst's canarytokens.org, as scanners have known them for years. */
const CANARY_ACCOUNTS = [
  '052310077262',
  '171436882533',
  '534261010715',
  '595918472158',
  '717712589309',
  '819147034852',
  '992382622183',
  '730335385048',
  '266735846894',
]

/** One canary of each account, in places where bait is laid. */
export function canaries(draw: Draw): Draft[] {
  const { chance } = draw
  return CANARY_ACCOUNTS.map((accountId, at) => {
    const accessKeyId = `AKIA${accountLetters(chance, BigInt(accountId))}`
    const key = { accessKeyId, secretAccessKey: newSecret(chance), accountId }
    draw.keys.push(key)
    const text = `[${chance.name()}]\naws_access_key_id = ${draw.id(key)}\naws_secret_access_key = ${key.secretAccessKey}\noutput = json\nregion = us-east-2\n`
    const path =
      at === 0 ? '.aws/credentials.bak' : `${chance.project()}/${chance.pick(['credentials', 'old.ini', 'keys.txt'])}`
    return { kind: 'canary', path, text }
  })
}
