/** The operations that are measured, and the requests for them: as many keys as families, each request used once. */

import { type SigningCredentials, signRequest } from '@mayfly/wire/signature-v4'
import { DEVELOPMENT, PRODUCTION } from '../conformance/harness/example.ts'
import type { Family } from './families.ts'
import { requestBytes, type Source } from './load.ts'

export interface Case {
  readonly name: string
  /** As the audit records call it. */
  readonly eventName: string
  readonly connections: number
  /** Against node:http alone, or against one that commits a row before it answers. */
  readonly floor: 'answer' | 'commit'
  /** The requests of one round; each is used once. */
  readonly source: () => Source
}

/** More than one round can use: signing them takes longer than answering them. */
const MOST_SIGNED = 60_000

export function cases(host: string, families: readonly Family[]): readonly Case[] {
  const roles = families.map(({ credentials }) => credentials)
  return [
    callerIdentities('GetCallerIdentity', host, roles),
    {
      name: 'GetRoleCredentials',
      eventName: 'GetRoleCredentials',
      connections: 64,
      floor: 'answer',
      source: () => {
        let index = 0
        return { next: () => roleCredentials(host, pick(families, index++), index) }
      },
    },
    {
      name: 'CreateToken (refresh)',
      eventName: 'CreateToken',
      connections: 64,
      floor: 'commit',
      source: () => refreshes(host, families, 64),
    },
  ]
}

/** The same call with role credentials, whose token holds all there is to know, and with long-term keys, which are looked up. */
export const callerIdentities = (name: string, host: string, signers: readonly SigningCredentials[]): Case => ({
  name,
  eventName: 'GetCallerIdentity',
  connections: 8,
  floor: 'answer',
  source: () => oneByOne(Array.from({ length: MOST_SIGNED }, (_, index) => callerIdentity(host, pick(signers, index)))),
})

export const pick = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

const FORM = 'application/x-www-form-urlencoded; charset=utf-8'

function callerIdentity(host: string, credentials: SigningCredentials): Buffer {
  const body = 'Action=GetCallerIdentity&Version=2011-06-15'
  const headers = { host, 'content-type': FORM }
  const { headers: signature } = signRequest({
    request: { method: 'POST', rawPath: '/', rawQuery: '', headers, body: Buffer.from(body) },
    credentials,
    region: 'us-east-1',
    service: 'sts',
    now: new Date(),
  })
  return requestBytes('POST', '/', { ...headers, ...signature }, body)
}

function roleCredentials(host: string, { accessToken }: Family, index: number): Buffer {
  const account = index % 2 === 0 ? DEVELOPMENT : PRODUCTION
  return requestBytes('GET', `/federation/credentials?role_name=ReadOnlyAccess&account_id=${account}`, {
    host,
    'x-amz-sso_bearer_token': accessToken,
  })
}

/** Each connection has families of its own, and shows each refresh token once. */
export function refreshes(host: string, families: readonly Family[], connections: number): Source {
  const own = Array.from({ length: connections }, (_, connection) =>
    families.filter((_family, index) => index % connections === connection),
  )
  const turn = new Array<number>(connections).fill(0)
  const current = (connection: number): Family => pick(own[connection] ?? [], turn[connection] ?? 0)
  return {
    next: (connection) => {
      const { clientId, clientSecret, refreshToken } = current(connection)
      const body = JSON.stringify({ clientId, clientSecret, grantType: 'refresh_token', refreshToken })
      return requestBytes('POST', '/token', { host, 'content-type': 'application/json' }, body)
    },
    answered: (connection, body) => {
      const answer = JSON.parse(body) as { accessToken?: string; refreshToken?: string }
      const family = current(connection)
      if (answer.accessToken && answer.refreshToken) {
        family.accessToken = answer.accessToken
        family.refreshToken = answer.refreshToken
      }
      turn[connection] = (turn[connection] ?? 0) + 1
    },
  }
}

function oneByOne(requests: readonly Buffer[]): Source {
  let index = 0
  return { next: () => requests[index++] }
}
