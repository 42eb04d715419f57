/** A large organization with IAM users and keys of every kind, behind a portal and an IAM that bear so many calls a second. */

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { CountingProxy, OwnAnswer, Passed } from '../../harness/counting-proxy.ts'
import type { ServerProcess } from '../../harness/server-process.ts'
import { accountIdOf } from '../../setup/large-organization.ts'

export const USERS_IN_ACCOUNT = 4
/** carla has two, the others one, erik none. */
export const KEYS_IN_ACCOUNT = 4

const DAY = 86_400_000

interface SeededKey {
  readonly age: number
  /** Days ago; nothing for a key that was never used. */
  readonly used?: number
  readonly status?: 'Inactive'
}

interface SeededUser {
  readonly name: string
  readonly policy: string
  readonly keys: readonly SeededKey[]
}

const seeded: readonly SeededUser[] = [
  { name: 'backup', policy: 'AdministratorAccess', keys: [{ age: 900 }] },
  {
    name: 'carla',
    policy: 'ReadOnlyAccess',
    keys: [
      { age: 400, used: 200 },
      { age: 30, used: 1 },
    ],
  },
  { name: 'deploy', policy: 'PowerUserAccess', keys: [{ age: 100, used: 2, status: 'Inactive' }] },
  { name: 'erik', policy: 'ReadOnlyAccess', keys: [] },
]

/** Of the letters that key ids are made of: this test reads keys, and none of them signs. */
const keyIdOf = (accountId: string, count: number, name: string): string => {
  const letters = [...accountId].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('')
  return `AKIA${letters.slice(-9)}${'XYZ'[count % 3]}${name.toUpperCase()}`.padEnd(20, 'Q').slice(0, 20)
}

/** Writes users and keys into the running server's database, in one transaction. */
export function seedUsers(server: ServerProcess, accounts: number): void {
  const database = new DatabaseSync(join(server.data, 'mayfly.db'), { timeout: 10_000 })
  const at = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY).toISOString()
  const insert = (table: string, row: Readonly<Record<string, string | null>>): void => {
    const names = Object.keys(row)
    const places = names.map(() => '?').join(', ')
    database.prepare(`insert into ${table} (${names.join(', ')}) values (${places})`).run(...Object.values(row))
  }
  try {
    database.exec('begin immediate')
    for (let account = 0; account < accounts; account += 1) {
      const accountId = accountIdOf(account)
      let count = 0
      for (const { name, policy, keys } of seeded) {
        const id = `AIDA${accountId.slice(-8)}${name}`.toUpperCase().padEnd(21, 'X').slice(0, 21)
        const user = { id, account_id: accountId, name_key: name, name, path: '/', tags: '[]', created_at: at(1000) }
        insert('iam_users', user)
        const policyArn = `arn:aws:iam::aws:policy/${policy}`
        insert('iam_user_attachments', { user_id: id, account_id: accountId, policy_arn: policyArn })
        for (const { age, used, status = 'Active' } of keys) {
          count += 1
          insert('iam_access_keys', {
            id: keyIdOf(accountId, count, name),
            account_id: accountId,
            user_id: id,
            status,
            sealed_secret: 'sealed',
            created_at: at(age),
            last_used_at: used === undefined ? null : at(used),
            last_used_region: used === undefined ? null : 'eu-west-1',
            last_used_service: used === undefined ? null : 's3',
          })
        }
      }
    }
    database.exec('commit')
  } finally {
    database.close()
  }
}

/** Refuses what comes faster: the portal's calls as the portal does, IAM's as IAM does. */
export class CallLimit {
  refused = 0
  readonly #arrivals: Record<'portal' | 'iam', number[]> = { portal: [], iam: [] }

  constructor(proxy: CountingProxy, most: { readonly portal: number; readonly iam: number }) {
    proxy.passed.length = 0
    proxy.instead = (request) => this.#judge(request, most)
  }

  #judge({ method, path, body }: Passed, most: { portal: number; iam: number }): OwnAnswer | undefined {
    const kind = /^\/(assignment|federation)\//.test(path)
      ? 'portal'
      : method === 'POST' && path === '/'
        ? 'iam'
        : undefined
    if (kind === undefined || (kind === 'iam' && !body.startsWith('Action='))) return undefined
    const now = performance.now()
    const recent = this.#arrivals[kind].filter((moment) => moment > now - 1000)
    this.#arrivals[kind] = [...recent, now]
    if (recent.length < most[kind]) return undefined
    this.refused += 1
    if (kind === 'portal') {
      const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' }
      return { status: 429, headers, body: Buffer.from('{"message":"HTTP 429 Unknown Code"}') }
    }
    const error = '<Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error>'
    const text = `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${error}<RequestId>1</RequestId></ErrorResponse>`
    return { status: 400, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) }
  }
}

/** How often IAM was asked for this. */
export const countAction = (proxy: CountingProxy, action: string): number =>
  proxy.count('/', ({ body, status }) => body.startsWith(`Action=${action}&`) && status === 200)
