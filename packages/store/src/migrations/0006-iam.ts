/** Roles and policies in local accounts. */

import type { EngineName } from '../database/connection.ts'
import { statementsFor } from './statements.ts'

export const name = '0006-iam'

export const statements = (engine: EngineName): readonly string[] => statementsFor(engine, TABLES)

/** `name_key` is the name in small letters: an account has no two roles, and no two policies, that differ in capitals. */
const TABLES: readonly string[] = [
  `create table iam_roles (
    account_id %text not null, name_key %text not null, name %text not null, path %text not null, id %text not null,
    assume_role_policy_document %text not null, max_session_duration bigint not null, description %text,
    tags %text not null, permissions_boundary %text, created_at %text not null, primary key (account_id, name_key))`,
  `create table iam_role_policies (
    account_id %text not null, role_key %text not null, name %text not null, document %text not null,
    primary key (account_id, role_key, name))`,
  `create table iam_role_attachments (
    account_id %text not null, role_key %text not null, policy_arn %text not null,
    primary key (account_id, role_key, policy_arn)) %keyed`,
  `create table iam_policies (
    arn %text primary key, account_id %text not null, name_key %text not null, name %text not null,
    path %text not null, id %text not null, document %text not null, description %text, tags %text not null,
    created_at %text not null, unique (account_id, name_key))`,
  // For permission sets, which refer to a policy by its name as it is spelt.
  'create index iam_policies_by_name on iam_policies (account_id, name)',
]
