SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.access_tokens (
    token_hash text NOT NULL COLLATE pg_catalog."C",
    family_id text NOT NULL COLLATE pg_catalog."C",
    issued_at text NOT NULL COLLATE pg_catalog."C",
    expires_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.account_assignments (
    instance_arn text NOT NULL COLLATE pg_catalog."C",
    account_id text NOT NULL COLLATE pg_catalog."C",
    permission_set_arn text NOT NULL COLLATE pg_catalog."C",
    principal_type text NOT NULL COLLATE pg_catalog."C",
    principal_id text NOT NULL COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.accounts (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    email text NOT NULL COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.audit_events (
    event_id text NOT NULL COLLATE pg_catalog."C",
    event_time text NOT NULL COLLATE pg_catalog."C",
    event_source text NOT NULL COLLATE pg_catalog."C",
    event_name text NOT NULL COLLATE pg_catalog."C",
    request_id text NOT NULL COLLATE pg_catalog."C",
    source_address text NOT NULL COLLATE pg_catalog."C",
    user_agent text NOT NULL COLLATE pg_catalog."C",
    user_identity text NOT NULL COLLATE pg_catalog."C",
    request_parameters text COLLATE pg_catalog."C",
    response_elements text COLLATE pg_catalog."C",
    additional_event_data text COLLATE pg_catalog."C",
    service_event_details text COLLATE pg_catalog."C",
    error_code text COLLATE pg_catalog."C",
    error_message text COLLATE pg_catalog."C",
    read_only bigint NOT NULL,
    user_id text COLLATE pg_catalog."C"
);
CREATE TABLE public.authorization_codes (
    code_hash text NOT NULL COLLATE pg_catalog."C",
    client_id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    session_id text NOT NULL COLLATE pg_catalog."C",
    redirect_uri text NOT NULL COLLATE pg_catalog."C",
    code_challenge text NOT NULL COLLATE pg_catalog."C",
    scopes text NOT NULL COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C",
    expires_at text NOT NULL COLLATE pg_catalog."C",
    consumed_at text COLLATE pg_catalog."C",
    token_family_id text COLLATE pg_catalog."C"
);
CREATE TABLE public.device_authorizations (
    device_code_hash text NOT NULL COLLATE pg_catalog."C",
    user_code text NOT NULL COLLATE pg_catalog."C",
    client_id text NOT NULL COLLATE pg_catalog."C",
    client_name text NOT NULL COLLATE pg_catalog."C",
    scopes text NOT NULL COLLATE pg_catalog."C",
    requester text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    user_id text COLLATE pg_catalog."C",
    session_id text COLLATE pg_catalog."C",
    "interval" bigint NOT NULL,
    polls bigint NOT NULL,
    last_polled_at text COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C",
    expires_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.group_memberships (
    id text NOT NULL COLLATE pg_catalog."C",
    identity_store_id text NOT NULL COLLATE pg_catalog."C",
    group_id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.groups (
    id text NOT NULL COLLATE pg_catalog."C",
    identity_store_id text NOT NULL COLLATE pg_catalog."C",
    display_name text NOT NULL COLLATE pg_catalog."C",
    display_name_key text NOT NULL COLLATE pg_catalog."C",
    description text COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C",
    updated_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.instances (
    arn text NOT NULL COLLATE pg_catalog."C",
    identity_store_id text NOT NULL COLLATE pg_catalog."C",
    region text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    owner_account_id text NOT NULL COLLATE pg_catalog."C",
    start_url_aliases text NOT NULL COLLATE pg_catalog."C",
    session_duration bigint NOT NULL,
    mfa_prompt text NOT NULL COLLATE pg_catalog."C",
    mfa_without_device text NOT NULL COLLATE pg_catalog."C",
    device_grant_enabled bigint NOT NULL,
    created_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.mfa_devices (
    id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    sealed_secret text NOT NULL COLLATE pg_catalog."C",
    last_step bigint NOT NULL,
    created_at text NOT NULL COLLATE pg_catalog."C",
    last_used_at text COLLATE pg_catalog."C"
);
CREATE TABLE public.migrations (
    number integer NOT NULL,
    name text,
    applied_at text
);
CREATE TABLE public.one_time_links (
    token_hash text NOT NULL COLLATE pg_catalog."C",
    purpose text NOT NULL COLLATE pg_catalog."C",
    user_id text COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C",
    expires_at text NOT NULL COLLATE pg_catalog."C",
    consumed_at text COLLATE pg_catalog."C"
);
CREATE TABLE public.passwords (
    user_id text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    previous_hashes text NOT NULL COLLATE pg_catalog."C",
    updated_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.permission_sets (
    arn text NOT NULL COLLATE pg_catalog."C",
    instance_arn text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    description text COLLATE pg_catalog."C",
    session_duration bigint NOT NULL,
    relay_state text COLLATE pg_catalog."C",
    managed_policies text NOT NULL COLLATE pg_catalog."C",
    customer_managed_policies text NOT NULL COLLATE pg_catalog."C",
    inline_policy text COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.provisioned_permission_sets (
    account_id text NOT NULL COLLATE pg_catalog."C",
    permission_set_arn text NOT NULL COLLATE pg_catalog."C",
    role_name text NOT NULL COLLATE pg_catalog."C",
    role_id text NOT NULL COLLATE pg_catalog."C",
    provisioned_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.recovery_codes (
    user_id text NOT NULL COLLATE pg_catalog."C",
    code_hash text NOT NULL COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C",
    used_at text COLLATE pg_catalog."C"
);
CREATE TABLE public.refresh_tokens (
    token_hash text NOT NULL COLLATE pg_catalog."C",
    family_id text NOT NULL COLLATE pg_catalog."C",
    issued_at text NOT NULL COLLATE pg_catalog."C",
    expires_at text NOT NULL COLLATE pg_catalog."C",
    rotated_at text COLLATE pg_catalog."C"
);
CREATE TABLE public.revocations (
    subject text NOT NULL COLLATE pg_catalog."C",
    issued_until text NOT NULL COLLATE pg_catalog."C",
    expires_at text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.sessions (
    id text NOT NULL COLLATE pg_catalog."C",
    cookie_hash text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    requester text NOT NULL COLLATE pg_catalog."C",
    mfa bigint NOT NULL,
    created_at text NOT NULL COLLATE pg_catalog."C",
    expires_at text NOT NULL COLLATE pg_catalog."C",
    ended_at text COLLATE pg_catalog."C"
);
CREATE TABLE public.sign_in_attempts (
    subject text NOT NULL COLLATE pg_catalog."C",
    count bigint NOT NULL,
    last_attempt_at text NOT NULL COLLATE pg_catalog."C",
    blocked_until text COLLATE pg_catalog."C"
);
CREATE TABLE public.signing_keys (
    id text NOT NULL COLLATE pg_catalog."C",
    purpose text NOT NULL COLLATE pg_catalog."C",
    sealed_secret text NOT NULL COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C",
    retired_at text COLLATE pg_catalog."C"
);
CREATE TABLE public.token_families (
    id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    session_id text NOT NULL COLLATE pg_catalog."C",
    client_id text NOT NULL COLLATE pg_catalog."C",
    client_name text NOT NULL COLLATE pg_catalog."C",
    scopes text NOT NULL COLLATE pg_catalog."C",
    "grant" text NOT NULL COLLATE pg_catalog."C",
    requester text NOT NULL COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C",
    expires_at text NOT NULL COLLATE pg_catalog."C",
    last_used_at text NOT NULL COLLATE pg_catalog."C",
    revoked_at text COLLATE pg_catalog."C"
);
CREATE TABLE public.users (
    id text NOT NULL COLLATE pg_catalog."C",
    identity_store_id text NOT NULL COLLATE pg_catalog."C",
    user_name text NOT NULL COLLATE pg_catalog."C",
    user_name_key text NOT NULL COLLATE pg_catalog."C",
    display_name text NOT NULL COLLATE pg_catalog."C",
    given_name text NOT NULL COLLATE pg_catalog."C",
    family_name text NOT NULL COLLATE pg_catalog."C",
    email text COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C",
    updated_at text NOT NULL COLLATE pg_catalog."C"
);
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-e3a21d581594afea', '913101549576', 'arn:aws:sso:::permissionSet/ssoins-e3a21d581594afea/ps-84968ff6ee5b1d2a', 'GROUP', '3c04ab431c-bb878401-60db-83e2-afb1-913fc758cf58', '2026-11-20T09:00:00.000Z');
INSERT INTO public.accounts VALUES ('913101549576', 'Management', 'management@mayfly.invalid', '2026-11-20T09:00:00.000Z');
INSERT INTO public.groups VALUES ('3c04ab431c-bb878401-60db-83e2-afb1-913fc758cf58', 'd-3c04ab431c', 'Administrators', 'administrators', 'They administer this instance', '2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.000Z');
INSERT INTO public.instances VALUES ('arn:aws:sso:::instance/ssoins-e3a21d581594afea', 'd-3c04ab431c', 'eu-central-1', 'Mayfly', '913101549576', '[]', 28800000, 'always-on', 'require-registration', 1, '2026-11-20T09:00:00.000Z');
INSERT INTO public.migrations VALUES (1, '0001-initial', '2026-11-20T09:00:00.000Z');
INSERT INTO public.one_time_links VALUES ('6fc3f7e2e8b8270f3469ff4636b43a872f5f2abb879710f4b8321a4be5760428', 'first-administrator', NULL, '2026-11-20T09:00:00.000Z', '2026-11-21T09:00:00.000Z', NULL);
INSERT INTO public.permission_sets VALUES ('arn:aws:sso:::permissionSet/ssoins-e3a21d581594afea/ps-84968ff6ee5b1d2a', 'arn:aws:sso:::instance/ssoins-e3a21d581594afea', 'AdministratorAccess', 'Everything, for an hour', 3600000, NULL, '["arn:aws:iam::aws:policy/AdministratorAccess"]', '[]', NULL, '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('913101549576', 'arn:aws:sso:::permissionSet/ssoins-e3a21d581594afea/ps-84968ff6ee5b1d2a', 'AWSReservedSSO_AdministratorAccess_a65c6dec428901cc', 'AROATRW36AX4WDGLBCA7E', '2026-11-20T09:00:00.000Z');
INSERT INTO public.signing_keys VALUES ('5a03821c', 'client-registration', 'syy-_HRbcJ3idfQi56H5m8SJwIx-eMII9wW3s2k_KcApAOI0ry8sTruT7W1FThz7xnHA39El1vIl18Me', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('086b5eda', 'role-credentials', '0STXcKv4Hh1OnF-QXT-khrxLbz3AYXR7HSjzeAXvzBren539-zmhYOVwvU6Nk5CPmF3mRe0T9C588ArR', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('7dcf81f0', 'sealing', 'O6URFG8S1IoyQ3wHkctjzwM2NBo--p-c63ctePF2ITvkbC3Li2ADAbVH3Bblx_DZWyHQrHSt3z4rnhDR', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('0fb4ff12', 'page-token', 'B23JzBq7fq4GGBo10WwBUDx_mfqKitH0z_Iv2rm7x7dbc_0xn6um0ITasqJDskNA0fegc6-8XdCN1Yfc', '2026-11-20T09:00:00.000Z', NULL);
ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.account_assignments
    ADD CONSTRAINT account_assignments_pkey PRIMARY KEY (account_id, permission_set_arn, principal_type, principal_id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_pkey PRIMARY KEY (event_time, event_id);
ALTER TABLE ONLY public.authorization_codes
    ADD CONSTRAINT authorization_codes_pkey PRIMARY KEY (code_hash);
ALTER TABLE ONLY public.device_authorizations
    ADD CONSTRAINT device_authorizations_pkey PRIMARY KEY (device_code_hash);
ALTER TABLE ONLY public.group_memberships
    ADD CONSTRAINT group_memberships_group_id_user_id_key UNIQUE (group_id, user_id);
ALTER TABLE ONLY public.group_memberships
    ADD CONSTRAINT group_memberships_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.groups
    ADD CONSTRAINT groups_identity_store_id_display_name_key_key UNIQUE (identity_store_id, display_name_key);
ALTER TABLE ONLY public.groups
    ADD CONSTRAINT groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.instances
    ADD CONSTRAINT instances_pkey PRIMARY KEY (arn);
ALTER TABLE ONLY public.mfa_devices
    ADD CONSTRAINT mfa_devices_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.one_time_links
    ADD CONSTRAINT one_time_links_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT passwords_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.permission_sets
    ADD CONSTRAINT permission_sets_instance_arn_name_key UNIQUE (instance_arn, name);
ALTER TABLE ONLY public.permission_sets
    ADD CONSTRAINT permission_sets_pkey PRIMARY KEY (arn);
ALTER TABLE ONLY public.provisioned_permission_sets
    ADD CONSTRAINT provisioned_permission_sets_pkey PRIMARY KEY (account_id, permission_set_arn);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash);
ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.revocations
    ADD CONSTRAINT revocations_pkey PRIMARY KEY (subject);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_cookie_hash_key UNIQUE (cookie_hash);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sign_in_attempts
    ADD CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (subject);
ALTER TABLE ONLY public.signing_keys
    ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.token_families
    ADD CONSTRAINT token_families_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_identity_store_id_user_name_key_key UNIQUE (identity_store_id, user_name_key);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE INDEX access_tokens_by_expiry ON public.access_tokens USING btree (expires_at);
CREATE INDEX account_assignments_of_principal ON public.account_assignments USING btree (principal_id, account_id, permission_set_arn, principal_type);
CREATE INDEX account_assignments_of_set ON public.account_assignments USING btree (permission_set_arn, account_id);
CREATE INDEX accounts_by_name ON public.accounts USING btree (name, id);
CREATE INDEX audit_events_by_name ON public.audit_events USING btree (event_name, event_time, event_id);
CREATE INDEX audit_events_of_user ON public.audit_events USING btree (user_id, event_time, event_id);
CREATE INDEX authorization_codes_by_expiry ON public.authorization_codes USING btree (expires_at);
CREATE INDEX device_authorizations_by_expiry ON public.device_authorizations USING btree (expires_at);
CREATE UNIQUE INDEX device_authorizations_by_user_code ON public.device_authorizations USING btree (user_code);
CREATE INDEX group_memberships_of_user ON public.group_memberships USING btree (user_id, group_id);
CREATE INDEX groups_by_name ON public.groups USING btree (display_name_key);
CREATE INDEX mfa_devices_of_user ON public.mfa_devices USING btree (user_id, created_at);
CREATE INDEX one_time_links_of_user ON public.one_time_links USING btree (user_id);
CREATE UNIQUE INDEX provisioned_permission_sets_by_role ON public.provisioned_permission_sets USING btree (account_id, role_name);
CREATE INDEX provisioned_permission_sets_of_set ON public.provisioned_permission_sets USING btree (permission_set_arn);
CREATE INDEX refresh_tokens_by_expiry ON public.refresh_tokens USING btree (expires_at);
CREATE INDEX sessions_by_expiry ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_of_user ON public.sessions USING btree (user_id, created_at);
CREATE INDEX sign_in_attempts_by_time ON public.sign_in_attempts USING btree (last_attempt_at);
CREATE INDEX token_families_by_expiry ON public.token_families USING btree (expires_at);
CREATE INDEX token_families_of_session ON public.token_families USING btree (session_id);
CREATE INDEX token_families_of_user ON public.token_families USING btree (user_id, created_at);
CREATE INDEX users_by_name ON public.users USING btree (user_name_key);
ALTER TABLE ONLY public.account_assignments
    ADD CONSTRAINT account_assignments_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.account_assignments
    ADD CONSTRAINT account_assignments_permission_set_arn_fkey FOREIGN KEY (permission_set_arn) REFERENCES public.permission_sets(arn);
ALTER TABLE ONLY public.group_memberships
    ADD CONSTRAINT group_memberships_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.groups(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.group_memberships
    ADD CONSTRAINT group_memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.mfa_devices
    ADD CONSTRAINT mfa_devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.one_time_links
    ADD CONSTRAINT one_time_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT passwords_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.permission_sets
    ADD CONSTRAINT permission_sets_instance_arn_fkey FOREIGN KEY (instance_arn) REFERENCES public.instances(arn);
ALTER TABLE ONLY public.provisioned_permission_sets
    ADD CONSTRAINT provisioned_permission_sets_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.provisioned_permission_sets
    ADD CONSTRAINT provisioned_permission_sets_permission_set_arn_fkey FOREIGN KEY (permission_set_arn) REFERENCES public.permission_sets(arn);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.token_families
    ADD CONSTRAINT token_families_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
