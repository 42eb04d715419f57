/** A client registration, signed into its id and its secret, so that nobody has to store it (§2.2). */

import { hash, timingSafeEqual } from 'node:crypto'
import type { ClientId, InstanceArn } from '@mayfly/identity-center/identifiers'
import type { ClientRegistration } from '@mayfly/identity-center/oauth/client-registration'
import type { Keys } from './keys.ts'

const PURPOSE = 'client-registration'
const CODE_LENGTH = 32

export type UnsignedRegistration = Omit<ClientRegistration, 'clientId'>

/** The id carries the registration, since `/authorize` is shown nothing else; the secret is bound to the id. */
export function signRegistration(
  registration: UnsignedRegistration,
  keys: Keys,
): { clientId: ClientId; clientSecret: string } {
  const body = Buffer.from(JSON.stringify(toFields(registration))).toString('base64url')
  const { keyId, code } = keys.mac(PURPOSE, `id:${body}`)
  const clientId = `${keyId}${code.toString('base64url')}${body}` as ClientId
  const claims = {
    sub: thumbprint(clientId),
    iat: Math.floor(registration.issuedAt.getTime() / 1000),
    exp: Math.floor(registration.expiresAt.getTime() / 1000),
  }
  const signed = `${encode({ alg: 'HS256', kid: keyId, typ: 'JWT' })}.${encode(claims)}`
  return { clientId, clientSecret: `${signed}.${keys.mac(PURPOSE, `secret:${signed}`).code.toString('base64url')}` }
}

/** What a client id carries, or undefined when this server did not sign it. Whether it has expired is not asked. */
export function readRegistration(clientId: string, keys: Keys): ClientRegistration | undefined {
  const keyId = clientId.slice(0, 8)
  const codeEnd = 8 + Math.ceil((CODE_LENGTH * 4) / 3)
  const body = clientId.slice(codeEnd)
  if (!sameCode(clientId.slice(8, codeEnd), keys.mac(PURPOSE, `id:${body}`, keyId)?.code)) return undefined
  const fields: Fields = JSON.parse(Buffer.from(body, 'base64url').toString())
  return { clientId: clientId as ClientId, ...fromFields(fields) }
}

/** Whether `clientSecret` is the one that was issued together with this client id. */
export function isSecretOf(clientId: string, clientSecret: string, keys: Keys): boolean {
  const [header, claims, code, ...rest] = clientSecret.split('.')
  if (header === undefined || claims === undefined || code === undefined || rest.length > 0) return false
  if (!sameCode(code, keys.mac(PURPOSE, `secret:${header}.${claims}`, clientId.slice(0, 8))?.code)) return false
  return JSON.parse(Buffer.from(claims, 'base64url').toString()).sub === thumbprint(clientId)
}

type Fields = readonly [
  clientName: string,
  instance: string,
  issuedAt: number,
  expiresAt: number,
  scopes: readonly string[],
  grantTypes: readonly string[],
  redirectUris: readonly string[],
]

const toFields = (registration: UnsignedRegistration): Fields => [
  registration.clientName,
  registration.instanceArn,
  registration.issuedAt.getTime() / 1000,
  registration.expiresAt.getTime() / 1000,
  registration.scopes,
  registration.grantTypes,
  registration.redirectUris,
]

const fromFields = ([
  clientName,
  instance,
  issuedAt,
  expiresAt,
  scopes,
  grantTypes,
  redirectUris,
]: Fields): UnsignedRegistration => ({
  clientName,
  clientType: 'public',
  scopes,
  grantTypes,
  redirectUris,
  instanceArn: instance as InstanceArn,
  issuedAt: new Date(issuedAt * 1000),
  expiresAt: new Date(expiresAt * 1000),
})

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const thumbprint = (clientId: string): string => hash('sha256', clientId, 'base64url')

function sameCode(text: string, code: Buffer | undefined): boolean {
  const shown = Buffer.from(text, 'base64url')
  // Decoding forgives stray characters and loose last bits; a second spelling of one id must not pass.
  return (
    code !== undefined &&
    shown.length === code.length &&
    shown.toString('base64url') === text &&
    timingSafeEqual(shown, code)
  )
}
