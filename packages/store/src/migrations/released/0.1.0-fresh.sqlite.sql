PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migrations (number integer primary key, name text, applied_at text);
INSERT INTO migrations VALUES(1,'0001-initial','2026-11-20T09:00:00.000Z');
CREATE TABLE instances (
    arn text primary key, identity_store_id text not null, region text not null, name text not null,
    owner_account_id text not null, start_url_aliases text not null, session_duration bigint not null,
    mfa_prompt text not null, mfa_without_device text not null, device_grant_enabled bigint not null,
    created_at text not null);
INSERT INTO instances VALUES('arn:aws:sso:::instance/ssoins-e3a21d581594afea','d-3c04ab431c','eu-central-1','Mayfly','913101549576','[]',28800000,'always-on','require-registration',1,'2026-11-20T09:00:00.000Z');
CREATE TABLE signing_keys (
    id text primary key, purpose text not null, sealed_secret text not null, created_at text not null,
    retired_at text);
INSERT INTO signing_keys VALUES('5a03821c','client-registration','syy-_HRbcJ3idfQi56H5m8SJwIx-eMII9wW3s2k_KcApAOI0ry8sTruT7W1FThz7xnHA39El1vIl18Me','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('086b5eda','role-credentials','0STXcKv4Hh1OnF-QXT-khrxLbz3AYXR7HSjzeAXvzBren539-zmhYOVwvU6Nk5CPmF3mRe0T9C588ArR','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('7dcf81f0','sealing','O6URFG8S1IoyQ3wHkctjzwM2NBo--p-c63ctePF2ITvkbC3Li2ADAbVH3Bblx_DZWyHQrHSt3z4rnhDR','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('0fb4ff12','page-token','B23JzBq7fq4GGBo10WwBUDx_mfqKitH0z_Iv2rm7x7dbc_0xn6um0ITasqJDskNA0fegc6-8XdCN1Yfc','2026-11-20T09:00:00.000Z',NULL);
CREATE TABLE users (
    id text primary key, identity_store_id text not null, user_name text not null, user_name_key text not null,
    display_name text not null, given_name text not null, family_name text not null, email text,
    status text not null, created_at text not null, updated_at text not null,
    unique (identity_store_id, user_name_key));
CREATE TABLE groups (
    id text primary key, identity_store_id text not null, display_name text not null,
    display_name_key text not null, description text, created_at text not null, updated_at text not null,
    unique (identity_store_id, display_name_key));
INSERT INTO "groups" VALUES('3c04ab431c-bb878401-60db-83e2-afb1-913fc758cf58','d-3c04ab431c','Administrators','administrators','They administer this instance','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z');
CREATE TABLE group_memberships (
    id text primary key, identity_store_id text not null,
    group_id text not null references groups on delete cascade,
    user_id text not null references users on delete cascade, created_at text not null, unique (group_id, user_id)) without rowid;
CREATE TABLE accounts (
    id text primary key, name text not null, email text not null, created_at text not null);
INSERT INTO accounts VALUES('913101549576','Management','management@mayfly.invalid','2026-11-20T09:00:00.000Z');
CREATE TABLE permission_sets (
    arn text primary key, instance_arn text not null references instances, name text not null, description text,
    session_duration bigint not null, relay_state text, managed_policies text not null,
    customer_managed_policies text not null, inline_policy text, created_at text not null,
    unique (instance_arn, name));
INSERT INTO permission_sets VALUES('arn:aws:sso:::permissionSet/ssoins-e3a21d581594afea/ps-84968ff6ee5b1d2a','arn:aws:sso:::instance/ssoins-e3a21d581594afea','AdministratorAccess','Everything, for an hour',3600000,NULL,'["arn:aws:iam::aws:policy/AdministratorAccess"]','[]',NULL,'2026-11-20T09:00:00.000Z');
CREATE TABLE account_assignments (
    instance_arn text not null, account_id text not null references accounts,
    permission_set_arn text not null references permission_sets, principal_type text not null,
    principal_id text not null, created_at text not null,
    primary key (account_id, permission_set_arn, principal_type, principal_id)) without rowid;
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-e3a21d581594afea','913101549576','arn:aws:sso:::permissionSet/ssoins-e3a21d581594afea/ps-84968ff6ee5b1d2a','GROUP','3c04ab431c-bb878401-60db-83e2-afb1-913fc758cf58','2026-11-20T09:00:00.000Z');
CREATE TABLE provisioned_permission_sets (
    account_id text not null references accounts, permission_set_arn text not null references permission_sets,
    role_name text not null, role_id text not null, provisioned_at text not null,
    primary key (account_id, permission_set_arn)) without rowid;
INSERT INTO provisioned_permission_sets VALUES('913101549576','arn:aws:sso:::permissionSet/ssoins-e3a21d581594afea/ps-84968ff6ee5b1d2a','AWSReservedSSO_AdministratorAccess_a65c6dec428901cc','AROATRW36AX4WDGLBCA7E','2026-11-20T09:00:00.000Z');
CREATE TABLE revocations (
    subject text primary key, issued_until text not null, expires_at text not null) without rowid;
CREATE TABLE device_authorizations (
    device_code_hash text primary key, user_code text not null, client_id text not null, client_name text not null,
    scopes text not null, requester text not null, state text not null, user_id text, session_id text,
    "interval" bigint not null, polls bigint not null, last_polled_at text, created_at text not null,
    expires_at text not null);
CREATE TABLE authorization_codes (
    code_hash text primary key, client_id text not null, user_id text not null, session_id text not null,
    redirect_uri text not null, code_challenge text not null, scopes text not null, created_at text not null,
    expires_at text not null, consumed_at text, token_family_id text) without rowid;
CREATE TABLE token_families (
    id text primary key, user_id text not null references users on delete cascade, session_id text not null,
    client_id text not null, client_name text not null, scopes text not null, "grant" text not null,
    requester text not null, created_at text not null, expires_at text not null, last_used_at text not null,
    revoked_at text);
CREATE TABLE access_tokens (
    token_hash text primary key, family_id text not null,
    issued_at text not null, expires_at text not null) without rowid;
CREATE TABLE refresh_tokens (
    token_hash text primary key, family_id text not null,
    issued_at text not null, expires_at text not null, rotated_at text) without rowid;
CREATE TABLE passwords (
    user_id text primary key references users on delete cascade, hash text not null, previous_hashes text not null,
    updated_at text not null);
CREATE TABLE mfa_devices (
    id text primary key, user_id text not null references users on delete cascade, type text not null,
    name text not null, sealed_secret text not null, last_step bigint not null, created_at text not null,
    last_used_at text);
CREATE TABLE recovery_codes (
    user_id text not null references users on delete cascade, code_hash text not null, created_at text not null,
    used_at text, primary key (user_id, code_hash)) without rowid;
CREATE TABLE sessions (
    id text primary key, cookie_hash text not null unique, user_id text not null references users on delete cascade,
    requester text not null, mfa bigint not null, created_at text not null, expires_at text not null,
    ended_at text);
CREATE TABLE one_time_links (
    token_hash text primary key, purpose text not null, user_id text references users on delete cascade,
    created_at text not null, expires_at text not null, consumed_at text);
INSERT INTO one_time_links VALUES('6fc3f7e2e8b8270f3469ff4636b43a872f5f2abb879710f4b8321a4be5760428','first-administrator',NULL,'2026-11-20T09:00:00.000Z','2026-11-21T09:00:00.000Z',NULL);
CREATE TABLE sign_in_attempts (
    subject text primary key, count bigint not null, last_attempt_at text not null, blocked_until text) without rowid;
CREATE TABLE audit_events (
    event_id text not null, event_time text not null, event_source text not null, event_name text not null,
    request_id text not null, source_address text not null, user_agent text not null, user_identity text not null,
    request_parameters text, response_elements text, additional_event_data text, service_event_details text,
    error_code text, error_message text,
    read_only bigint not null, user_id text,
    primary key (event_time, event_id));
CREATE INDEX users_by_name on users (user_name_key);
CREATE INDEX groups_by_name on groups (display_name_key);
CREATE INDEX group_memberships_of_user on group_memberships (user_id, group_id);
CREATE INDEX accounts_by_name on accounts (name, id);
CREATE INDEX account_assignments_of_principal
    on account_assignments (principal_id, account_id, permission_set_arn, principal_type);
CREATE INDEX account_assignments_of_set on account_assignments (permission_set_arn, account_id);
CREATE INDEX provisioned_permission_sets_of_set on provisioned_permission_sets (permission_set_arn);
CREATE UNIQUE INDEX provisioned_permission_sets_by_role on provisioned_permission_sets (account_id, role_name);
CREATE UNIQUE INDEX device_authorizations_by_user_code on device_authorizations (user_code);
CREATE INDEX device_authorizations_by_expiry on device_authorizations (expires_at);
CREATE INDEX authorization_codes_by_expiry on authorization_codes (expires_at);
CREATE INDEX token_families_of_user on token_families (user_id, created_at);
CREATE INDEX token_families_of_session on token_families (session_id);
CREATE INDEX token_families_by_expiry on token_families (expires_at);
CREATE INDEX access_tokens_by_expiry on access_tokens (expires_at);
CREATE INDEX refresh_tokens_by_expiry on refresh_tokens (expires_at);
CREATE INDEX mfa_devices_of_user on mfa_devices (user_id, created_at);
CREATE INDEX sessions_of_user on sessions (user_id, created_at);
CREATE INDEX sessions_by_expiry on sessions (expires_at);
CREATE INDEX one_time_links_of_user on one_time_links (user_id);
CREATE INDEX sign_in_attempts_by_time on sign_in_attempts (last_attempt_at);
CREATE INDEX audit_events_of_user on audit_events (user_id, event_time, event_id);
CREATE INDEX audit_events_by_name on audit_events (event_name, event_time, event_id);
COMMIT;
