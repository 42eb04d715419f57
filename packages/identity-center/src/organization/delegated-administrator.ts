/** Which services the organization trusts, and which account administers one of them in its place. */

import type { AccountId } from '../identifiers.ts'

export interface ServiceAccess {
  /** `sso.amazonaws.com` is Identity Center. */
  readonly servicePrincipal: string
  readonly enabledAt: Date
}

export interface DelegatedAdministrator {
  readonly accountId: AccountId
  readonly servicePrincipal: string
  readonly enabledAt: Date
}

/** Identity Center, whose one delegated administrator may administer this instance. */
export const IDENTITY_CENTER_PRINCIPAL = 'sso.amazonaws.com'
