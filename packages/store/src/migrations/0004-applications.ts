/** Applications, who may use them, and whose tokens they take. */

import type { EngineName } from '../database/connection.ts'
import { statementsFor } from './statements.ts'

export const name = '0004-applications'

export const statements = (engine: EngineName): readonly string[] => statementsFor(engine, TABLES)

const TABLES: readonly string[] = [
  `create table applications (
    arn %text primary key, instance_arn %text not null references instances, account_id %text not null,
    provider_arn %text not null, name %text not null, description %text, status %text not null,
    visibility %text not null, sign_in_options %text, assignment_required bigint not null, actor_policy %text,
    created_from %text not null, created_at %text not null)`,
  'create index applications_by_name on applications (name, arn)',
  'create index applications_of_account on applications (account_id, arn)',
  'create index applications_of_provider on applications (provider_arn, arn)',
  `create table application_assignments (
    application_arn %text not null references applications on delete cascade, principal_type %text not null,
    principal_id %text not null, created_at %text not null,
    primary key (application_arn, principal_type, principal_id)) %keyed`,
  `create index application_assignments_of_principal
    on application_assignments (principal_id, application_arn, principal_type)`,
  `create table application_grants (
    application_arn %text not null references applications on delete cascade, type %text not null,
    details %text not null, primary key (application_arn, type)) %keyed`,
  `create table application_access_scopes (
    application_arn %text not null references applications on delete cascade, scope %text not null,
    authorized_targets %text not null, primary key (application_arn, scope)) %keyed`,
  `create table trusted_token_issuers (
    arn %text primary key, instance_arn %text not null references instances, account_id %text not null,
    name %text not null, issuer_url %text not null, claim_attribute_path %text not null,
    identity_store_attribute_path %text not null, created_at %text not null)`,
  `create table spent_assertions (
    trusted_token_issuer_arn %text not null, token_id_hash %text not null, expires_at %text not null,
    primary key (trusted_token_issuer_arn, token_id_hash)) %keyed`,
  'create index spent_assertions_by_expiry on spent_assertions (expires_at)',
  `create table client_tokens (
    scope %text not null, token %text not null, input_hash %text not null, answer %text not null,
    expires_at %text not null, primary key (scope, token)) %keyed`,
  'create index client_tokens_by_expiry on client_tokens (expires_at)',
  // Assertions name users by an external id alone, whoever issued it.
  'create index external_ids_by_id on external_ids (id)',
]
