/** A key of the server's own, sealed at rest by the root key from its configuration. */

/** What a key is for. One key has one purpose. */
export type KeyPurpose =
  | 'client-registration'
  | 'role-credentials'
  | 'sealing'
  | 'page-token'
  | 'audit-chain'
  | 'id-token'
  | 'identity-context'

export interface SigningKey {
  /** Eight lower-case hexadecimal digits. */
  readonly id: string
  readonly purpose: KeyPurpose
  /** 32 bytes, sealed; base64url. */
  readonly sealedSecret: string
  readonly createdAt: Date
  /** From when on it opens and verifies, and no longer seals or signs. */
  readonly retiredAt?: Date
}
