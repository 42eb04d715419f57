/** What a search found, as JSON: members are never left out, and of a secret there are its last four characters. */

import type { KnownKey } from '../../../long-term-keys/inquiry/known-keys.ts'
import type { FoundKey } from '../../../long-term-keys/key/found-key.ts'
import type { KeySearch } from '../../../long-term-keys/search/key-search.ts'
import { describeKnownUse } from './known-words.ts'

type KnownKeys = ReadonlyMap<string, KnownKey>

export const describeSearch = ({ found, looked, passedOver, ended }: KeySearch, known: KnownKeys): object => ({
  found: found.map((key) => describeFound(key, known)),
  looked,
  passedOver,
  ended,
})

const describeFound = (
  { accessKeyId, accountId, isCanary, secret, kind, place, uses, access }: FoundKey,
  known: KnownKeys,
): object => ({
  accessKeyId: accessKeyId ?? null,
  accountId: accountId ?? null,
  isCanary,
  secret: secret?.toString() ?? null,
  kind,
  place,
  uses: uses.map(({ tool, name, note }) => ({ tool, name: name ?? null, note: note ?? null })),
  access: access ? { mode: access.mode.toString(8).padStart(4, '0'), readableBy: access.readableBy } : null,
  lastUsed: describeKnownUse(known.get(accessKeyId ?? '')?.lastUsed),
})
