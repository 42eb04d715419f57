/** A registered client. It is stored nowhere: its id and its secret carry it, signed (§2.2). */

import type { ClientId, InstanceArn } from '../identifiers.ts'

export interface ClientRegistration {
  readonly clientId: ClientId
  readonly clientName: string
  readonly clientType: 'public'
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  /** Without regard to the port where the host is a loopback address (RFC 8252 §7.3). */
  readonly redirectUris: readonly string[]
  /** The instance that `issuerUrl` named; absent when none was sent, then the server's only one. */
  readonly instanceArn: InstanceArn
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/** Whether the client registered for a grant. One that named none may use them all, as AWS has it for device clients. */
export const mayUseGrant = ({ grantTypes }: Pick<ClientRegistration, 'grantTypes'>, grantType: string): boolean =>
  grantTypes.length === 0 || grantTypes.includes(grantType)
