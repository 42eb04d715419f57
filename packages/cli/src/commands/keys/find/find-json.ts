/** What a search found, as JSON: members are never left out, and of a secret there are its last four characters. */

import type { FoundKey } from '../../../long-term-keys/key/found-key.ts'
import type { KeySearch } from '../../../long-term-keys/search/key-search.ts'

export const describeSearch = ({ found, looked, passedOver, ended }: KeySearch): object => ({
  found: found.map(describeFound),
  looked,
  passedOver,
  ended,
})

const describeFound = ({ accessKeyId, accountId, isCanary, secret, kind, place, uses, access }: FoundKey): object => ({
  accessKeyId: accessKeyId ?? null,
  accountId: accountId ?? null,
  isCanary,
  secret: secret?.toString() ?? null,
  kind,
  place,
  uses: uses.map(({ tool, name, note }) => ({ tool, name: name ?? null, note: note ?? null })),
  access: access ? { mode: access.mode.toString(8).padStart(4, '0'), readableBy: access.readableBy } : null,
})
