/** What a permission set is made of, where it is provisioned, and what was asked for. */

import type { EngineName } from '../database/connection.ts'
import { statementsFor } from './statements.ts'

export const name = '0003-account-access'

export const statements = (engine: EngineName): readonly string[] => statementsFor(engine, TABLES)

const TABLES: readonly string[] = [
  'alter table permission_sets add column permissions_boundary %text',
  'alter table permission_sets add column session_duration_text %text',
  'alter table permission_sets add column version bigint not null default 1',
  'create index permission_sets_by_name on permission_sets (name)',
  `create table permission_set_versions (
    permission_set_arn %text not null references permission_sets on delete cascade, version bigint not null,
    managed_policies %text not null, customer_managed_policies %text not null, inline_policy %text,
    permissions_boundary %text, primary key (permission_set_arn, version)) %keyed`,
  `insert into permission_set_versions
    select arn, version, managed_policies, customer_managed_policies, inline_policy, permissions_boundary
    from permission_sets`,

  'alter table provisioned_permission_sets add column version bigint not null default 1',
  'drop index provisioned_permission_sets_of_set',
  'create index provisioned_permission_sets_of_set on provisioned_permission_sets (permission_set_arn, account_id)',
  `create index provisioned_permission_sets_by_version
    on provisioned_permission_sets (permission_set_arn, version, account_id)`,

  `create table account_assignment_requests (
    id %text primary key, instance_arn %text not null, operation %text not null, status %text not null,
    failure_reason %text, account_id %text not null, permission_set_arn %text not null,
    principal_type %text not null, principal_id %text not null, created_at %text not null)`,
  `create index account_assignment_requests_by_time
    on account_assignment_requests (operation, created_at, id)`,
  `create index account_assignment_requests_by_status
    on account_assignment_requests (operation, status, created_at, id)`,
  `create table provisioning_requests (
    id %text primary key, instance_arn %text not null, status %text not null, failure_reason %text,
    account_id %text, permission_set_arn %text not null, created_at %text not null)`,
  'create index provisioning_requests_by_time on provisioning_requests (created_at, id)',
  'create index provisioning_requests_by_status on provisioning_requests (status, created_at, id)',

  `create table tags (
    resource_arn %text not null, key %text not null, value %text not null, primary key (resource_arn, key)) %keyed`,
  `create table access_control_attribute_configurations (
    instance_arn %text primary key references instances, attributes %text not null) %keyed`,
]
