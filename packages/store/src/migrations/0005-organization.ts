/** Units, policies and delegated administrators of the organization. */

import type { EngineName } from '../database/connection.ts'
import { statementsFor } from './statements.ts'

export const name = '0005-organization'

export const statements = (engine: EngineName): readonly string[] => statementsFor(engine, TABLES)

const TABLES: readonly string[] = [
  `create table organizations (
    id %text primary key, arn %text not null, root_id %text not null, management_account_id %text not null,
    feature_set %text not null, service_control_policies bigint not null, created_at %text not null)`,
  // The ids follow from the instance's, as they do when a document is loaded.
  `insert into organizations
    select 'o-' || substr(arn, length(arn) - 15, 10),
      replace(substr(arn, 1, length(arn) - 35), ':sso', ':organizations') || '::' || owner_account_id
        || ':organization/o-' || substr(arn, length(arn) - 15, 10),
      'r-' || substr(arn, length(arn) - 3), owner_account_id, 'ALL', 0, created_at
    from instances`,
  `create table organizational_units (
    id %text primary key, parent_id %text not null, name %text not null, path %text not null,
    created_at %text not null, unique (parent_id, name))`,
  'create index organizational_units_of_parent on organizational_units (parent_id, id)',

  "alter table accounts add column parent_id %text not null default ''",
  "alter table accounts add column joined_method %text not null default 'CREATED'",
  'alter table accounts add column closed_at %text',
  "update accounts set parent_id = coalesce((select root_id from organizations), '')",
  'create index accounts_of_parent on accounts (parent_id, id)',
  'alter table accounts add column email_key %text',
  // Of several with one address, which nothing kept apart before, the first is found by it.
  `update accounts set email_key = lower(email) where id in
    (select min(id) from accounts where email <> '' group by lower(email))`,
  'create unique index accounts_by_email on accounts (email_key)',

  `create table organization_policies (
    id %text primary key, name %text not null unique, description %text not null, content %text not null,
    created_at %text not null)`,
  // AWS's own policy, as it was when this step was made.
  `insert into organization_policies
    select 'p-FullAWSAccess', 'FullAWSAccess', 'Allows access to every operation',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}', created_at
    from organizations`,
  `create table policy_attachments (
    target_id %text not null, policy_id %text not null, primary key (target_id, policy_id)) %keyed`,
  'create index policy_attachments_of_policy on policy_attachments (policy_id, target_id)',

  `create table service_access (service_principal %text primary key, enabled_at %text not null) %keyed`,
  "insert into service_access select 'sso.amazonaws.com', created_at from organizations",
  `create table delegated_administrators (
    account_id %text not null, service_principal %text not null, enabled_at %text not null,
    primary key (account_id, service_principal)) %keyed`,
  'create index delegated_administrators_of_service on delegated_administrators (service_principal, account_id)',

  `create table create_account_requests (
    id %text primary key, account_name %text not null, state %text not null, account_id %text, failure_reason %text,
    requested_at %text not null, completed_at %text)`,
  'create index create_account_requests_by_state on create_account_requests (state, id)',
  `create table handshakes (
    id %text primary key, account_id %text not null, notes %text, created_at %text not null,
    expires_at %text not null)`,
]
