/** Signed calls of sts, right and wrong. */

import { presignQuery, type SigningCredentials, signRequest } from '../../packages/wire/src/signature-v4.ts'
import { type Answer, ask, type RoleKeys } from './attacker.ts'

export interface Twist {
  readonly service?: string
  readonly region?: string
  readonly now?: Date
  /** Signed with the rest. */
  readonly headers?: Readonly<Record<string, string>>
  /** Added or put in place of others after signing. */
  readonly after?: Readonly<Record<string, string>>
  readonly body?: string
  /** Sent in place of the body that was signed. */
  readonly sentBody?: string
}

const IDENTITY = 'Action=GetCallerIdentity&Version=2011-06-15'

/** GetCallerIdentity with the signature in the header. */
export function identify(origin: string, keys: SigningCredentials, twist: Twist = {}): Promise<Answer> {
  const { body = IDENTITY } = twist
  const headers = {
    host: new URL(origin).host,
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    ...twist.headers,
  }
  const signed = signRequest({
    request: { method: 'POST', rawPath: '/', rawQuery: '', headers, body },
    credentials: keys,
    region: twist.region ?? 'us-east-1',
    service: twist.service ?? 'sts',
    now: twist.now ?? new Date(),
  })
  return ask(origin, '/', {
    method: 'POST',
    headers: { ...headers, ...signed.headers, ...twist.after },
    body: twist.sentBody ?? body,
  })
}

/** The query of a presigned GetCallerIdentity. */
export function presign(origin: string, keys: RoleKeys, expiresIn: number, now = new Date()): string {
  const headers = { host: new URL(origin).host }
  const request = { method: 'GET', rawPath: '/', rawQuery: IDENTITY, headers, body: '' }
  return presignQuery({ request, expiresIn, credentials: keys, region: 'us-east-1', service: 'sts', now })
}
