/** Attributes for access control: what of a user goes into its role sessions as tags (§4.4). */

import type { InstanceArn } from '../identifiers.ts'

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
