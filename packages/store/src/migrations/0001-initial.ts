/** The first tables. */

import type { EngineName } from '../database/connection.ts'
import { statementsFor } from './statements.ts'

export const name = '0001-initial'

export const statements = (engine: EngineName): readonly string[] => statementsFor(engine, TABLES)

const TABLES: readonly string[] = [
  `create table instances (
    arn %text primary key, identity_store_id %text not null, region %text not null, name %text not null,
    owner_account_id %text not null, start_url_aliases %text not null, session_duration bigint not null,
    mfa_prompt %text not null, mfa_without_device %text not null, device_grant_enabled bigint not null,
    created_at %text not null)`,
  `create table signing_keys (
    id %text primary key, purpose %text not null, sealed_secret %text not null, created_at %text not null,
    retired_at %text)`,

  `create table users (
    id %text primary key, identity_store_id %text not null, user_name %text not null, user_name_key %text not null,
    display_name %text not null, given_name %text not null, family_name %text not null, email %text,
    status %text not null, created_at %text not null, updated_at %text not null,
    unique (identity_store_id, user_name_key))`,
  'create index users_by_name on users (user_name_key)',
  `create table groups (
    id %text primary key, identity_store_id %text not null, display_name %text not null,
    display_name_key %text not null, description %text, created_at %text not null, updated_at %text not null,
    unique (identity_store_id, display_name_key))`,
  'create index groups_by_name on groups (display_name_key)',
  `create table group_memberships (
    id %text primary key, identity_store_id %text not null,
    group_id %text not null references groups on delete cascade,
    user_id %text not null references users on delete cascade, created_at %text not null, unique (group_id, user_id)) %keyed`,
  'create index group_memberships_of_user on group_memberships (user_id, group_id)',

  `create table accounts (
    id %text primary key, name %text not null, email %text not null, created_at %text not null)`,
  'create index accounts_by_name on accounts (name, id)',
  `create table permission_sets (
    arn %text primary key, instance_arn %text not null references instances, name %text not null, description %text,
    session_duration bigint not null, relay_state %text, managed_policies %text not null,
    customer_managed_policies %text not null, inline_policy %text, created_at %text not null,
    unique (instance_arn, name))`,
  `create table account_assignments (
    instance_arn %text not null, account_id %text not null references accounts,
    permission_set_arn %text not null references permission_sets, principal_type %text not null,
    principal_id %text not null, created_at %text not null,
    primary key (account_id, permission_set_arn, principal_type, principal_id)) %keyed`,
  `create index account_assignments_of_principal
    on account_assignments (principal_id, account_id, permission_set_arn, principal_type)`,
  'create index account_assignments_of_set on account_assignments (permission_set_arn, account_id)',
  `create table provisioned_permission_sets (
    account_id %text not null references accounts, permission_set_arn %text not null references permission_sets,
    role_name %text not null, role_id %text not null, provisioned_at %text not null,
    primary key (account_id, permission_set_arn)) %keyed`,
  'create index provisioned_permission_sets_of_set on provisioned_permission_sets (permission_set_arn)',
  'create unique index provisioned_permission_sets_by_role on provisioned_permission_sets (account_id, role_name)',
  `create table revocations (
    subject %text primary key, issued_until %text not null, expires_at %text not null) %keyed`,

  `create table device_authorizations (
    device_code_hash %text primary key, user_code %text not null, client_id %text not null, client_name %text not null,
    scopes %text not null, requester %text not null, state %text not null, user_id %text, session_id %text,
    "interval" bigint not null, polls bigint not null, last_polled_at %text, created_at %text not null,
    expires_at %text not null)`,
  'create unique index device_authorizations_by_user_code on device_authorizations (user_code)',
  'create index device_authorizations_by_expiry on device_authorizations (expires_at)',
  `create table authorization_codes (
    code_hash %text primary key, client_id %text not null, user_id %text not null, session_id %text not null,
    redirect_uri %text not null, code_challenge %text not null, scopes %text not null, created_at %text not null,
    expires_at %text not null, consumed_at %text, token_family_id %text) %keyed`,
  'create index authorization_codes_by_expiry on authorization_codes (expires_at)',
  `create table token_families (
    id %text primary key, user_id %text not null references users on delete cascade, session_id %text not null,
    client_id %text not null, client_name %text not null, scopes %text not null, "grant" %text not null,
    requester %text not null, created_at %text not null, expires_at %text not null, last_used_at %text not null,
    revoked_at %text)`,
  'create index token_families_of_user on token_families (user_id, created_at)',
  'create index token_families_of_session on token_families (session_id)',
  'create index token_families_by_expiry on token_families (expires_at)',
  // Tokens refer to their family without a foreign key: it would need an index, which costs each refresh two pages more.
  // A token without its family is never found, and goes when it has expired.
  `create table access_tokens (
    token_hash %text primary key, family_id %text not null,
    issued_at %text not null, expires_at %text not null) %keyed`,
  'create index access_tokens_by_expiry on access_tokens (expires_at)',
  `create table refresh_tokens (
    token_hash %text primary key, family_id %text not null,
    issued_at %text not null, expires_at %text not null, rotated_at %text) %keyed`,
  'create index refresh_tokens_by_expiry on refresh_tokens (expires_at)',

  `create table passwords (
    user_id %text primary key references users on delete cascade, hash %text not null, previous_hashes %text not null,
    updated_at %text not null)`,
  `create table mfa_devices (
    id %text primary key, user_id %text not null references users on delete cascade, type %text not null,
    name %text not null, sealed_secret %text not null, last_step bigint not null, created_at %text not null,
    last_used_at %text)`,
  'create index mfa_devices_of_user on mfa_devices (user_id, created_at)',
  `create table recovery_codes (
    user_id %text not null references users on delete cascade, code_hash %text not null, created_at %text not null,
    used_at %text, primary key (user_id, code_hash)) %keyed`,
  `create table sessions (
    id %text primary key, cookie_hash %text not null unique, user_id %text not null references users on delete cascade,
    requester %text not null, mfa bigint not null, created_at %text not null, expires_at %text not null,
    ended_at %text)`,
  'create index sessions_of_user on sessions (user_id, created_at)',
  'create index sessions_by_expiry on sessions (expires_at)',
  `create table one_time_links (
    token_hash %text primary key, purpose %text not null, user_id %text references users on delete cascade,
    created_at %text not null, expires_at %text not null, consumed_at %text)`,
  'create index one_time_links_of_user on one_time_links (user_id)',
  `create table sign_in_attempts (
    subject %text primary key, count bigint not null, last_attempt_at %text not null, blocked_until %text) %keyed`,
  'create index sign_in_attempts_by_time on sign_in_attempts (last_attempt_at)',

  `create table audit_events (
    event_id %text not null, event_time %text not null, event_source %text not null, event_name %text not null,
    request_id %text not null, source_address %text not null, user_agent %text not null, user_identity %text not null,
    request_parameters %text, response_elements %text, additional_event_data %text, service_event_details %text,
    error_code %text, error_message %text,
    read_only bigint not null, user_id %text,
    primary key (event_time, event_id))`,
  'create index audit_events_of_user on audit_events (user_id, event_time, event_id)',
  'create index audit_events_by_name on audit_events (event_name, event_time, event_id)',
]
