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
INSERT INTO public.access_tokens VALUES ('e006f8a6763e9a09ef537014f73668a43e4149a1eac4bc2b8470ffc4d426f97a', '749a2a07-4410-4a25-bcbe-db48ecdde589', '2026-11-20T09:00:30.000Z', '2026-11-20T10:00:30.000Z');
INSERT INTO public.account_assignments VALUES ('arn:aws:sso:::instance/ssoins-8a1f5203ee7386bb', '955949239762', 'arn:aws:sso:::permissionSet/ssoins-8a1f5203ee7386bb/ps-3a53e2ba3996f226', 'GROUP', '8b7459caee-c690f914-954f-861d-afb8-3ed2dcc30077', '2026-11-20T09:00:00.000Z');
INSERT INTO public.accounts VALUES ('955949239762', 'Management', 'management@mayfly.invalid', '2026-11-20T09:00:00.000Z');
INSERT INTO public.audit_events VALUES ('cf05bd78-2f44-40be-a82f-8e86e499888e', '2026-11-20T09:00:00.000Z', 'sso-directory.amazonaws.com', 'CreateUser', 'b79765dc-669f-47f7-9302-0e136aac222c', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"Unknown","accountId":"955949239762"}', NULL, '{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb"}', NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('7f7576e7-4305-4fef-8ca6-b343ed67403f', '2026-11-20T09:00:00.000Z', 'signin.amazonaws.com', 'CredentialChallenge', 'b79765dc-669f-47f7-9302-0e136aac222c', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"}}', NULL, NULL, '{"AuthWorkflowID":"73ca512e-300a-4b48-8798-ac67bd532acf","CredentialType":"TOTP","LoginTo":"http://localhost:7373/start","UserName":"ada"}', '{"CredentialChallenge":"Success"}', NULL, NULL, 0, '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO public.audit_events VALUES ('4add588c-2bd5-4b39-913a-c4212b40cbf4', '2026-11-20T09:00:00.000Z', 'sso-directory.amazonaws.com', 'StartVirtualMfaDeviceRegistration', '09aa4f25-e29e-4dd3-ab67-4cc1584f182e', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"}}', NULL, '{"deviceId":"199b20b6-fbf3-465c-8cd8-c26b08cb685c"}', NULL, NULL, NULL, NULL, 0, '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO public.audit_events VALUES ('bcbf260e-dbe9-40e1-81f8-e0b817747565', '2026-11-20T09:00:00.000Z', 'sso-directory.amazonaws.com', 'StartVirtualMfaDeviceRegistration', '9cf13eab-7aed-4354-a2eb-01ff2077e770', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"}}', NULL, '{"deviceId":"e7d76055-ba5e-41a7-9e1e-ae1d7776c693"}', NULL, NULL, NULL, NULL, 0, '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO public.audit_events VALUES ('6ca9ae31-7b95-458b-8324-5a6a14651d16', '2026-11-20T09:00:00.000Z', 'sso-directory.amazonaws.com', 'CompleteVirtualMfaDeviceRegistration', '27460cc3-b6fb-403e-a877-a965e7af6dc8', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"}}', NULL, '{"deviceId":"e7d76055-ba5e-41a7-9e1e-ae1d7776c693"}', NULL, NULL, NULL, NULL, 0, '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO public.audit_events VALUES ('7e0bee22-76d9-48ae-b503-41b69f1e8e66', '2026-11-20T09:00:00.000Z', 'signin.amazonaws.com', 'UserAuthentication', '27460cc3-b6fb-403e-a877-a965e7af6dc8', '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0', '{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"},"credentialId":"c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd"}', NULL, NULL, '{"AuthWorkflowID":"73ca512e-300a-4b48-8798-ac67bd532acf","CredentialType":"PASSWORD,TOTP","LoginTo":"http://localhost:7373/start","UserName":"ada"}', '{"UserAuthentication":"Success"}', NULL, NULL, 0, '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO public.audit_events VALUES ('aa413d6a-9fae-4af4-bf41-fdc5bb89b665', '2026-11-20T09:00:30.000Z', 'sso-oauth.amazonaws.com', 'RegisterClient', '8a1c2349-eaab-4af7-8200-b19a96d3d609', '127.0.0.1', 'test/1', '{"type":"Unknown","accountId":"955949239762"}', '{"clientName":"botocore-client-test","clientType":"public","scopes":["sso:account:access"],"redirectUris":["http://127.0.0.1/oauth/callback"],"grantTypes":["authorization_code","refresh_token"],"issuerUrl":"http://localhost:7373/start"}', '{"clientId":"5a03821cvks94c4-p21_RXMcDJOcBKvtaGdJb-MSFeZgHoWeMlYWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLThhMWY1MjAzZWU3Mzg2YmIiLDE3OTUxNjUyMzAsMTgwMjk0MTIzMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","clientIdIssuedAt":1795165230,"clientSecretExpiresAt":1802941230}', NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO public.audit_events VALUES ('f61fd7b9-3769-4e77-b831-06357e8ead78', '2026-11-20T09:00:30.000Z', 'sso-oauth.amazonaws.com', 'CreateToken', 'e05b0a7e-579e-4159-aef0-da769a86f27e', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"},"credentialId":"c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd"}', '{"clientId":"5a03821cvks94c4-p21_RXMcDJOcBKvtaGdJb-MSFeZgHoWeMlYWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLThhMWY1MjAzZWU3Mzg2YmIiLDE3OTUxNjUyMzAsMTgwMjk0MTIzMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","grantType":"authorization_code","code":"HIDDEN_DUE_TO_SECURITY_REASONS","redirectUri":"http://127.0.0.1:50123/oauth/callback","codeVerifier":"HIDDEN_DUE_TO_SECURITY_REASONS"}', '{"accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS","tokenType":"Bearer","expiresIn":3600,"refreshToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, 0, '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO public.audit_events VALUES ('949b6b42-5aac-48f1-a3ab-082f87e526fe', '2026-11-20T09:00:30.000Z', 'sso.amazonaws.com', 'GetRoleCredentials', '5006c429-b8f2-467b-acc1-fb7b040b8cc2', '127.0.0.1', 'test/1', '{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"},"credentialId":"c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd"}', '{"roleName":"AdministratorAccess","accountId":"955949239762","accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}', NULL, NULL, NULL, NULL, NULL, 1, '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO public.authorization_codes VALUES ('b87f57e169863b5aa5ec9e7e50629d0efb9220da2fc1fa9b42b4ec047103bc22', '5a03821cvks94c4-p21_RXMcDJOcBKvtaGdJb-MSFeZgHoWeMlYWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLThhMWY1MjAzZWU3Mzg2YmIiLDE3OTUxNjUyMzAsMTgwMjk0MTIzMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', 'c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd', 'http://127.0.0.1:50123/oauth/callback', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', '["sso:account:access"]', '2026-11-20T09:00:30.000Z', '2026-11-20T09:01:30.000Z', '2026-11-20T09:00:30.000Z', '749a2a07-4410-4a25-bcbe-db48ecdde589');
INSERT INTO public.group_memberships VALUES ('8b7459caee-dff3debc-1849-41b4-95a8-4d8cd3c2690a', 'd-8b7459caee', '8b7459caee-c690f914-954f-861d-afb8-3ed2dcc30077', '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', '2026-11-20T09:00:00.000Z');
INSERT INTO public.groups VALUES ('8b7459caee-c690f914-954f-861d-afb8-3ed2dcc30077', 'd-8b7459caee', 'Administrators', 'administrators', 'They administer this instance', '2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.000Z');
INSERT INTO public.instances VALUES ('arn:aws:sso:::instance/ssoins-8a1f5203ee7386bb', 'd-8b7459caee', 'eu-central-1', 'Mayfly', '955949239762', '[]', 28800000, 'always-on', 'require-registration', 1, '2026-11-20T09:00:00.000Z');
INSERT INTO public.mfa_devices VALUES ('e7d76055-ba5e-41a7-9e1e-ae1d7776c693', '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', 'TOTP', 'Authenticator app', '7dcf81f0d1Z1b5vJzUJynXgEx-CcTiLJ8mKIeNUPVNQHmTpRYhvMJPcx-TymIHKxk04hYdt7', 59838840, '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.migrations VALUES (1, '0001-initial', '2026-11-20T09:00:00.000Z');
INSERT INTO public.one_time_links VALUES ('e29b05e56747ee5d1cc13cfc5bc3f0f51c66141b1c5f9af2d2e59198826121e2', 'first-administrator', NULL, '2026-11-20T09:00:00.000Z', '2026-11-21T09:00:00.000Z', '2026-11-20T09:00:00.000Z');
INSERT INTO public.passwords VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', '$argon2id$v=19$m=19456,t=2,p=1$1DszmEk84EbC0CPjUc4RGQ$9viAGSmzgyB4toPe32+HgaP1XbeKbFu62/VFeOudCyU', '[]', '2026-11-20T09:00:00.000Z');
INSERT INTO public.permission_sets VALUES ('arn:aws:sso:::permissionSet/ssoins-8a1f5203ee7386bb/ps-3a53e2ba3996f226', 'arn:aws:sso:::instance/ssoins-8a1f5203ee7386bb', 'AdministratorAccess', 'Everything, for an hour', 3600000, NULL, '["arn:aws:iam::aws:policy/AdministratorAccess"]', '[]', NULL, '2026-11-20T09:00:00.000Z');
INSERT INTO public.provisioned_permission_sets VALUES ('955949239762', 'arn:aws:sso:::permissionSet/ssoins-8a1f5203ee7386bb/ps-3a53e2ba3996f226', 'AWSReservedSSO_AdministratorAccess_8faf9f3f648d6f6b', 'AROALWRZ4WHVMNCSL7YWD', '2026-11-20T09:00:00.000Z');
INSERT INTO public.recovery_codes VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', '76bc206cdbb1121682417ff1d38d919f8e22eb8fda9eb02b347232f19db2e4ba', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.recovery_codes VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', 'd024c990b7c3969c3ac3406824866f5b0de271c4fed63ba8d7c02d9a0cb2543f', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.recovery_codes VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', '88bdffa89acf01b7a1ec7f08c7bf0aa8983a41bb311c85c5ba401670bc55d2d1', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.recovery_codes VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', '902fcd44462aa422e515fdd12b8f13265df7d2ca1b22ca76bb98b34dcfa1a0b1', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.recovery_codes VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', '11f4ffd1984cdb7b5bb21ac46dfbad85d35a0eed7064baf7dd7295c11809aa1a', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.recovery_codes VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', '412d05f9ff1ccd43b1fd00e95337f9ed21674dccdc5430f776bc70972d080164', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.recovery_codes VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', 'e02e4f06b6a1f2a24fe1844a91f1881e0f82a29541922f3fb4aa4d389d0b8485', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.recovery_codes VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', '66745f1300f4d6cd9c33017d25c8cf626e01969e493f19235b769bc6762ca322', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.recovery_codes VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', 'aa6b7bd15586ff363813f5bc9566d3acde9891c3d1b4b6bb231f37a417352712', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.recovery_codes VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', 'c88abbd482768f049a6b9bc35f3ab92135f8d00c43d9449d227056e828aa2ca2', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.refresh_tokens VALUES ('ac67714cacb9c267db69c7708a88b89ce6b87877fc7561c4bbb4dea7f08067d8', '749a2a07-4410-4a25-bcbe-db48ecdde589', '2026-11-20T09:00:30.000Z', '2026-11-20T17:00:00.000Z', NULL);
INSERT INTO public.sessions VALUES ('c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd', 'fe45cb5910e7a4052d747fee54b3e6919a655d41e6eee3c447cad5da2a56c823', '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', '{"address":"127.0.0.1","userAgent":"Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0"}', 1, '2026-11-20T09:00:00.000Z', '2026-11-20T17:00:00.000Z', NULL);
INSERT INTO public.sign_in_attempts VALUES ('address:127.0.0.1', 1, '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('5a03821c', 'client-registration', 'o-6UTHOBSJ-K7uIWFXOogtrvCxWGeivnhuzm4SgKnFxxX3Dyz6D8IUr31eovz9IpKRYNzC3In945FkuK', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('086b5eda', 'role-credentials', 'owNJdtXItHUaaeSQHRwYuxoBbg7mAAnjnihMtWJCs6BpiCBAusuhNzZmhb90yCKvKcAYl8aeV2P5iiS_', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('7dcf81f0', 'sealing', 'XBsbMmCMM3hgH5ZfRXIy4MVXHQ8jaJgSpcc7GPM3qThJEZssOR4UjJBVNbYx_kncSxIbx8D2K74RuuJE', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.signing_keys VALUES ('0fb4ff12', 'page-token', '5ZIcCuyxBSwSlyXXKfbDtuxVd02eUCN1Y_CMtgKoYmmVl9nB4podr7b7rTTmRfkyS3f-Oyvqp3poozZA', '2026-11-20T09:00:00.000Z', NULL);
INSERT INTO public.token_families VALUES ('749a2a07-4410-4a25-bcbe-db48ecdde589', '8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', 'c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd', '5a03821cvks94c4-p21_RXMcDJOcBKvtaGdJb-MSFeZgHoWeMlYWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLThhMWY1MjAzZWU3Mzg2YmIiLDE3OTUxNjUyMzAsMTgwMjk0MTIzMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ', 'botocore-client-test', '["sso:account:access"]', 'authorization_code', '{"address":"127.0.0.1","userAgent":"test/1"}', '2026-11-20T09:00:30.000Z', '2026-11-20T17:00:00.000Z', '2026-11-20T09:00:30.000Z', NULL);
INSERT INTO public.users VALUES ('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb', 'd-8b7459caee', 'ada', 'ada', 'Ada Lovelace', 'Ada', 'Lovelace', 'ada@example.com', 'ENABLED', '2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.000Z');
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
