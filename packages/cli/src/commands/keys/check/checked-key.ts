/** A key that is to be checked: what is known of it on this computer. */

import type { FoundKey } from '../../../long-term-keys/key/found-key.ts'
import type { HiddenSecret } from '../../../long-term-keys/key/hidden-secret.ts'
import type { KeyPlace } from '../../../long-term-keys/key/key-place.ts'

export interface CheckedKey {
  readonly accessKeyId: string
  /** The first that lies beside the id. */
  readonly secret?: HiddenSecret
  readonly isCanary: boolean
  /** The profile of AWS's own files that holds it. */
  readonly profileName?: string
  readonly places: readonly KeyPlace[]
}

/** One for each id, in the order found. A secret without an id belongs to none. */
export function groupByKey(found: readonly FoundKey[]): readonly CheckedKey[] {
  const groups = Map.groupBy(
    found.filter(({ accessKeyId }) => accessKeyId !== undefined),
    ({ accessKeyId = '' }) => accessKeyId,
  )
  return [...groups].map(([accessKeyId, keys]) => {
    const secret = keys.find((key) => key.secret !== undefined)?.secret
    const profileName = keys.find(isOfProfile)?.uses[0]?.name
    return {
      accessKeyId,
      isCanary: keys.some(({ isCanary }) => isCanary),
      places: keys.map(({ place }) => place),
      ...(secret !== undefined && { secret }),
      ...(profileName !== undefined && { profileName }),
    }
  })
}

const isOfProfile = ({ kind }: FoundKey): boolean => kind === 'aws-credentials' || kind === 'aws-config'
