/** A key that is to be checked: what is known of it on this computer. */

import type { FoundKey } from '../../../long-term-keys/key/found-key.ts'
import type { HiddenSecret } from '../../../long-term-keys/key/hidden-secret.ts'
import type { KeyPlace } from '../../../long-term-keys/key/key-place.ts'
import { groupByKey } from '../../../long-term-keys/planning/found-keys.ts'

export interface CheckedKey {
  readonly accessKeyId: string
  /** The first that lies beside the id. */
  readonly secret?: HiddenSecret
  readonly isCanary: boolean
  /** The profile of AWS's own files that holds it. */
  readonly profileName?: string
  readonly places: readonly KeyPlace[]
}

/** One for each id, in the order found. */
export const listCheckedKeys = (all: readonly FoundKey[]): readonly CheckedKey[] =>
  groupByKey(all).map(({ accessKeyId, isCanary, found }) => {
    const secret = found.find((key) => key.secret !== undefined)?.secret
    const profileName = found.find(isOfProfile)?.uses[0]?.name
    return {
      accessKeyId,
      isCanary,
      places: found.map(({ place }) => place),
      ...(secret !== undefined && { secret }),
      ...(profileName !== undefined && { profileName }),
    }
  })

const isOfProfile = ({ kind }: FoundKey): boolean => kind === 'aws-credentials' || kind === 'aws-config'
