/** Policies that AWS manages, as an operator has imported them, and the count of changes to what policies allow. */

import type { EngineName } from '../database/connection.ts'
import { statementsFor } from './statements.ts'

export const name = '0008-policy'

export const statements = (engine: EngineName): readonly string[] => statementsFor(engine, TABLES)

const TABLES: readonly string[] = [
  `create table managed_policies (
    arn %text primary key, name %text not null, document %text not null, imported_at %text not null)`,
  'create table policy_changes (id %text primary key, count bigint not null)',
  "insert into policy_changes values ('policies', 0)",
]
