/** What an operation asks for, as policies see it: actions, resources, and the condition keys that come with them. */

import type { Instance } from '@mayfly/identity-center/instance'
import type { Organization } from '@mayfly/identity-center/organization/organization'
import type { Store } from '@mayfly/store'
import type { AccountCaller } from '../../caller/caller.ts'
import type { AskedInput } from './asked-input.ts'

/** One action on some resources: a caller needs an allow for each of them. */
export interface AskedAction {
  /** `sso:CreatePermissionSet` */
  readonly action: string
  /** ARNs, or `*` alone. Where the input names no resource, its place is held by `*`. */
  readonly resources: readonly string[]
  /** Condition keys of this service, in lower case. */
  readonly keys?: Readonly<Record<string, readonly string[]>>
}

/** What a mapping may look at. */
export interface Asking {
  readonly operation: string
  readonly input: AskedInput
  readonly caller: AccountCaller
  readonly instance: Instance
  readonly organization: Organization | undefined
  /** The partition of every ARN. */
  readonly partition: string
  readonly store: Store
}

/** From an operation and its unchecked input to what it asks for. */
export type ActionMapping = (asking: Asking) => readonly AskedAction[] | Promise<readonly AskedAction[]>

/** The keys `aws:RequestTag/<key>` and `aws:TagKeys` of a request that brings tags. */
export function requestTagKeys(input: AskedInput, member = 'Tags'): Record<string, readonly string[]> {
  const keys: Record<string, readonly string[]> = {}
  const names = [...input.texts('TagKeys')]
  for (const tag of input.objects(member)) {
    const [key, value] = [tag.text('Key'), tag.text('Value')]
    if (key === undefined) continue
    names.push(key)
    if (value !== undefined) keys[`aws:requesttag/${key.toLowerCase()}`] = [value]
  }
  return names.length === 0 ? keys : { ...keys, 'aws:tagkeys': names }
}

/** A condition key with its value, where there is one. */
export const keyed = (key: string, value: string | undefined): Record<string, readonly string[]> =>
  value === undefined ? {} : { [key]: [value] }
