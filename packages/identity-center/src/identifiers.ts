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
