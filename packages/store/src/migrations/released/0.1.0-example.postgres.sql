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
INSERT INTO public.access_tokens VALUES ('7f077b17d3cde7528aec1aefc886cf6aa5133a811113a7fde95a4bd797a97ab8', '73e2f588-0ad0-4e6b-84db-8ee95742a3cc', '2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z');
INSERT INTO public.access_tokens VALUES ('4d5a20529ac3c89334a2c92a4d8b24878c86870e04e4a85105a2ee318c7dc339', '73e2f588-0ad0-4e6b-84db-8ee95742a3cc', '2026-11-20T09:00:10.000Z', '2026-11-20T10:00:10.000Z');
INSERT INTO public.access_tokens VALUES ('c5a1703738e9ff8b41765dac9afac22b6622f19cf64cb4aa3410ae8df1814d15', 'd1e1c583-9a59-4319-b950-19101c46a268', '2026-11-20T09:00:10.000Z', '2026-11-20T10:00:10.000Z');
INSERT INTO public.access_tokens VALUES ('b3eb521ae6a35c380b029fdc11b1cbdd24e956009c2dccfbfaacceca0137e650', '38036a5a-ea1a-4384-8608-d42cc8189c5e', '2026-11-20T09:00:10.000Z', '2026-11-20T10:00:10.000Z');
INSERT INTO public.access_tokens VALUES ('3f2a28f3fc3ac99f36d4b749d5dd9f250b56d0a2ecd42a7e9b3f517065b29cc6', '7a8092f7-bae8-4283-9459-7e977e3c85c0', '2026-11-20T09:00:10.000Z', '2026-11-20T10:00:10.000Z');
INSERT INTO public.access_tokens VALUES ('8aa555f50b7013125f36301864cac5a41d2d6585d3fba9e489c016ecdfb43448', 'f166a0d2-4d76-4c86-b3f0-b57505f8b96c', '2026-11-20T09:00:10.000Z', '2026-11-20T10:00:10.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '111122223333', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '222233334444', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '333344445555', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '444455556666', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '555566667777', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '666677778888', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '777788889999', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '111122223333', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '222233334444', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '333344445555', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '444455556666', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '555566667777', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '666677778888', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '777788889999', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '222233334444', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6', 'GROUP', '9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '444455556666', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6', 'GROUP', '9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '555566667777', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6', 'GROUP', '9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '222233334444', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '444455556666', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '555566667777', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '333344445555', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'GROUP', '9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '111122223333', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-7b918881b79c1e6f', 'GROUP', '9067a1b2c3-5e166087-ebc8-8e05-ac77-13e539bc58bb', '2026-11-20T09:00:00.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', '555566667777', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c5cc27d426a3ff0b', 'USER', '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4', '2026-11-20T09:00:00.000Z');
INSERT INTO public.accounts VALUES ('111122223333', 'Acme Management', 'aws-management@acme.example', '2026-11-20T09:00:00.000Z');
INSERT INTO public.accounts VALUES ('222233334444', 'Acme Development', 'aws-development@acme.example', '2026-11-20T09:00:00.000Z');
INSERT INTO public.accounts VALUES ('333344445555', 'Acme Production', 'aws-production@acme.example', '2026-11-20T09:00:00.000Z');
INSERT INTO public.accounts VALUES ('444455556666', 'Acme Staging', 'aws-staging@acme.example', '2026-11-20T09:00:00.000Z');
INSERT INTO public.accounts VALUES ('555566667777', 'Acme Sandbox', 'aws-sandbox@acme.example', '2026-11-20T09:00:00.000Z');
INSERT INTO public.accounts VALUES ('666677778888', 'Acme Log Archive', 'aws-log-archive@acme.example', '2026-11-20T09:00:00.000Z');
INSERT INTO public.accounts VALUES ('777788889999', 'Acme Security', 'aws-security@acme.example', '2026-11-20T09:00:00.000Z');
INSERT INTO public.accounts VALUES ('888899990000', 'Acme Second Box', 'AWS-Sandbox@acme.example', '2026-11-20T09:00:00.000Z');
INSERT INTO public.audit_events VALUES ('76932dcd-90b6-4410-89b3-63fa74ba98cd', '2026-11-20T09:00:00.000Z', 'signin.amazonaws.com', 'CredentialVerification', '3344e737-a746-4fa5-a756-a0710badab8e', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"}}', NULL, NULL, '{"AuthWorkflowID":"5ad366ae-4b5b-49fc-8cd4-7026994410ef","CredentialType":"PASSWORD","LoginTo":"http://localhost:7373/start","UserName":"alice"}', '{"CredentialVerification":"Success"}', NULL, NULL, 0, '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO public.audit_events VALUES ('f7bc19ff-12a0-4d64-a89e-e7aeb4994b79', '2026-11-20T09:00:00.000Z', 'signin.amazonaws.com', 'UserAuthentication', '3344e737-a746-4fa5-a756-a0710badab8e', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"1cde5e56-ab8a-4469-ba44-c751316cbf40"}', NULL, NULL, '{"AuthWorkflowID":"5ad366ae-4b5b-49fc-8cd4-7026994410ef","CredentialType":"PASSWORD","LoginTo":"http://localhost:7373/start","UserName":"alice"}', '{"UserAuthentication":"Success"}', NULL, NULL, 0, '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO public.audit_events VALUES ('a6741f47-00fb-454b-bc68-89bf92e2a78a', '2026-11-20T09:00:00.000Z', 'sso-oauth.amazonaws.com', 'RegisterClient', 'e7566399-df22-455c-a864-5fc068170f40', '127.0.0.1', 'test/1', '{"type":"Unknown","accountId":"111122223333"}', '{"clientName":"botocore-client-test","clientType":"public","scopes":["sso:account:access"],"redirectUris":["http://127.0.0.1/oauth/callback"],"grantTypes":["authorization_code","refresh_token"],"issuerUrl":"http://localhost:7373/start"}', '{"clientId":"5a03821ckDRifL0L-f3sBLBYy-mQb4WFh-wWGxTOeMV_my6G9g0WyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMDAsMTgwMjk0MTIwMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","clientIdIssuedAt":1795165200,"clientSecretExpiresAt":1802941200}', NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('555988fe-db72-425b-b737-fe04fb57d8f3', '2026-11-20T09:00:00.000Z', 'sso-oauth.amazonaws.com', 'CreateToken', '06d1e9eb-d7cb-4070-afde-70cbcd7f3a90', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"1cde5e56-ab8a-4469-ba44-c751316cbf40"}', '{"clientId":"5a03821ckDRifL0L-f3sBLBYy-mQb4WFh-wWGxTOeMV_my6G9g0WyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMDAsMTgwMjk0MTIwMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","grantType":"authorization_code","code":"HIDDEN_DUE_TO_SECURITY_REASONS","redirectUri":"http://127.0.0.1:50123/oauth/callback","codeVerifier":"HIDDEN_DUE_TO_SECURITY_REASONS"}', '{"accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS","tokenType":"Bearer","expiresIn":3600,"refreshToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, 0, '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO public.audit_events VALUES ('50afe640-9201-4e6d-ad86-8c451d17da1e', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'CreateToken', 'f4c769a6-a95f-47bc-888a-0b61edb8a329', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"1cde5e56-ab8a-4469-ba44-c751316cbf40"}', '{"clientId":"5a03821ckDRifL0L-f3sBLBYy-mQb4WFh-wWGxTOeMV_my6G9g0WyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMDAsMTgwMjk0MTIwMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","grantType":"refresh_token","refreshToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', '{"accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS","tokenType":"Bearer","expiresIn":3600,"refreshToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, 0, '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO public.audit_events VALUES ('883cddb2-4c55-4fe6-b098-38ee702b9724', '2026-11-20T09:00:10.000Z', 'sso.amazonaws.com', 'GetRoleCredentials', '842b0198-1b68-48c5-8900-5dd43ee92c97', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"1cde5e56-ab8a-4469-ba44-c751316cbf40"}', '{"roleName":"AdministratorAccess","accountId":"111122223333","accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, NULL, 1, '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO public.audit_events VALUES ('d4b6a523-1345-40ac-a623-a231424b9f27', '2026-11-20T09:00:10.000Z', 'sso.amazonaws.com', 'GetRoleCredentials', '5f06f6ef-d072-46c9-b1fd-2a8fdfbcf578', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"1cde5e56-ab8a-4469-ba44-c751316cbf40"}', '{"roleName":"ReadOnlyAccess","accountId":"222233334444","accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, NULL, 1, '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO public.audit_events VALUES ('5d86ac13-6e79-47ce-9da3-fd3825da0171', '2026-11-20T09:00:10.000Z', 'signin.amazonaws.com', 'CredentialVerification', 'c39b71fe-c045-4d2f-af03-70921f28cb45', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"}}', NULL, NULL, '{"AuthWorkflowID":"11b56c27-3e8e-4db4-9356-d5a8fc1d8293","CredentialType":"PASSWORD","LoginTo":"http://localhost:7373/start","UserName":"bob"}', '{"CredentialVerification":"Success"}', NULL, NULL, 0, '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4');
INSERT INTO public.audit_events VALUES ('dc8315f5-905f-42d8-b60c-ac8c8c2caeaa', '2026-11-20T09:00:10.000Z', 'signin.amazonaws.com', 'UserAuthentication', 'c39b71fe-c045-4d2f-af03-70921f28cb45', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"a419cc31-b018-4dc3-9adc-2ce023e3ad86"}', NULL, NULL, '{"AuthWorkflowID":"11b56c27-3e8e-4db4-9356-d5a8fc1d8293","CredentialType":"PASSWORD","LoginTo":"http://localhost:7373/start","UserName":"bob"}', '{"UserAuthentication":"Success"}', NULL, NULL, 0, '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4');
INSERT INTO public.audit_events VALUES ('3d49adcd-936e-4c62-8852-5faa103be999', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'RegisterClient', 'b8eae8a9-609b-4188-a3a5-298d331eaeb2', '127.0.0.1', 'test/1', '{"type":"Unknown","accountId":"111122223333"}', '{"clientName":"botocore-client-test","clientType":"public","scopes":["sso:account:access"],"redirectUris":["http://127.0.0.1/oauth/callback"],"grantTypes":["authorization_code","refresh_token"],"issuerUrl":"http://localhost:7373/start"}', '{"clientId":"5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","clientIdIssuedAt":1795165210,"clientSecretExpiresAt":1802941210}', NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('9aa2478e-de58-4d4c-b3db-dc33dbe3d4e5', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'RegisterClient', 'c96a3e89-81b5-402d-9849-d695bc13b535', '127.0.0.1', 'test/1', '{"type":"Unknown","accountId":"111122223333"}', '{"clientName":"botocore-client-test","clientType":"public","scopes":["sso:account:access"]}', '{"clientId":"5a03821czx1gQxxKF4FSDtncnV9Yv-r5KlG6GKHQMh-pQuF8g3AWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFtdLFtdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","clientIdIssuedAt":1795165210,"clientSecretExpiresAt":1802941210}', NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('f53feb26-f894-40d9-84fc-da181c2e4bfe', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'StartDeviceAuthorization', 'f82246f3-aded-4a3f-a7d4-a40e75abc863', '127.0.0.1', 'test/1', '{"type":"Unknown","accountId":"111122223333"}', '{"clientId":"5a03821czx1gQxxKF4FSDtncnV9Yv-r5KlG6GKHQMh-pQuF8g3AWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFtdLFtdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","startUrl":"http://localhost:7373/start"}', '{"deviceCode":"HIDDEN_DUE_TO_SECURITY_REASONS","userCode":"HIDDEN_DUE_TO_SECURITY_REASONS","verificationUri":"http://localhost:7373/device","verificationUriComplete":"HIDDEN_DUE_TO_SECURITY_REASONS","expiresIn":600,"interval":1}', NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('7e77740f-5067-4a8d-ba53-904f158281f0', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'RegisterClient', 'f27011f9-a7f5-4efb-b754-093ac32a49da', '127.0.0.1', 'test/1', '{"type":"Unknown","accountId":"111122223333"}', '{"clientName":"botocore-client-test","clientType":"public","scopes":["sso:account:access"]}', '{"clientId":"5a03821czx1gQxxKF4FSDtncnV9Yv-r5KlG6GKHQMh-pQuF8g3AWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFtdLFtdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","clientIdIssuedAt":1795165210,"clientSecretExpiresAt":1802941210}', NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('1198174b-5700-45ec-98f0-40eed4b587fb', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'StartDeviceAuthorization', 'd5cfa728-cb9b-49f7-b354-2878d47562ca', '127.0.0.1', 'test/1', '{"type":"Unknown","accountId":"111122223333"}', '{"clientId":"5a03821czx1gQxxKF4FSDtncnV9Yv-r5KlG6GKHQMh-pQuF8g3AWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFtdLFtdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","startUrl":"http://localhost:7373/start"}', '{"deviceCode":"HIDDEN_DUE_TO_SECURITY_REASONS","userCode":"HIDDEN_DUE_TO_SECURITY_REASONS","verificationUri":"http://localhost:7373/device","verificationUriComplete":"HIDDEN_DUE_TO_SECURITY_REASONS","expiresIn":600,"interval":1}', NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('de7d52e2-3fc3-4674-8fa5-80afe1023830', '2026-11-20T09:00:10.000Z', 'sso.amazonaws.com', 'GetRoleCredentials', '8dac6386-f959-4ddb-b18c-1b19c804be1f', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"a419cc31-b018-4dc3-9adc-2ce023e3ad86"}', '{"roleName":"PowerUserAccess","accountId":"222233334444","accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, NULL, 1, '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4');
INSERT INTO public.audit_events VALUES ('fa36a28d-c92e-4e8f-80bb-5a82a5b7a5c3', '2026-11-20T09:00:10.000Z', 'signin.amazonaws.com', 'CredentialVerification', '8cd1eddf-140b-4459-942c-8e969dd63c48', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"}}', NULL, NULL, '{"AuthWorkflowID":"24beacd8-1903-4da7-9a75-e281d189fd58","CredentialType":"PASSWORD","LoginTo":"http://localhost:7373/start","UserName":"carol"}', '{"CredentialVerification":"Success"}', NULL, NULL, 0, '9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9');
INSERT INTO public.audit_events VALUES ('58eeeba6-9687-4fab-8781-baad1adff89e', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'RegisterClient', '04a9e122-855d-46f1-91e8-58bbc8857f17', '127.0.0.1', 'test/1', '{"type":"Unknown","accountId":"111122223333"}', '{"clientName":"botocore-client-test","clientType":"public","scopes":["sso:account:access"],"redirectUris":["http://127.0.0.1/oauth/callback"],"grantTypes":["authorization_code","refresh_token"],"issuerUrl":"http://localhost:7373/start"}', '{"clientId":"5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","clientIdIssuedAt":1795165210,"clientSecretExpiresAt":1802941210}', NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('34028e53-e084-4af9-a808-56dc5b6e2cfb', '2026-11-20T09:00:10.000Z', 'sso.amazonaws.com', 'GetRoleCredentials', '3923728e-5b7c-4c0f-a515-3e98b0028788', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"79370aaa-e564-4f53-b6a8-6c0fb10817bf"}', '{"roleName":"PowerUserAccess","accountId":"222233334444","accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, NULL, 1, '9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9');
INSERT INTO public.audit_events VALUES ('ddf79e77-64b8-4434-a4b0-5a161cc80217', '2026-11-20T09:00:10.000Z', 'sso.amazonaws.com', 'Logout', 'e2d86d80-e4f7-4e67-9efe-399eabd5f073', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"79370aaa-e564-4f53-b6a8-6c0fb10817bf"}', '{"accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, NULL, 0, '9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9');
INSERT INTO public.audit_events VALUES ('f5ac2283-2d04-4c79-a6e7-95ce6d852145', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'CreateToken', 'b9b1a07e-a5f6-47f5-a3bd-e4e8663fa023', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"a419cc31-b018-4dc3-9adc-2ce023e3ad86"}', '{"clientId":"5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","grantType":"authorization_code","code":"HIDDEN_DUE_TO_SECURITY_REASONS","redirectUri":"http://127.0.0.1:50123/oauth/callback","codeVerifier":"HIDDEN_DUE_TO_SECURITY_REASONS"}', '{"accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS","tokenType":"Bearer","expiresIn":3600,"refreshToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, 0, '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4');
INSERT INTO public.audit_events VALUES ('3ad860a7-60ab-4928-bd6d-22eafd9a0758', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'CreateToken', '39efc8ff-df1f-4c92-b457-8dfa60ca6b32', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"a419cc31-b018-4dc3-9adc-2ce023e3ad86"}', '{"clientId":"5a03821czx1gQxxKF4FSDtncnV9Yv-r5KlG6GKHQMh-pQuF8g3AWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFtdLFtdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","grantType":"urn:ietf:params:oauth:grant-type:device_code","deviceCode":"HIDDEN_DUE_TO_SECURITY_REASONS"}', '{"accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS","tokenType":"Bearer","expiresIn":3600,"refreshToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, 0, '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4');
INSERT INTO public.audit_events VALUES ('5beb6907-4b34-4ca5-b123-dce2df0a5a57', '2026-11-20T09:00:10.000Z', 'signin.amazonaws.com', 'UserAuthentication', '8cd1eddf-140b-4459-942c-8e969dd63c48', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"79370aaa-e564-4f53-b6a8-6c0fb10817bf"}', NULL, NULL, '{"AuthWorkflowID":"24beacd8-1903-4da7-9a75-e281d189fd58","CredentialType":"PASSWORD","LoginTo":"http://localhost:7373/start","UserName":"carol"}', '{"UserAuthentication":"Success"}', NULL, NULL, 0, '9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9');
INSERT INTO public.audit_events VALUES ('88a962a0-031c-4cb6-8015-3b20b1fb750d', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'CreateToken', '917141f6-1371-4c1e-9242-21ea8a5e2be7', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"79370aaa-e564-4f53-b6a8-6c0fb10817bf"}', '{"clientId":"5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","grantType":"authorization_code","code":"HIDDEN_DUE_TO_SECURITY_REASONS","redirectUri":"http://127.0.0.1:50123/oauth/callback","codeVerifier":"HIDDEN_DUE_TO_SECURITY_REASONS"}', '{"accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS","tokenType":"Bearer","expiresIn":3600,"refreshToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, 0, '9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9');
INSERT INTO public.audit_events VALUES ('97567edd-8d28-4cc5-ba7c-4d60152e2520', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'CreateToken', '4e1b6ef4-de9d-4204-9acb-e0302c95b77a', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"30ee69d4-9cac-4ab9-81e3-6a9307a5ee44"}', '{"clientId":"5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","grantType":"authorization_code","code":"HIDDEN_DUE_TO_SECURITY_REASONS","redirectUri":"http://127.0.0.1:50123/oauth/callback","codeVerifier":"HIDDEN_DUE_TO_SECURITY_REASONS"}', '{"accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS","tokenType":"Bearer","expiresIn":3600,"refreshToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, 0, '9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3');
INSERT INTO public.audit_events VALUES ('9310277e-8969-4cb2-8505-5c6311d3d797', '2026-11-20T09:00:10.000Z', 'sso-oauth.amazonaws.com', 'RegisterClient', 'f81ce01e-93ff-470d-85b3-9d9a459fb08b', '127.0.0.1', 'test/1', '{"type":"Unknown","accountId":"111122223333"}', '{"clientName":"botocore-client-test","clientType":"public","scopes":["sso:account:access"],"redirectUris":["http://127.0.0.1/oauth/callback"],"grantTypes":["authorization_code","refresh_token"],"issuerUrl":"http://localhost:7373/start"}', '{"clientId":"5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","clientIdIssuedAt":1795165210,"clientSecretExpiresAt":1802941210}', NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('2120ebbf-01bf-4798-a9e2-15149bce2bec', '2026-11-20T09:00:10.000Z', 'sso.amazonaws.com', 'GetRoleCredentials', '6d12eee1-2924-4f6b-9516-40590992cc7a', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"30ee69d4-9cac-4ab9-81e3-6a9307a5ee44"}', '{"roleName":"PowerUserAccess","accountId":"222233334444","accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, NULL, 1, '9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3');
INSERT INTO public.audit_events VALUES ('e298a656-25f4-43e3-aa83-ffc6c59d900d', '2026-11-20T09:00:11.000Z', 'sso-directory.amazonaws.com', 'DisableUser', '87715cc9-9ae0-4c26-a44d-4c0d2566e036', 'mayfly-server', 'mayfly-server', '{"type":"AWSService","invokedBy":"mayfly-server","userName":"root"}', '{"userId":"9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3"}', NULL, NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('9c088204-57df-4d66-ad39-1cbc8621d9e9', '2026-11-20T09:00:11.000Z', 'signin.amazonaws.com', 'CredentialVerification', '211071b7-8bd3-4212-bc55-e9cdba95940d', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"}}', NULL, NULL, '{"AuthWorkflowID":"9eb0234e-a23e-4954-9cd1-5753ac519cbc","CredentialType":"PASSWORD","LoginTo":"http://localhost:7373/start","UserName":"bob"}', '{"CredentialVerification":"Failure"}', 'AuthenticationFailed', NULL, 0, '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4');
INSERT INTO public.authorization_codes VALUES ('f75aeeb272d9abe3cb6eb7d62061b0a001fa52da75933ac196d6e6b13f5a72c2', '5a03821ckDRifL0L-f3sBLBYy-mQb4WFh-wWGxTOeMV_my6G9g0WyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMDAsMTgwMjk0MTIwMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193', '1cde5e56-ab8a-4469-ba44-c751316cbf40', 'http://127.0.0.1:50123/oauth/callback', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', '["sso:account:access"]', '2026-11-20T09:00:00.000Z', '2026-11-20T09:01:00.000Z', '2026-11-20T09:00:00.000Z', '73e2f588-0ad0-4e6b-84db-8ee95742a3cc');
INSERT INTO public.authorization_codes VALUES ('c6713dc02982631c0fdbd574c9c086422f19153f176878ff6a8de726cb4d38e0', '5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', '9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3', '30ee69d4-9cac-4ab9-81e3-6a9307a5ee44', 'http://127.0.0.1:50123/oauth/callback', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', '["sso:account:access"]', '2026-11-20T09:00:10.000Z', '2026-11-20T09:01:10.000Z', '2026-11-20T09:00:10.000Z', 'f166a0d2-4d76-4c86-b3f0-b57505f8b96c');
INSERT INTO public.authorization_codes VALUES ('d44683c39144804320da13154540aed3bd216cc785fad6f8538cebc8e19817e8', '5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4', 'a419cc31-b018-4dc3-9adc-2ce023e3ad86', 'http://127.0.0.1:50123/oauth/callback', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', '["sso:account:access"]', '2026-11-20T09:00:10.000Z', '2026-11-20T09:01:10.000Z', '2026-11-20T09:00:10.000Z', 'd1e1c583-9a59-4319-b950-19101c46a268');
INSERT INTO public.authorization_codes VALUES ('490baa100181e1e384588e18dd91b9a16ed6cb8af500b5aabd807c615f99e541', '5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4', 'a419cc31-b018-4dc3-9adc-2ce023e3ad86', 'http://127.0.0.1:50123/oauth/callback', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', '["sso:account:access"]', '2026-11-20T09:00:10.000Z', '2026-11-20T09:01:10.000Z', NULL, NULL);
INSERT INTO public.authorization_codes VALUES ('7494ab211164889a401f075689ec1522ab031d8509e6e4510bb24103d378e909', '5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', '9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9', '79370aaa-e564-4f53-b6a8-6c0fb10817bf', 'http://127.0.0.1:50123/oauth/callback', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', '["sso:account:access"]', '2026-11-20T09:00:10.000Z', '2026-11-20T09:01:10.000Z', '2026-11-20T09:00:10.000Z', '7a8092f7-bae8-4283-9459-7e977e3c85c0');
INSERT INTO public.device_authorizations VALUES ('2f155b7731e453d1c1d6b42904d10987e4298538663be9f87a648a7e9b4c5172', 'TZPX-CBVT', '5a03821czx1gQxxKF4FSDtncnV9Yv-r5KlG6GKHQMh-pQuF8g3AWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFtdLFtdXQ', 'botocore-client-test', '["sso:account:access"]', '{"address":"127.0.0.1","userAgent":"test/1"}', 'pending', NULL, NULL, 1000, 0, NULL, '2026-11-20T09:00:10.000Z', '2026-11-20T09:10:10.000Z');
INSERT INTO public.device_authorizations VALUES ('4a4cf8d098baed477af47e7db26cfbd3938b38ebfaa18ea38c075643f625e89b', 'NMZS-BZCC', '5a03821czx1gQxxKF4FSDtncnV9Yv-r5KlG6GKHQMh-pQuF8g3AWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFtdLFtdXQ', 'botocore-client-test', '["sso:account:access"]', '{"address":"127.0.0.1","userAgent":"test/1"}', 'consumed', '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4', 'a419cc31-b018-4dc3-9adc-2ce023e3ad86', 1000, 0, NULL, '2026-11-20T09:00:10.000Z', '2026-11-20T09:10:10.000Z');
INSERT INTO public.group_memberships VALUES ('9067a1b2c3-c6ff9dac-b7f6-86aa-a0d8-b637baa97524', 'd-9067a1b2c3', '9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193', '2026-11-20T09:00:00.000Z');
INSERT INTO public.group_memberships VALUES ('9067a1b2c3-91a59f7e-2ef8-8097-a2ef-e5e1115464b5', 'd-9067a1b2c3', '9067a1b2c3-5e166087-ebc8-8e05-ac77-13e539bc58bb', '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193', '2026-11-20T09:00:00.000Z');
INSERT INTO public.group_memberships VALUES ('9067a1b2c3-e4f4cc45-b1c2-88de-a7a2-80685251e610', 'd-9067a1b2c3', '9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4', '2026-11-20T09:00:00.000Z');
INSERT INTO public.group_memberships VALUES ('9067a1b2c3-641ea4fc-6ed3-8b1d-a511-5e63cb75f3ad', 'd-9067a1b2c3', '9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', '9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9', '2026-11-20T09:00:00.000Z');
INSERT INTO public.group_memberships VALUES ('9067a1b2c3-0941865d-b5c9-8109-a45d-558a7c27c25f', 'd-9067a1b2c3', '9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', '9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3', '2026-11-20T09:00:00.000Z');
INSERT INTO public.groups VALUES ('9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496', 'd-9067a1b2c3', 'Administrators', 'administrators', 'They run the organization', '2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.000Z');
INSERT INTO public.groups VALUES ('9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d', 'd-9067a1b2c3', 'Developers', 'developers', 'They build what Acme sells', '2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.000Z');
INSERT INTO public.groups VALUES ('9067a1b2c3-5e166087-ebc8-8e05-ac77-13e539bc58bb', 'd-9067a1b2c3', 'Finance', 'finance', 'They read the bills', '2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.000Z');
INSERT INTO public.instances VALUES ('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', 'd-9067a1b2c3', 'us-east-1', 'Acme', '111122223333', '["https://mayfly-example.awsapps.com/start"]', 28800000, 'always-on', 'allow-sign-in', 1, '2026-11-20T09:00:00.000Z');
INSERT INTO public.migrations VALUES (1, '0001-initial', '2026-11-20T09:00:00.000Z');
INSERT INTO public.one_time_links VALUES ('f99b356b5e51b3223ec4a61bd059021c0276f0fcab7e0307c6950b9b03e6d3d2', 'password-reset', '9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9', '2026-11-20T09:00:10.000Z', '2026-11-20T10:00:10.000Z', NULL);
INSERT INTO public.passwords VALUES ('9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193', '$argon2id$v=19$m=19456,t=2,p=1$bEgFsoeDUBPCYS9goUrwkg$mo5mcdOE4Fla4cZIUZgzJiB+BXfn9CnZKM3h6PD9YUI', '[]', '2026-11-20T09:00:00.000Z');
INSERT INTO public.passwords VALUES ('9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4', '$argon2id$v=19$m=19456,t=2,p=1$Mmdl3L0gJ/TAQla3BTIWww$ULQfv8Pp/Y2EysX+sxEm/SQIOFvyb4HIE810E4t0vZs', '[]', '2026-11-20T09:00:00.000Z');
INSERT INTO public.passwords VALUES ('9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9', '$argon2id$v=19$m=19456,t=2,p=1$D6HiE/A0KXbtcOd0i/Uieg$bNVsNF8M3KIFc6llyfuPUHi+DBOMJ6+OcbCdDKYSwEA', '[]', '2026-11-20T09:00:00.000Z');
INSERT INTO public.permission_sets VALUES ('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', 'AdministratorAccess', 'Everything, for an hour', 3600000, NULL, '["arn:aws:iam::aws:policy/AdministratorAccess"]', '[]', NULL, '2026-11-20T09:00:00.000Z');
INSERT INTO public.permission_sets VALUES ('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6', 'arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', 'PowerUserAccess', 'Everything but users and permissions, for half a day''s work', 14400000, NULL, '["arn:aws:iam::aws:policy/PowerUserAccess"]', '[]', NULL, '2026-11-20T09:00:00.000Z');
INSERT INTO public.permission_sets VALUES ('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', 'ReadOnlyAccess', 'To look at everything, all day', 28800000, NULL, '["arn:aws:iam::aws:policy/ReadOnlyAccess"]', '[]', NULL, '2026-11-20T09:00:00.000Z');
INSERT INTO public.permission_sets VALUES ('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-7b918881b79c1e6f', 'arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', 'Billing', 'Bills and budgets', 3600000, 'https://console.aws.amazon.com/billing/home', '["arn:aws:iam::aws:policy/job-function/Billing"]', '[]', NULL, '2026-11-20T09:00:00.000Z');
INSERT INTO public.permission_sets VALUES ('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c5cc27d426a3ff0b', 'arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60', 'SandboxDeploy', 'What a pipeline rehearsal needs, and no more', 43200000, NULL, '[]', '[]', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudformation:*","s3:*","lambda:*"],"Resource":"*"}]}', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('111122223333', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'AWSReservedSSO_AdministratorAccess_262b3700424567c0', 'AROASMNCGKCXXHQWCZLOM', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('222233334444', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'AWSReservedSSO_AdministratorAccess_960c037e7906f5b9', 'AROANPNF3O3OAAURUFZRU', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('333344445555', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'AWSReservedSSO_AdministratorAccess_dd8483128ab13592', 'AROAJ5YLV65HCYEXFRRNM', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('444455556666', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'AWSReservedSSO_AdministratorAccess_767516b78d748fd7', 'AROAPUFWGPCJRRBSPYSNL', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('555566667777', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'AWSReservedSSO_AdministratorAccess_8fbc57e229604612', 'AROAMOCAR2ME47MTATZIP', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('666677778888', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'AWSReservedSSO_AdministratorAccess_0031684cb14b812d', 'AROANFEOKGHKTVXXUTJ26', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('777788889999', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f', 'AWSReservedSSO_AdministratorAccess_b349b2e8b2d31240', 'AROAUNEVCN7RX3L7RRLBA', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('111122223333', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'AWSReservedSSO_ReadOnlyAccess_f02b7e3ad6cc0ebf', 'AROA6EXXFVIXAOH6XN4KF', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('666677778888', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'AWSReservedSSO_ReadOnlyAccess_86c720b0a5bb6fd0', 'AROAYBMPYR3NO64NYAB36', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('777788889999', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'AWSReservedSSO_ReadOnlyAccess_d32e3ad5cf0e217b', 'AROAALJZHIST77QZ7YVNX', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('222233334444', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6', 'AWSReservedSSO_PowerUserAccess_144b7f7c7516db5d', 'AROAURA2TWPMOMEOIZGZ5', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('444455556666', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6', 'AWSReservedSSO_PowerUserAccess_cd25199d8c7915d4', 'AROA6IHVIRP6DKEX45YJ5', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('555566667777', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6', 'AWSReservedSSO_PowerUserAccess_e80000a54c3f0592', 'AROANWSMNNRD2F4J2II36', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('222233334444', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'AWSReservedSSO_ReadOnlyAccess_aa8f0eb1d309dd44', 'AROAAF7AUQUSGVOCRMIMM', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('444455556666', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'AWSReservedSSO_ReadOnlyAccess_2a907270162b5b17', 'AROAYWOCMEO2HZSQ7TTFE', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('555566667777', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'AWSReservedSSO_ReadOnlyAccess_78d2a653a30ef5d1', 'AROAAU66LEQEYU3OURGOI', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('333344445555', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481', 'AWSReservedSSO_ReadOnlyAccess_8ff85d0e11668c2e', 'AROAPJJNZXYMVQDJ6QBQ4', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('111122223333', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-7b918881b79c1e6f', 'AWSReservedSSO_Billing_4260998d82f0b23a', 'AROAFR74VTMKVNLQ7PTIG', '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('555566667777', 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c5cc27d426a3ff0b', 'AWSReservedSSO_SandboxDeploy_9cff96e5cfcb34ec', 'AROAX6IME5B6L4CF3UN4C', '2026-11-20T09:00:00.000Z');
INSERT INTO public.refresh_tokens VALUES ('0677509eef5af0666ef17847f95bf9c2e860247083fedf7ad8ee1232c6da0565', '73e2f588-0ad0-4e6b-84db-8ee95742a3cc', '2026-11-20T09:00:00.000Z', '2026-11-20T17:00:00.000Z', '2026-11-20T09:00:10.000Z');
INSERT INTO public.refresh_tokens VALUES ('637f8d524cb84a0f7fb27eba3ee655d12f5e1d6e21174d50ecd31ed2931b832a', '73e2f588-0ad0-4e6b-84db-8ee95742a3cc', '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:00.000Z', NULL);
INSERT INTO public.refresh_tokens VALUES ('07719899c24463b2a90160008c08028b3b382a7aacdbe34b62f739ce608e29a2', 'd1e1c583-9a59-4319-b950-19101c46a268', '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', NULL);
INSERT INTO public.refresh_tokens VALUES ('d02fb3529992c9523d7b927812ecbeb98027b2c2fab981bc51468b1372206fdc', '38036a5a-ea1a-4384-8608-d42cc8189c5e', '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', NULL);
INSERT INTO public.refresh_tokens VALUES ('ef4a26b06a91d810a41529afd425efaa9971a6726b4a62308f9a1d231b679d6c', '7a8092f7-bae8-4283-9459-7e977e3c85c0', '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', NULL);
INSERT INTO public.refresh_tokens VALUES ('89b62e284704565a84e7aa9872442a15e16f0726f6ffb6d63c115c0ec25a6ac1', 'f166a0d2-4d76-4c86-b3f0-b57505f8b96c', '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', NULL);
INSERT INTO public.revocations VALUES ('user:9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3', '2026-11-20T09:00:11.000Z', '2026-11-20T21:00:11.000Z');
INSERT INTO public.sessions VALUES ('1cde5e56-ab8a-4469-ba44-c751316cbf40', '838e4b1bfc211e036ee20c70be662695338ad067e3425a9c1e9da23076b9f61f', '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193', '{"address":"127.0.0.1","userAgent":"Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0"}', 0, '2026-11-20T09:00:00.000Z', '2026-11-20T17:00:00.000Z', NULL);
INSERT INTO public.sessions VALUES ('a419cc31-b018-4dc3-9adc-2ce023e3ad86', '99c5a9d9920547c4d52a1909752d4a59742f485a61c6405abfcc5749d02e07da', '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4', '{"address":"127.0.0.1","userAgent":"Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0"}', 0, '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', NULL);
INSERT INTO public.sessions VALUES ('79370aaa-e564-4f53-b6a8-6c0fb10817bf', '373215a778d7ee7c0fc1325e38f11d5175cf2f3fb12eef20f56608c8cbba5140', '9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9', '{"address":"127.0.0.1","userAgent":"Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0"}', 0, '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', '2026-11-20T09:00:10.000Z');
INSERT INTO public.sessions VALUES ('30ee69d4-9cac-4ab9-81e3-6a9307a5ee44', '6c6102b63eec1a8f2d234416a2674ae847a56171f47e7ee0d1d67b0d792cd4ec', '9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3', '{"address":"127.0.0.1","userAgent":"browser/1"}', 0, '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', '2026-11-20T09:00:11.000Z');
INSERT INTO public.sign_in_attempts VALUES ('address:127.0.0.1', 1, '2026-11-20T09:00:11.000Z', NULL);
INSERT INTO public.sign_in_attempts VALUES ('user:bob', 1, '2026-11-20T09:00:11.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('5a03821c', 'client-registration', 'C0ZDTYol_JM6rTC-NLjldAz1WwDmcDk-hUXyrN0x1aNNXFt2JUDI_jurlHo9c9Y2FwoXz50i2YNsgoFX', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('086b5eda', 'role-credentials', 'ceFRAe9wH9anP_xSAM3dXq8BWbde4UZdhNF6Hvg6l-Pk_HeiN4ZMyNBW-OC__SpMDeD7y-5T9Er431HY', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('7dcf81f0', 'sealing', '3eFahpA7t6Kwh2V1q1DumCIGOeCcxOhB_s3qDKQp_NUdxl329sPcWcN8-QbTCWoHsr5hYS3EZbazC9O2', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('0fb4ff12', 'page-token', 'RE7DLfMrP8ZrowBpNk4p53PEnkvZj6IdTv72gCs6ht8o4hHfjM6hWOgGvurOatG-fFI-ntw4Oi48LvYc', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.token_families VALUES ('73e2f588-0ad0-4e6b-84db-8ee95742a3cc', '9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193', '1cde5e56-ab8a-4469-ba44-c751316cbf40', '5a03821ckDRifL0L-f3sBLBYy-mQb4WFh-wWGxTOeMV_my6G9g0WyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMDAsMTgwMjk0MTIwMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', 'botocore-client-test', '["sso:account:access"]', 'authorization_code', '{"address":"127.0.0.1","userAgent":"test/1"}', '2026-11-20T09:00:00.000Z', '2026-11-20T17:00:00.000Z', '2026-11-20T09:00:10.000Z', NULL);
INSERT INTO public.token_families VALUES ('d1e1c583-9a59-4319-b950-19101c46a268', '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4', 'a419cc31-b018-4dc3-9adc-2ce023e3ad86', '5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', 'botocore-client-test', '["sso:account:access"]', 'authorization_code', '{"address":"127.0.0.1","userAgent":"test/1"}', '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', '2026-11-20T09:00:10.000Z', NULL);
INSERT INTO public.token_families VALUES ('38036a5a-ea1a-4384-8608-d42cc8189c5e', '9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4', 'a419cc31-b018-4dc3-9adc-2ce023e3ad86', '5a03821czx1gQxxKF4FSDtncnV9Yv-r5KlG6GKHQMh-pQuF8g3AWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFtdLFtdXQ', 'botocore-client-test', '["sso:account:access"]', 'device_code', '{"address":"127.0.0.1","userAgent":"test/1"}', '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', '2026-11-20T09:00:10.000Z', NULL);
INSERT INTO public.token_families VALUES ('7a8092f7-bae8-4283-9459-7e977e3c85c0', '9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9', '79370aaa-e564-4f53-b6a8-6c0fb10817bf', '5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', 'botocore-client-test', '["sso:account:access"]', 'authorization_code', '{"address":"127.0.0.1","userAgent":"test/1"}', '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', '2026-11-20T09:00:10.000Z', '2026-11-20T09:00:10.000Z');
INSERT INTO public.token_families VALUES ('f166a0d2-4d76-4c86-b3f0-b57505f8b96c', '9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3', '30ee69d4-9cac-4ab9-81e3-6a9307a5ee44', '5a03821cz0O45vp0ngWUdq2QJXQ1PE0pgXC1JAAlPSw2lnEUiUAWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUxNjUyMTAsMTgwMjk0MTIxMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', 'botocore-client-test', '["sso:account:access"]', 'authorization_code', '{"address":"127.0.0.1","userAgent":"test/1"}', '2026-11-20T09:00:10.000Z', '2026-11-20T17:00:10.000Z', '2026-11-20T09:00:10.000Z', '2026-11-20T09:00:11.000Z');
INSERT INTO public.users VALUES ('9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193', 'd-9067a1b2c3', 'alice', 'alice', 'Alice Anders', 'Alice', 'Anders', 'alice@acme.example', 'ENABLED', '2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.000Z');
INSERT INTO public.users VALUES ('9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4', 'd-9067a1b2c3', 'bob', 'bob', 'Bob Brandt', 'Bob', 'Brandt', 'bob@acme.example', 'ENABLED', '2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.000Z');
INSERT INTO public.users VALUES ('9067a1b2c3-40e2554a-a53b-8694-afb3-a6cd1232e9f9', 'd-9067a1b2c3', 'carol', 'carol', 'Carol', 'Carol', 'Cole', 'Bob@acme.example', 'ENABLED', '2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.000Z');
INSERT INTO public.users VALUES ('9067a1b2c3-24451842-bc33-82cc-ac03-9072842ae5a3', 'd-9067a1b2c3', 'dora', 'dora', 'Dora', 'Dora', 'Dahl', NULL, 'DISABLED', '2026-11-20T09:00:00.000Z', '2026-11-20T09:00:11.000Z');
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
