/** Branded ids, and how each one looks (identity-center specification §0.3). */

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** Twelve digits. */
export type AccountId = Branded<'AccountId'>
/** `arn:aws:sso:::instance/ssoins-<16 hex>` */
export type InstanceArn = Branded<'InstanceArn'>
/** `d-<10 hex>` */
export type IdentityStoreId = Branded<'IdentityStoreId'>
/** `<10 hex of the identity store>-<uuid>`, or a plain uuid. */
export type UserId = Branded<'UserId'>
/** Looks as a user id does. */
export type GroupId = Branded<'GroupId'>
export type GroupMembershipId = Branded<'GroupMembershipId'>
/** `arn:aws:sso:::permissionSet/ssoins-<16 hex>/ps-<16 hex>` */
export type PermissionSetArn = Branded<'PermissionSetArn'>
/** `arn:aws:sso::<account>:application/ssoins-<16 hex>/apl-<16 hex>` */
export type ApplicationArn = Branded<'ApplicationArn'>
/** `arn:aws:sso::<account>:trustedTokenIssuer/ssoins-<16 hex>/tti-<uuid>` */
export type TrustedTokenIssuerArn = Branded<'TrustedTokenIssuerArn'>
/** A uuid: one signed-in browser. */
export type SessionId = Branded<'SessionId'>
/** A uuid: one client's chain of access and refresh tokens, from one grant. */
export type TokenFamilyId = Branded<'TokenFamilyId'>
/** A uuid. */
export type MfaDeviceId = Branded<'MfaDeviceId'>
/** What a client registration is known by. */
export type ClientId = Branded<'ClientId'>
/** SHA-256 of a secret, in lower-case hexadecimal: what is stored of it. */
export type SecretHash = Branded<'SecretHash'>
/** `o-` and ten or more of `[a-z0-9]` */
export type OrganizationId = Branded<'OrganizationId'>
/** `r-` and four or more of `[0-9a-z]` */
export type RootId = Branded<'RootId'>
/** `ou-<the root's letters>-` and eight or more of `[a-z0-9]` */
export type OrganizationalUnitId = Branded<'OrganizationalUnitId'>
/** `p-` and eight or more of `[0-9a-zA-Z_]` */
export type OrganizationPolicyId = Branded<'OrganizationPolicyId'>
