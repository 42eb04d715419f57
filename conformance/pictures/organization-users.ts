/** IAM users of an organization that has been around for years, with keys that nobody has looked at for a while. */

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DEVELOPMENT, MANAGEMENT, PRODUCTION } from '../harness/example.ts'
import type { ServerProcess } from '../harness/server-process.ts'

interface OldUser {
  readonly account: string
  readonly name: string
  readonly policy: string
  /** Days ago. Without `used` it never was. */
  readonly keys: readonly { readonly age: number; readonly used?: number; readonly status?: 'Inactive' }[]
}

const USERS: readonly OldUser[] = [
  { account: MANAGEMENT, name: 'consultant', policy: 'AdministratorAccess', keys: [{ age: 1460, used: 1410 }] },
  { account: PRODUCTION, name: 'backup', policy: 'AmazonS3FullAccess', keys: [{ age: 913 }] },
  { account: PRODUCTION, name: 'jenkins', policy: 'PowerUserAccess', keys: [{ age: 702, used: 0 }] },
  {
    account: PRODUCTION,
    name: 'reports',
    policy: 'ReadOnlyAccess',
    keys: [
      { age: 530, used: 300 },
      { age: 120, used: 3 },
    ],
  },
  { account: DEVELOPMENT, name: 'deploy', policy: 'PowerUserAccess', keys: [{ age: 410, used: 1 }] },
  {
    account: DEVELOPMENT,
    name: 'loadtest',
    policy: 'ReadOnlyAccess',
    keys: [{ age: 95, used: 60, status: 'Inactive' }],
  },
]

const DAY = 86_400_000

/** Keys that read like AWS's examples and sign nothing, written into the database of the running server. */
export function seedOldUsers(server: ServerProcess, now: Date): void {
  const database = new DatabaseSync(join(server.data, 'mayfly.db'), { timeout: 10_000 })
  const at = (days: number): string => new Date(now.getTime() - days * DAY).toISOString()
  const insert = (table: string, row: Readonly<Record<string, string | null>>): void => {
    const names = Object.keys(row)
    const places = names.map(() => '?').join(', ')
    database.prepare(`insert into ${table} (${names.join(', ')}) values (${places})`).run(...Object.values(row))
  }
  try {
    for (const { account, name, policy, keys } of USERS) {
      const id = `AIDA${name.toUpperCase()}`.padEnd(21, 'X')
      const user = { id, account_id: account, name_key: name, name, path: '/', tags: '[]', created_at: at(1500) }
      insert('iam_users', user)
      const policyArn = `arn:aws:iam::aws:policy/${policy}`
      insert('iam_user_attachments', { user_id: id, account_id: account, policy_arn: policyArn })
      for (const [index, { age, used, status = 'Active' }] of keys.entries())
        insert('iam_access_keys', {
          id: `AKIA${name.toUpperCase().slice(0, 8).padEnd(8, 'Q')}${index + 2}EXAMPLE`,
          account_id: account,
          user_id: id,
          status,
          sealed_secret: 'sealed',
          created_at: at(age),
          last_used_at: used === undefined ? null : at(used),
          last_used_region: used === undefined ? null : 'eu-west-1',
          last_used_service: used === undefined ? null : 's3',
        })
    }
  } finally {
    database.close()
  }
}
