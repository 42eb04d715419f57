/** IAM users of local accounts, what is on them, and their long-term access keys. */

import type { EngineName } from '../database/connection.ts'
import { statementsFor } from './statements.ts'

export const name = '0009-iam-users'

export const statements = (engine: EngineName): readonly string[] => statementsFor(engine, TABLES)

/**
 * `name_key` is the name in small letters: an account has no two users that differ in capitals. What belongs to a user
 * hangs on its id, so that another name changes one row.
 */
const TABLES: readonly string[] = [
  `create table iam_users (
    id %text primary key, account_id %text not null, name_key %text not null, name %text not null,
    path %text not null, tags %text not null, permissions_boundary %text, created_at %text not null,
    unique (account_id, name_key))`,
  `create table iam_user_policies (
    user_id %text not null, name %text not null, document %text not null, primary key (user_id, name))`,
  `create table iam_user_attachments (
    user_id %text not null, account_id %text not null, policy_arn %text not null,
    primary key (user_id, policy_arn)) %keyed`,
  'create index iam_user_attachments_of_account on iam_user_attachments (account_id, policy_arn)',
  `create table iam_access_keys (
    id %text primary key, account_id %text not null, user_id %text not null, status %text not null,
    sealed_secret %text not null, created_at %text not null, last_used_at %text, last_used_region %text,
    last_used_service %text)`,
  'create index iam_access_keys_of_user on iam_access_keys (user_id)',
]
