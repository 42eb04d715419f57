/** Attributes for access control: what of a user goes into its role sessions as tags (§4.4). */

import type { InstanceArn } from '../identifiers.ts'
import { Refusal } from '../refusal.ts'

export interface AccessControlAttribute {
  /** The tag's key: policies name it `aws:PrincipalTag/<key>`. */
  readonly key: string
  /** `${path:userName}` and the like, or a fixed text. */
  readonly source: string
}

export interface AccessControlAttributeConfiguration {
  readonly instanceArn: InstanceArn
  readonly attributes: readonly AccessControlAttribute[]
}

/** Refuses with `invalid` a key given twice, and with `quota-exceeded` one attribute too many. */
export function checkAccessControlAttributes(attributes: readonly AccessControlAttribute[], most: number): void {
  if (attributes.length > most) {
    throw new Refusal('quota-exceeded', `There are at most ${most} attributes for access control.`)
  }
  const keys = new Set(attributes.map(({ key }) => key.toLowerCase()))
  // STS compares the keys of session tags without regard to capitals.
  if (keys.size < attributes.length) throw new Refusal('invalid', 'Each key of an attribute is given once.')
}
