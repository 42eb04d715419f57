/** The numbered steps, in order, each applied once. A step never changes after its release. */

import type { Engine, EngineName, Run } from '../database/connection.ts'
import { StoreFault } from '../database/fault.ts'
import * as initial from './0001-initial.ts'
import * as directory from './0002-directory.ts'
import * as accountAccess from './0003-account-access.ts'
import * as applications from './0004-applications.ts'
import * as organization from './0005-organization.ts'
import * as iam from './0006-iam.ts'
import * as administration from './0007-administration.ts'
import * as policy from './0008-policy.ts'
import * as iamUsers from './0009-iam-users.ts'

export interface Migration {
  readonly name: string
  /** The statements of this step, for one engine. */
  readonly statements: (engine: EngineName) => readonly string[]
}

const MIGRATIONS: readonly Migration[] = [
  initial,
  directory,
  accountAccess,
  applications,
  organization,
  iam,
  administration,
  policy,
  iamUsers,
]

/** The number of the newest step. */
export const NEWEST_SCHEMA = MIGRATIONS.length

/**
 * Brings the database to the newest step, or to an older one for a backup of that time. Several processes may try at
 * once: one does it, the others find it done.
 */
export async function migrate(engine: Engine, now: Date, upTo = NEWEST_SCHEMA): Promise<void> {
  await engine.migration(async (run) => {
    await run('create table if not exists migrations (number integer primary key, name text, applied_at text)', [])
    const done = await lastStep(run)
    if (done > MIGRATIONS.length)
      throw new StoreFault('The database belongs to a newer version of this server. Start that one.', undefined)
    for (const [index, { name, statements }] of MIGRATIONS.entries()) {
      if (index < done || index >= upTo) continue
      for (const statement of statements(engine.name)) await run(statement, [])
      // Two engines, two ways to write a parameter; none of these three can hold anything but what stands here.
      await run(`insert into migrations values (${index + 1}, '${name}', '${now.toISOString()}')`, [])
    }
  })
}

async function lastStep(run: Run): Promise<number> {
  const rows = (await run('select coalesce(max(number), 0) as number from migrations', [])) as { number: number }[]
  return rows[0]?.number ?? 0
}
