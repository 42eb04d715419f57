/** All that a user can say of himself, and what other directories call him. */

import type { EngineName } from '../database/connection.ts'
import { statementsFor } from './statements.ts'

export const name = '0002-directory'

export const statements = (engine: EngineName): readonly string[] => statementsFor(engine, TABLES)

const TABLES: readonly string[] = [
  'alter table users add column display_name_key %text',
  'alter table users add column family_name_key %text',
  'alter table users add column email_key %text',
  'alter table users add column profile %text',
  'alter table users add column created_by %text',
  'alter table users add column updated_by %text',
  'alter table users add column version bigint not null default 0',
  // Lower case beyond ASCII is not the same to both engines; the next change of a user writes the key as the domain has it.
  'update users set display_name_key = lower(display_name), family_name_key = lower(family_name)',
  // Of several with one address, which nothing kept apart before, the first is found by it.
  `update users set email_key = lower(email) where id in
    (select min(id) from users where email is not null group by lower(email))`,
  'create unique index users_by_email on users (email_key)',
  'create index users_by_display_name on users (display_name_key, id)',
  'create index users_by_family_name on users (family_name_key, id)',

  'alter table groups add column external_ids %text',
  'alter table groups add column created_by %text',
  'alter table groups add column updated_by %text',
  'alter table groups add column version bigint not null default 0',

  'alter table group_memberships add column created_by %text',

  // What other directories call users and groups: for finding alone, the users and groups hold their own.
  `create table external_ids (
    principal_type %text not null, issuer %text not null, id %text not null, principal_id %text not null,
    primary key (principal_type, issuer, id)) %keyed`,
  'create index external_ids_of_principal on external_ids (principal_id)',
]
