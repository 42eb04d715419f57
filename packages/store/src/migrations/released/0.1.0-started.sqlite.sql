PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migrations (number integer primary key, name text, applied_at text);
INSERT INTO migrations VALUES(1,'0001-initial','2026-11-20T09:00:00.000Z');
CREATE TABLE instances (
    arn text primary key, identity_store_id text not null, region text not null, name text not null,
    owner_account_id text not null, start_url_aliases text not null, session_duration bigint not null,
    mfa_prompt text not null, mfa_without_device text not null, device_grant_enabled bigint not null,
    created_at text not null);
INSERT INTO instances VALUES('arn:aws:sso:::instance/ssoins-8a1f5203ee7386bb','d-8b7459caee','eu-central-1','Mayfly','955949239762','[]',28800000,'always-on','require-registration',1,'2026-11-20T09:00:00.000Z');
CREATE TABLE signing_keys (
    id text primary key, purpose text not null, sealed_secret text not null, created_at text not null,
    retired_at text);
INSERT INTO signing_keys VALUES('5a03821c','client-registration','o-6UTHOBSJ-K7uIWFXOogtrvCxWGeivnhuzm4SgKnFxxX3Dyz6D8IUr31eovz9IpKRYNzC3In945FkuK','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('086b5eda','role-credentials','owNJdtXItHUaaeSQHRwYuxoBbg7mAAnjnihMtWJCs6BpiCBAusuhNzZmhb90yCKvKcAYl8aeV2P5iiS_','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('7dcf81f0','sealing','XBsbMmCMM3hgH5ZfRXIy4MVXHQ8jaJgSpcc7GPM3qThJEZssOR4UjJBVNbYx_kncSxIbx8D2K74RuuJE','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('0fb4ff12','page-token','5ZIcCuyxBSwSlyXXKfbDtuxVd02eUCN1Y_CMtgKoYmmVl9nB4podr7b7rTTmRfkyS3f-Oyvqp3poozZA','2026-11-20T09:00:00.000Z',NULL);
CREATE TABLE users (
    id text primary key, identity_store_id text not null, user_name text not null, user_name_key text not null,
    display_name text not null, given_name text not null, family_name text not null, email text,
    status text not null, created_at text not null, updated_at text not null,
    unique (identity_store_id, user_name_key));
INSERT INTO users VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','d-8b7459caee','ada','ada','Ada Lovelace','Ada','Lovelace','ada@example.com','ENABLED','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z');
CREATE TABLE groups (
    id text primary key, identity_store_id text not null, display_name text not null,
    display_name_key text not null, description text, created_at text not null, updated_at text not null,
    unique (identity_store_id, display_name_key));
INSERT INTO "groups" VALUES('8b7459caee-c690f914-954f-861d-afb8-3ed2dcc30077','d-8b7459caee','Administrators','administrators','They administer this instance','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z');
CREATE TABLE group_memberships (
    id text primary key, identity_store_id text not null,
    group_id text not null references groups on delete cascade,
    user_id text not null references users on delete cascade, created_at text not null, unique (group_id, user_id)) without rowid;
INSERT INTO group_memberships VALUES('8b7459caee-dff3debc-1849-41b4-95a8-4d8cd3c2690a','d-8b7459caee','8b7459caee-c690f914-954f-861d-afb8-3ed2dcc30077','8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','2026-11-20T09:00:00.000Z');
CREATE TABLE accounts (
    id text primary key, name text not null, email text not null, created_at text not null);
INSERT INTO accounts VALUES('955949239762','Management','management@mayfly.invalid','2026-11-20T09:00:00.000Z');
CREATE TABLE permission_sets (
    arn text primary key, instance_arn text not null references instances, name text not null, description text,
    session_duration bigint not null, relay_state text, managed_policies text not null,
    customer_managed_policies text not null, inline_policy text, created_at text not null,
    unique (instance_arn, name));
INSERT INTO permission_sets VALUES('arn:aws:sso:::permissionSet/ssoins-8a1f5203ee7386bb/ps-3a53e2ba3996f226','arn:aws:sso:::instance/ssoins-8a1f5203ee7386bb','AdministratorAccess','Everything, for an hour',3600000,NULL,'["arn:aws:iam::aws:policy/AdministratorAccess"]','[]',NULL,'2026-11-20T09:00:00.000Z');
CREATE TABLE account_assignments (
    instance_arn text not null, account_id text not null references accounts,
    permission_set_arn text not null references permission_sets, principal_type text not null,
    principal_id text not null, created_at text not null,
    primary key (account_id, permission_set_arn, principal_type, principal_id)) without rowid;
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-8a1f5203ee7386bb','955949239762','arn:aws:sso:::permissionSet/ssoins-8a1f5203ee7386bb/ps-3a53e2ba3996f226','GROUP','8b7459caee-c690f914-954f-861d-afb8-3ed2dcc30077','2026-11-20T09:00:00.000Z');
CREATE TABLE provisioned_permission_sets (
    account_id text not null references accounts, permission_set_arn text not null references permission_sets,
    role_name text not null, role_id text not null, provisioned_at text not null,
    primary key (account_id, permission_set_arn)) without rowid;
INSERT INTO provisioned_permission_sets VALUES('955949239762','arn:aws:sso:::permissionSet/ssoins-8a1f5203ee7386bb/ps-3a53e2ba3996f226','AWSReservedSSO_AdministratorAccess_8faf9f3f648d6f6b','AROALWRZ4WHVMNCSL7YWD','2026-11-20T09:00:00.000Z');
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
INSERT INTO authorization_codes VALUES('b87f57e169863b5aa5ec9e7e50629d0efb9220da2fc1fa9b42b4ec047103bc22','5a03821cvks94c4-p21_RXMcDJOcBKvtaGdJb-MSFeZgHoWeMlYWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLThhMWY1MjAzZWU3Mzg2YmIiLDE3OTUxNjUyMzAsMTgwMjk0MTIzMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ','8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd','http://127.0.0.1:50123/oauth/callback','E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM','["sso:account:access"]','2026-11-20T09:00:30.000Z','2026-11-20T09:01:30.000Z','2026-11-20T09:00:30.000Z','749a2a07-4410-4a25-bcbe-db48ecdde589');
CREATE TABLE token_families (
    id text primary key, user_id text not null references users on delete cascade, session_id text not null,
    client_id text not null, client_name text not null, scopes text not null, "grant" text not null,
    requester text not null, created_at text not null, expires_at text not null, last_used_at text not null,
    revoked_at text);
INSERT INTO token_families VALUES('749a2a07-4410-4a25-bcbe-db48ecdde589','8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd','5a03821cvks94c4-p21_RXMcDJOcBKvtaGdJb-MSFeZgHoWeMlYWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLThhMWY1MjAzZWU3Mzg2YmIiLDE3OTUxNjUyMzAsMTgwMjk0MTIzMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ','botocore-client-test','["sso:account:access"]','authorization_code','{"address":"127.0.0.1","userAgent":"test/1"}','2026-11-20T09:00:30.000Z','2026-11-20T17:00:00.000Z','2026-11-20T09:00:30.000Z',NULL);
CREATE TABLE access_tokens (
    token_hash text primary key, family_id text not null,
    issued_at text not null, expires_at text not null) without rowid;
INSERT INTO access_tokens VALUES('e006f8a6763e9a09ef537014f73668a43e4149a1eac4bc2b8470ffc4d426f97a','749a2a07-4410-4a25-bcbe-db48ecdde589','2026-11-20T09:00:30.000Z','2026-11-20T10:00:30.000Z');
CREATE TABLE refresh_tokens (
    token_hash text primary key, family_id text not null,
    issued_at text not null, expires_at text not null, rotated_at text) without rowid;
INSERT INTO refresh_tokens VALUES('ac67714cacb9c267db69c7708a88b89ce6b87877fc7561c4bbb4dea7f08067d8','749a2a07-4410-4a25-bcbe-db48ecdde589','2026-11-20T09:00:30.000Z','2026-11-20T17:00:00.000Z',NULL);
CREATE TABLE passwords (
    user_id text primary key references users on delete cascade, hash text not null, previous_hashes text not null,
    updated_at text not null);
INSERT INTO passwords VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','$argon2id$v=19$m=19456,t=2,p=1$HPH7nUXkVuKibUx/HgX36w$TvilNCW88F2Fnm/IyMgwoXDPn5FVy9SGU54QAH2VL1c','[]','2026-11-20T09:00:00.000Z');
CREATE TABLE mfa_devices (
    id text primary key, user_id text not null references users on delete cascade, type text not null,
    name text not null, sealed_secret text not null, last_step bigint not null, created_at text not null,
    last_used_at text);
INSERT INTO mfa_devices VALUES('e7d76055-ba5e-41a7-9e1e-ae1d7776c693','8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','TOTP','Authenticator app','7dcf81f0d1Z1b5vJzUJynXgEx-CcTiLJ8mKIeNUPVNQHmTpRYhvMJPcx-TymIHKxk04hYdt7',59838840,'2026-11-20T09:00:00.000Z',NULL);
CREATE TABLE recovery_codes (
    user_id text not null references users on delete cascade, code_hash text not null, created_at text not null,
    used_at text, primary key (user_id, code_hash)) without rowid;
INSERT INTO recovery_codes VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','11f4ffd1984cdb7b5bb21ac46dfbad85d35a0eed7064baf7dd7295c11809aa1a','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO recovery_codes VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','412d05f9ff1ccd43b1fd00e95337f9ed21674dccdc5430f776bc70972d080164','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO recovery_codes VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','66745f1300f4d6cd9c33017d25c8cf626e01969e493f19235b769bc6762ca322','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO recovery_codes VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','76bc206cdbb1121682417ff1d38d919f8e22eb8fda9eb02b347232f19db2e4ba','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO recovery_codes VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','88bdffa89acf01b7a1ec7f08c7bf0aa8983a41bb311c85c5ba401670bc55d2d1','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO recovery_codes VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','902fcd44462aa422e515fdd12b8f13265df7d2ca1b22ca76bb98b34dcfa1a0b1','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO recovery_codes VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','aa6b7bd15586ff363813f5bc9566d3acde9891c3d1b4b6bb231f37a417352712','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO recovery_codes VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','c88abbd482768f049a6b9bc35f3ab92135f8d00c43d9449d227056e828aa2ca2','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO recovery_codes VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','d024c990b7c3969c3ac3406824866f5b0de271c4fed63ba8d7c02d9a0cb2543f','2026-11-20T09:00:00.000Z',NULL);
INSERT INTO recovery_codes VALUES('8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','e02e4f06b6a1f2a24fe1844a91f1881e0f82a29541922f3fb4aa4d389d0b8485','2026-11-20T09:00:00.000Z',NULL);
CREATE TABLE sessions (
    id text primary key, cookie_hash text not null unique, user_id text not null references users on delete cascade,
    requester text not null, mfa bigint not null, created_at text not null, expires_at text not null,
    ended_at text);
INSERT INTO sessions VALUES('c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd','fe45cb5910e7a4052d747fee54b3e6919a655d41e6eee3c447cad5da2a56c823','8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb','{"address":"127.0.0.1","userAgent":"Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0"}',1,'2026-11-20T09:00:00.000Z','2026-11-20T17:00:00.000Z',NULL);
CREATE TABLE one_time_links (
    token_hash text primary key, purpose text not null, user_id text references users on delete cascade,
    created_at text not null, expires_at text not null, consumed_at text);
INSERT INTO one_time_links VALUES('e29b05e56747ee5d1cc13cfc5bc3f0f51c66141b1c5f9af2d2e59198826121e2','first-administrator',NULL,'2026-11-20T09:00:00.000Z','2026-11-21T09:00:00.000Z','2026-11-20T09:00:00.000Z');
CREATE TABLE sign_in_attempts (
    subject text primary key, count bigint not null, last_attempt_at text not null, blocked_until text) without rowid;
INSERT INTO sign_in_attempts VALUES('address:127.0.0.1',1,'2026-11-20T09:00:00.000Z',NULL);
CREATE TABLE audit_events (
    event_id text not null, event_time text not null, event_source text not null, event_name text not null,
    request_id text not null, source_address text not null, user_agent text not null, user_identity text not null,
    request_parameters text, response_elements text, additional_event_data text, service_event_details text,
    error_code text, error_message text,
    read_only bigint not null, user_id text,
    primary key (event_time, event_id));
INSERT INTO audit_events VALUES('cf05bd78-2f44-40be-a82f-8e86e499888e','2026-11-20T09:00:00.000Z','sso-directory.amazonaws.com','CreateUser','b79765dc-669f-47f7-9302-0e136aac222c','127.0.0.1','Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0','{"type":"Unknown","accountId":"955949239762"}',NULL,'{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb"}',NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO audit_events VALUES('7f7576e7-4305-4fef-8ca6-b343ed67403f','2026-11-20T09:00:00.000Z','signin.amazonaws.com','CredentialChallenge','b79765dc-669f-47f7-9302-0e136aac222c','127.0.0.1','Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0','{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"}}',NULL,NULL,'{"AuthWorkflowID":"73ca512e-300a-4b48-8798-ac67bd532acf","CredentialType":"TOTP","LoginTo":"http://localhost:7373/start","UserName":"ada"}','{"CredentialChallenge":"Success"}',NULL,NULL,0,'8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO audit_events VALUES('4add588c-2bd5-4b39-913a-c4212b40cbf4','2026-11-20T09:00:00.000Z','sso-directory.amazonaws.com','StartVirtualMfaDeviceRegistration','09aa4f25-e29e-4dd3-ab67-4cc1584f182e','127.0.0.1','Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0','{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"}}',NULL,'{"deviceId":"199b20b6-fbf3-465c-8cd8-c26b08cb685c"}',NULL,NULL,NULL,NULL,0,'8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO audit_events VALUES('bcbf260e-dbe9-40e1-81f8-e0b817747565','2026-11-20T09:00:00.000Z','sso-directory.amazonaws.com','StartVirtualMfaDeviceRegistration','9cf13eab-7aed-4354-a2eb-01ff2077e770','127.0.0.1','Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0','{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"}}',NULL,'{"deviceId":"e7d76055-ba5e-41a7-9e1e-ae1d7776c693"}',NULL,NULL,NULL,NULL,0,'8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO audit_events VALUES('6ca9ae31-7b95-458b-8324-5a6a14651d16','2026-11-20T09:00:00.000Z','sso-directory.amazonaws.com','CompleteVirtualMfaDeviceRegistration','27460cc3-b6fb-403e-a877-a965e7af6dc8','127.0.0.1','Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0','{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"}}',NULL,'{"deviceId":"e7d76055-ba5e-41a7-9e1e-ae1d7776c693"}',NULL,NULL,NULL,NULL,0,'8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO audit_events VALUES('7e0bee22-76d9-48ae-b503-41b69f1e8e66','2026-11-20T09:00:00.000Z','signin.amazonaws.com','UserAuthentication','27460cc3-b6fb-403e-a877-a965e7af6dc8','127.0.0.1','Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0','{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"},"credentialId":"c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd"}',NULL,NULL,'{"AuthWorkflowID":"73ca512e-300a-4b48-8798-ac67bd532acf","CredentialType":"PASSWORD,TOTP","LoginTo":"http://localhost:7373/start","UserName":"ada"}','{"UserAuthentication":"Success"}',NULL,NULL,0,'8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO audit_events VALUES('aa413d6a-9fae-4af4-bf41-fdc5bb89b665','2026-11-20T09:00:30.000Z','sso-oauth.amazonaws.com','RegisterClient','8a1c2349-eaab-4af7-8200-b19a96d3d609','127.0.0.1','test/1','{"type":"Unknown","accountId":"955949239762"}','{"clientName":"botocore-client-test","clientType":"public","scopes":["sso:account:access"],"redirectUris":["http://127.0.0.1/oauth/callback"],"grantTypes":["authorization_code","refresh_token"],"issuerUrl":"http://localhost:7373/start"}','{"clientId":"5a03821cvks94c4-p21_RXMcDJOcBKvtaGdJb-MSFeZgHoWeMlYWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLThhMWY1MjAzZWU3Mzg2YmIiLDE3OTUxNjUyMzAsMTgwMjk0MTIzMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","clientIdIssuedAt":1795165230,"clientSecretExpiresAt":1802941230}',NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO audit_events VALUES('f61fd7b9-3769-4e77-b831-06357e8ead78','2026-11-20T09:00:30.000Z','sso-oauth.amazonaws.com','CreateToken','e05b0a7e-579e-4159-aef0-da769a86f27e','127.0.0.1','test/1','{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"},"credentialId":"c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd"}','{"clientId":"5a03821cvks94c4-p21_RXMcDJOcBKvtaGdJb-MSFeZgHoWeMlYWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLThhMWY1MjAzZWU3Mzg2YmIiLDE3OTUxNjUyMzAsMTgwMjk0MTIzMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","grantType":"authorization_code","code":"HIDDEN_DUE_TO_SECURITY_REASONS","redirectUri":"http://127.0.0.1:50123/oauth/callback","codeVerifier":"HIDDEN_DUE_TO_SECURITY_REASONS"}','{"accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS","tokenType":"Bearer","expiresIn":3600,"refreshToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}',NULL,NULL,NULL,NULL,0,'8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
INSERT INTO audit_events VALUES('949b6b42-5aac-48f1-a3ab-082f87e526fe','2026-11-20T09:00:30.000Z','sso.amazonaws.com','GetRoleCredentials','5006c429-b8f2-467b-acc1-fb7b040b8cc2','127.0.0.1','test/1','{"type":"IdentityCenterUser","accountId":"955949239762","onBehalfOf":{"userId":"8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb","identityStoreArn":"arn:aws:identitystore::955949239762:identitystore/d-8b7459caee"},"credentialId":"c94a7650-79cd-4e2f-a79b-dd6b1afdd3cd"}','{"roleName":"AdministratorAccess","accountId":"955949239762","accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}',NULL,NULL,NULL,NULL,NULL,1,'8b7459caee-208b1369-173b-409a-b8ca-b4bf016f8bfb');
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
