/** A profile and its sso-session. */

/** What a sign-in needs to know, from an sso-session or from a profile in the legacy form. */
export interface SsoConfiguration {
  /** The sso-session's name; the legacy form has none. */
  readonly sessionName?: string
  /** Exactly as configured: the names of cache files depend on it. */
  readonly startUrl: string
  readonly region: string
  /** `sso_registration_scopes`, verbatim; the legacy form has none. */
  readonly registrationScopes?: string
}

/** A profile that says all that role credentials need. */
export interface SsoProfile extends SsoConfiguration {
  readonly profileName: string
  readonly accountId: string
  readonly roleName: string
}
