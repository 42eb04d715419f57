PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migrations (number integer primary key, name text, applied_at text);
INSERT INTO migrations VALUES(1,'0001-initial','2026-11-21T09:00:00.000Z');
INSERT INTO migrations VALUES(2,'0002-directory','2026-11-21T09:00:00.000Z');
INSERT INTO migrations VALUES(3,'0003-account-access','2026-11-21T09:00:00.000Z');
INSERT INTO migrations VALUES(4,'0004-applications','2026-11-21T09:00:00.000Z');
INSERT INTO migrations VALUES(5,'0005-organization','2026-11-21T09:00:00.000Z');
INSERT INTO migrations VALUES(6,'0006-iam','2026-11-21T09:00:00.000Z');
INSERT INTO migrations VALUES(7,'0007-administration','2026-11-21T09:00:00.000Z');
INSERT INTO migrations VALUES(8,'0008-policy','2026-11-21T09:00:00.000Z');
CREATE TABLE instances (
    arn text primary key, identity_store_id text not null, region text not null, name text not null,
    owner_account_id text not null, start_url_aliases text not null, session_duration bigint not null,
    mfa_prompt text not null, mfa_without_device text not null, device_grant_enabled bigint not null,
    created_at text not null, settings text);
INSERT INTO instances VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','d-9067a1b2c3','us-east-1','Acme','111122223333','["https://mayfly-example.awsapps.com/start"]',28800000,'always-on','allow-sign-in',1,'2026-11-21T09:00:00.000Z',NULL);
CREATE TABLE signing_keys (
    id text primary key, purpose text not null, sealed_secret text not null, created_at text not null,
    retired_at text);
INSERT INTO signing_keys VALUES('5a03821c','client-registration','4rI5t3QIcqkEXygGv2y-cKzfCiNl_HFIHWMGpN8L_ZW7HsT3ifyiAtiZWsAPlyC6c8FlFzVP7p05RfBm','2026-11-21T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('086b5eda','role-credentials','vzDkwoGg3Y_KXwJlsetqt4kQ2wQnogFOBnqLcQZqct9gZGX-eWfQDrjCyd4G3BgY6fwkJ0DY6UWQ4GOy','2026-11-21T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('7dcf81f0','sealing','Gx2WFtl37NFRSJU3K29mhBxrdLBJqBE82nV0tLbCD6S0180CJpf-5tvt4fsa4IpT__blN5QNnJjWb_3a','2026-11-21T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('0fb4ff12','page-token','W0Wm8W0atRs6Ylgdp6sZr7yZzQ55A9qOY_hIA7R9qCOURA4UtrnAGquLp5VQEJhJAH-yWFI5974wPPGI','2026-11-21T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('18e9c7b9','audit-chain','aPreMat53v2KtQJ5pjR0wX_aKE5Am5LaZw4pYT2JSlPEoiait8NpWdVFEnnzpXfAmXggTYFxl7GEzzqg','2026-11-21T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('2a285ede','id-token','_Sr2HDe68bQsRbsE_jWBxf0jFXlHswCUvpGv0YFHXZrMBubMyoyfmAU73-oWBKayinhvXYynqmw4TTql','2026-11-21T09:00:00.000Z',NULL);
INSERT INTO signing_keys VALUES('6af05c94','identity-context','ibuReMZj_yUogAslXn2ZSlN-gXFxK26eHJmSKTjCc8Qbzg8gk2mQ5-RBun8Rnd9aSFaZ6qWIiPFzcVAk','2026-11-21T09:00:00.000Z',NULL);
CREATE TABLE users (
    id text primary key, identity_store_id text not null, user_name text not null, user_name_key text not null,
    display_name text not null, given_name text not null, family_name text not null, email text,
    status text not null, created_at text not null, updated_at text not null, display_name_key text, family_name_key text, email_key text, profile text, created_by text, updated_by text, version bigint not null default 0,
    unique (identity_store_id, user_name_key));
INSERT INTO users VALUES('9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193','d-9067a1b2c3','alice','alice','Alice Anders','Alice','Anders','alice@acme.example','ENABLED','2026-11-21T09:00:00.000Z','2026-11-21T09:00:00.000Z','alice anders','anders','alice@acme.example',NULL,NULL,NULL,0);
INSERT INTO users VALUES('9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4','d-9067a1b2c3','bob','bob','Bob Brandt','Bob','Brandt','bob@acme.example','ENABLED','2026-11-21T09:00:00.000Z','2026-11-21T09:00:00.000Z','bob brandt','brandt','bob@acme.example',NULL,NULL,NULL,0);
CREATE TABLE groups (
    id text primary key, identity_store_id text not null, display_name text not null,
    display_name_key text not null, description text, created_at text not null, updated_at text not null, external_ids text, created_by text, updated_by text, version bigint not null default 0,
    unique (identity_store_id, display_name_key));
INSERT INTO "groups" VALUES('9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','d-9067a1b2c3','Administrators','administrators','They run the organization','2026-11-21T09:00:00.000Z','2026-11-21T09:00:00.000Z',NULL,NULL,NULL,0);
INSERT INTO "groups" VALUES('9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d','d-9067a1b2c3','Developers','developers','They build what Acme sells','2026-11-21T09:00:00.000Z','2026-11-21T09:00:00.000Z',NULL,NULL,NULL,0);
INSERT INTO "groups" VALUES('9067a1b2c3-5e166087-ebc8-8e05-ac77-13e539bc58bb','d-9067a1b2c3','Finance','finance','They read the bills','2026-11-21T09:00:00.000Z','2026-11-21T09:00:00.000Z',NULL,NULL,NULL,0);
CREATE TABLE group_memberships (
    id text primary key, identity_store_id text not null,
    group_id text not null references groups on delete cascade,
    user_id text not null references users on delete cascade, created_at text not null, created_by text, unique (group_id, user_id)) without rowid;
INSERT INTO group_memberships VALUES('9067a1b2c3-91a59f7e-2ef8-8097-a2ef-e5e1115464b5','d-9067a1b2c3','9067a1b2c3-5e166087-ebc8-8e05-ac77-13e539bc58bb','9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193','2026-11-21T09:00:00.000Z',NULL);
INSERT INTO group_memberships VALUES('9067a1b2c3-c6ff9dac-b7f6-86aa-a0d8-b637baa97524','d-9067a1b2c3','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193','2026-11-21T09:00:00.000Z',NULL);
INSERT INTO group_memberships VALUES('9067a1b2c3-e4f4cc45-b1c2-88de-a7a2-80685251e610','d-9067a1b2c3','9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d','9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4','2026-11-21T09:00:00.000Z',NULL);
CREATE TABLE accounts (
    id text primary key, name text not null, email text not null, created_at text not null, parent_id text not null default '', joined_method text not null default 'CREATED', closed_at text, email_key text);
INSERT INTO accounts VALUES('111122223333','Acme Management','aws-management@acme.example','2026-11-21T09:00:00.000Z','r-4c60','INVITED',NULL,'aws-management@acme.example');
INSERT INTO accounts VALUES('222233334444','Acme Development','aws-development@acme.example','2026-11-21T09:00:00.000Z','ou-4c60-40c40dbf','CREATED',NULL,'aws-development@acme.example');
INSERT INTO accounts VALUES('333344445555','Acme Production','aws-production@acme.example','2026-11-21T09:00:00.000Z','ou-4c60-5ede63b0','CREATED',NULL,'aws-production@acme.example');
INSERT INTO accounts VALUES('444455556666','Acme Staging','aws-staging@acme.example','2026-11-21T09:00:00.000Z','ou-4c60-40c40dbf','CREATED',NULL,'aws-staging@acme.example');
INSERT INTO accounts VALUES('555566667777','Acme Sandbox','aws-sandbox@acme.example','2026-11-21T09:00:00.000Z','ou-4c60-46363265','CREATED',NULL,'aws-sandbox@acme.example');
INSERT INTO accounts VALUES('666677778888','Acme Log Archive','aws-log-archive@acme.example','2026-11-21T09:00:00.000Z','ou-4c60-d00fcff9','CREATED',NULL,'aws-log-archive@acme.example');
INSERT INTO accounts VALUES('777788889999','Acme Security','aws-security@acme.example','2026-11-21T09:00:00.000Z','ou-4c60-d00fcff9','CREATED',NULL,'aws-security@acme.example');
CREATE TABLE permission_sets (
    arn text primary key, instance_arn text not null references instances, name text not null, description text,
    session_duration bigint not null, relay_state text, managed_policies text not null,
    customer_managed_policies text not null, inline_policy text, created_at text not null, permissions_boundary text, session_duration_text text, version bigint not null default 1,
    unique (instance_arn, name));
INSERT INTO permission_sets VALUES('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','AdministratorAccess','Everything, for an hour',3600000,NULL,'["arn:aws:iam::aws:policy/AdministratorAccess"]','[]',NULL,'2026-11-21T09:00:00.000Z',NULL,NULL,1);
INSERT INTO permission_sets VALUES('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6','arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','PowerUserAccess','Everything but users and permissions, for half a day''s work',14400000,NULL,'["arn:aws:iam::aws:policy/PowerUserAccess"]','[]',NULL,'2026-11-21T09:00:00.000Z',NULL,NULL,1);
INSERT INTO permission_sets VALUES('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','ReadOnlyAccess','To look at everything, all day',28800000,NULL,'["arn:aws:iam::aws:policy/ReadOnlyAccess"]','[]',NULL,'2026-11-21T09:00:00.000Z',NULL,NULL,1);
INSERT INTO permission_sets VALUES('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-7b918881b79c1e6f','arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','Billing','Bills and budgets',3600000,'https://console.aws.amazon.com/billing/home','["arn:aws:iam::aws:policy/job-function/Billing"]','[]',NULL,'2026-11-21T09:00:00.000Z',NULL,NULL,1);
INSERT INTO permission_sets VALUES('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c5cc27d426a3ff0b','arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','SandboxDeploy','What a pipeline rehearsal needs, and no more',43200000,NULL,'[]','[]','{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudformation:*","s3:*","lambda:*"],"Resource":"*"}]}','2026-11-21T09:00:00.000Z',NULL,NULL,1);
CREATE TABLE account_assignments (
    instance_arn text not null, account_id text not null references accounts,
    permission_set_arn text not null references permission_sets, principal_type text not null,
    principal_id text not null, created_at text not null,
    primary key (account_id, permission_set_arn, principal_type, principal_id)) without rowid;
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','111122223333','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-7b918881b79c1e6f','GROUP','9067a1b2c3-5e166087-ebc8-8e05-ac77-13e539bc58bb','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','111122223333','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','111122223333','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','222233334444','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6','GROUP','9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','222233334444','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','222233334444','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','222233334444','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','333344445555','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','333344445555','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','333344445555','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','444455556666','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6','GROUP','9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','444455556666','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','444455556666','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','444455556666','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','555566667777','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6','GROUP','9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','555566667777','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c5cc27d426a3ff0b','USER','9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','555566667777','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','555566667777','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-e791ee16-baed-8fad-a7c9-f982f3423e3d','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','555566667777','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','666677778888','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','666677778888','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','777788889999','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
INSERT INTO account_assignments VALUES('arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60','777788889999','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','GROUP','9067a1b2c3-28ccfa28-d60f-88c8-a41c-750ce4f7f496','2026-11-21T09:00:00.000Z');
CREATE TABLE provisioned_permission_sets (
    account_id text not null references accounts, permission_set_arn text not null references permission_sets,
    role_name text not null, role_id text not null, provisioned_at text not null, version bigint not null default 1,
    primary key (account_id, permission_set_arn)) without rowid;
INSERT INTO provisioned_permission_sets VALUES('111122223333','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-7b918881b79c1e6f','AWSReservedSSO_Billing_5651e90872317641','AROARTLNHHJBOW6J3GSHC','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('111122223333','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','AWSReservedSSO_ReadOnlyAccess_37506bf02d117d0d','AROACA2HCRY6TH3LUWQYT','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('111122223333','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','AWSReservedSSO_AdministratorAccess_d9caa61b372729fb','AROAIAFIA5Z5JJJWLH5BG','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('222233334444','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6','AWSReservedSSO_PowerUserAccess_8cc2b2b2123bc4c0','AROAI3MV3CIKSJ4UVELCT','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('222233334444','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','AWSReservedSSO_ReadOnlyAccess_110daf7212c737fc','AROAK4SXMHVOQXKTL2EQI','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('222233334444','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','AWSReservedSSO_AdministratorAccess_c53a2977cb71211b','AROAPD73L7YU443PB6RZZ','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('333344445555','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','AWSReservedSSO_ReadOnlyAccess_374a2ebd8600183d','AROA3DXQAWKW2SDYEFD4C','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('333344445555','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','AWSReservedSSO_AdministratorAccess_636e705d1a74b3fc','AROAGWV5TMFGFVK422VBC','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('444455556666','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6','AWSReservedSSO_PowerUserAccess_ec212f9cdd8bfa4c','AROAVBASMXSMFSEV2PYZP','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('444455556666','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','AWSReservedSSO_ReadOnlyAccess_f7b0a87cc5d2f09d','AROAV5TL2EFX6WHECSHSX','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('444455556666','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','AWSReservedSSO_AdministratorAccess_c64e4bc06c862e56','AROANRJDWTOBIIXS3RITG','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('555566667777','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6','AWSReservedSSO_PowerUserAccess_f1f1530a672a338e','AROAIDCM2TE42OJ7RPOBJ','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('555566667777','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c5cc27d426a3ff0b','AWSReservedSSO_SandboxDeploy_8dbad88f43fcec21','AROAN3F7ULZJMDPRJOSHN','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('555566667777','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','AWSReservedSSO_ReadOnlyAccess_78c270fad53a1658','AROA2IBWBFAEFS3OFREOH','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('555566667777','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','AWSReservedSSO_AdministratorAccess_a81b2bd496fc3a99','AROA2YNKXWJYREGMXXYJB','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('666677778888','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','AWSReservedSSO_ReadOnlyAccess_edad66b5f84d2b10','AROAJ2ZCOSTW3CNSRZFHX','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('666677778888','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','AWSReservedSSO_AdministratorAccess_1ea81ae5b0b956d0','AROAMGDXGOO2FFYMWADNY','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('777788889999','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481','AWSReservedSSO_ReadOnlyAccess_bd6a85e2a195e448','AROA34UHSZHRJTS23GKAU','2026-11-21T09:00:00.000Z',1);
INSERT INTO provisioned_permission_sets VALUES('777788889999','arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f','AWSReservedSSO_AdministratorAccess_74dd30422ca7acd1','AROAQLSJVHBGGTPAVBY3L','2026-11-21T09:00:00.000Z',1);
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
INSERT INTO authorization_codes VALUES('79dbe7f6e3f80dcaf9e90157eaec69770e4e25540963e0993a0fb285a60f03b4','5a03821cFSB8XwaE-zofneMc54Rc81BhUph_vNWImzgUHGJxttsWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUyNTE2MDAsMTgwMzAyNzYwMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ','9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193','2249bc35-c922-4ea7-936a-4eef8282ba31','http://127.0.0.1:50123/oauth/callback','E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM','["sso:account:access"]','2026-11-21T09:00:00.000Z','2026-11-21T09:01:00.000Z','2026-11-21T09:00:00.000Z','53b7a46c-6e23-4403-b265-1b7ae2a7aef0');
CREATE TABLE token_families (
    id text primary key, user_id text not null references users on delete cascade, session_id text not null,
    client_id text not null, client_name text not null, scopes text not null, "grant" text not null,
    requester text not null, created_at text not null, expires_at text not null, last_used_at text not null,
    revoked_at text);
INSERT INTO token_families VALUES('53b7a46c-6e23-4403-b265-1b7ae2a7aef0','9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193','2249bc35-c922-4ea7-936a-4eef8282ba31','5a03821cFSB8XwaE-zofneMc54Rc81BhUph_vNWImzgUHGJxttsWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUyNTE2MDAsMTgwMzAyNzYwMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ','botocore-client-test','["sso:account:access"]','authorization_code','{"address":"127.0.0.1","userAgent":"test/1"}','2026-11-21T09:00:00.000Z','2026-11-21T17:00:00.000Z','2026-11-21T09:00:00.000Z',NULL);
CREATE TABLE access_tokens (
    token_hash text primary key, family_id text not null,
    issued_at text not null, expires_at text not null) without rowid;
INSERT INTO access_tokens VALUES('ed56e9314ef1e3f4d39a67d21caf12dd547ba69c543a906099b668181be1623a','53b7a46c-6e23-4403-b265-1b7ae2a7aef0','2026-11-21T09:00:00.000Z','2026-11-21T10:00:00.000Z');
CREATE TABLE refresh_tokens (
    token_hash text primary key, family_id text not null,
    issued_at text not null, expires_at text not null, rotated_at text) without rowid;
INSERT INTO refresh_tokens VALUES('ef3a8a9b9f79c91674f4adcd31f53b26144540e90d7ce2530e087e39b623b01e','53b7a46c-6e23-4403-b265-1b7ae2a7aef0','2026-11-21T09:00:00.000Z','2026-11-21T17:00:00.000Z',NULL);
CREATE TABLE passwords (
    user_id text primary key references users on delete cascade, hash text not null, previous_hashes text not null,
    updated_at text not null);
INSERT INTO passwords VALUES('9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193','no hash','[]','2026-11-21T09:00:00.000Z');
INSERT INTO passwords VALUES('9067a1b2c3-7056300c-163e-8699-a742-2788c3b1d6e4','no hash','[]','2026-11-21T09:00:00.000Z');
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
INSERT INTO sessions VALUES('2249bc35-c922-4ea7-936a-4eef8282ba31','8ba5383530ccc151af0888d6a3c86c937b8936ef7e433c2aea997a167efd4b7d','9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193','{"address":"127.0.0.1","userAgent":"browser/1"}',0,'2026-11-21T09:00:00.000Z','2026-11-21T17:00:00.000Z',NULL);
CREATE TABLE one_time_links (
    token_hash text primary key, purpose text not null, user_id text references users on delete cascade,
    created_at text not null, expires_at text not null, consumed_at text);
CREATE TABLE sign_in_attempts (
    subject text primary key, count bigint not null, last_attempt_at text not null, blocked_until text) without rowid;
CREATE TABLE external_ids (
    principal_type text not null, issuer text not null, id text not null, principal_id text not null,
    primary key (principal_type, issuer, id)) without rowid;
CREATE TABLE permission_set_versions (
    permission_set_arn text not null references permission_sets on delete cascade, version bigint not null,
    managed_policies text not null, customer_managed_policies text not null, inline_policy text,
    permissions_boundary text, primary key (permission_set_arn, version)) without rowid;
INSERT INTO permission_set_versions VALUES('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-61dba5cd08a05eb6',1,'["arn:aws:iam::aws:policy/PowerUserAccess"]','[]',NULL,NULL);
INSERT INTO permission_set_versions VALUES('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-7b918881b79c1e6f',1,'["arn:aws:iam::aws:policy/job-function/Billing"]','[]',NULL,NULL);
INSERT INTO permission_set_versions VALUES('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c5cc27d426a3ff0b',1,'[]','[]','{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudformation:*","s3:*","lambda:*"],"Resource":"*"}]}',NULL);
INSERT INTO permission_set_versions VALUES('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-c8f2979070de1481',1,'["arn:aws:iam::aws:policy/ReadOnlyAccess"]','[]',NULL,NULL);
INSERT INTO permission_set_versions VALUES('arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-ddaf4b06d244e26f',1,'["arn:aws:iam::aws:policy/AdministratorAccess"]','[]',NULL,NULL);
CREATE TABLE account_assignment_requests (
    id text primary key, instance_arn text not null, operation text not null, status text not null,
    failure_reason text, account_id text not null, permission_set_arn text not null,
    principal_type text not null, principal_id text not null, created_at text not null);
CREATE TABLE provisioning_requests (
    id text primary key, instance_arn text not null, status text not null, failure_reason text,
    account_id text, permission_set_arn text not null, created_at text not null);
CREATE TABLE tags (
    resource_arn text not null, key text not null, value text not null, primary key (resource_arn, key)) without rowid;
CREATE TABLE access_control_attribute_configurations (
    instance_arn text primary key references instances, attributes text not null) without rowid;
CREATE TABLE applications (
    arn text primary key, instance_arn text not null references instances, account_id text not null,
    provider_arn text not null, name text not null, description text, status text not null,
    visibility text not null, sign_in_options text, assignment_required bigint not null, actor_policy text,
    created_from text not null, created_at text not null);
CREATE TABLE application_assignments (
    application_arn text not null references applications on delete cascade, principal_type text not null,
    principal_id text not null, created_at text not null,
    primary key (application_arn, principal_type, principal_id)) without rowid;
CREATE TABLE application_grants (
    application_arn text not null references applications on delete cascade, type text not null,
    details text not null, primary key (application_arn, type)) without rowid;
CREATE TABLE application_access_scopes (
    application_arn text not null references applications on delete cascade, scope text not null,
    authorized_targets text not null, primary key (application_arn, scope)) without rowid;
CREATE TABLE trusted_token_issuers (
    arn text primary key, instance_arn text not null references instances, account_id text not null,
    name text not null, issuer_url text not null, claim_attribute_path text not null,
    identity_store_attribute_path text not null, created_at text not null);
CREATE TABLE spent_assertions (
    trusted_token_issuer_arn text not null, token_id_hash text not null, expires_at text not null,
    primary key (trusted_token_issuer_arn, token_id_hash)) without rowid;
CREATE TABLE client_tokens (
    scope text not null, token text not null, input_hash text not null, answer text not null,
    expires_at text not null, primary key (scope, token)) without rowid;
CREATE TABLE organizations (
    id text primary key, arn text not null, root_id text not null, management_account_id text not null,
    feature_set text not null, service_control_policies bigint not null, created_at text not null);
INSERT INTO organizations VALUES('o-7223b1e5f2','arn:aws:organizations::111122223333:organization/o-7223b1e5f2','r-4c60','111122223333','ALL',0,'2026-11-21T09:00:00.000Z');
CREATE TABLE organizational_units (
    id text primary key, parent_id text not null, name text not null, path text not null,
    created_at text not null, unique (parent_id, name));
INSERT INTO organizational_units VALUES('ou-4c60-40c40dbf','r-4c60','Workloads','o-7223b1e5f2/r-4c60/ou-4c60-40c40dbf/','2026-11-21T09:00:00.000Z');
INSERT INTO organizational_units VALUES('ou-4c60-46363265','r-4c60','Sandbox','o-7223b1e5f2/r-4c60/ou-4c60-46363265/','2026-11-21T09:00:00.000Z');
INSERT INTO organizational_units VALUES('ou-4c60-d00fcff9','r-4c60','Security','o-7223b1e5f2/r-4c60/ou-4c60-d00fcff9/','2026-11-21T09:00:00.000Z');
INSERT INTO organizational_units VALUES('ou-4c60-5ede63b0','ou-4c60-40c40dbf','Production','o-7223b1e5f2/r-4c60/ou-4c60-40c40dbf/ou-4c60-5ede63b0/','2026-11-21T09:00:00.000Z');
CREATE TABLE organization_policies (
    id text primary key, name text not null unique, description text not null, content text not null,
    created_at text not null);
INSERT INTO organization_policies VALUES('p-FullAWSAccess','FullAWSAccess','Allows access to every operation','{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}','2026-11-21T09:00:00.000Z');
CREATE TABLE policy_attachments (
    target_id text not null, policy_id text not null, primary key (target_id, policy_id)) without rowid;
CREATE TABLE service_access (service_principal text primary key, enabled_at text not null) without rowid;
INSERT INTO service_access VALUES('sso.amazonaws.com','2026-11-21T09:00:00.000Z');
CREATE TABLE delegated_administrators (
    account_id text not null, service_principal text not null, enabled_at text not null,
    primary key (account_id, service_principal)) without rowid;
CREATE TABLE create_account_requests (
    id text primary key, account_name text not null, state text not null, account_id text, failure_reason text,
    requested_at text not null, completed_at text);
CREATE TABLE handshakes (
    id text primary key, account_id text not null, notes text, created_at text not null,
    expires_at text not null);
CREATE TABLE iam_roles (
    account_id text not null, name_key text not null, name text not null, path text not null, id text not null,
    assume_role_policy_document text not null, max_session_duration bigint not null, description text,
    tags text not null, permissions_boundary text, created_at text not null, primary key (account_id, name_key));
INSERT INTO iam_roles VALUES('222233334444','deploy','Deploy','/ci/','AROATDXS6UGZMT2VMOSLB','{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222233334444:root"},"Action":"sts:AssumeRole"}]}',3600,NULL,'[{"key":"team","value":"platform"}]',NULL,'2026-11-21T09:00:00.000Z');
CREATE TABLE iam_role_policies (
    account_id text not null, role_key text not null, name text not null, document text not null,
    primary key (account_id, role_key, name));
INSERT INTO iam_role_policies VALUES('222233334444','deploy','in','{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:*","Resource":"*"}]}');
CREATE TABLE iam_role_attachments (
    account_id text not null, role_key text not null, policy_arn text not null,
    primary key (account_id, role_key, policy_arn)) without rowid;
INSERT INTO iam_role_attachments VALUES('222233334444','deploy','arn:aws:iam::222233334444:policy/ci/Ship');
CREATE TABLE iam_policies (
    arn text primary key, account_id text not null, name_key text not null, name text not null,
    path text not null, id text not null, document text not null, description text, tags text not null,
    created_at text not null, unique (account_id, name_key));
INSERT INTO iam_policies VALUES('arn:aws:iam::222233334444:policy/ci/Ship','222233334444','ship','Ship','/ci/','ANPA2L7LMJTTR3L4KXY4U','{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',NULL,'[]','2026-11-21T09:00:00.000Z');
CREATE TABLE audit_events (
    position integer primary key,
    event_id text not null, event_time text not null, event_source text not null, event_name text not null,
    request_id text not null, source_address text not null, user_agent text not null, user_identity text not null,
    request_parameters text, response_elements text, additional_event_data text, service_event_details text,
    error_code text, error_message text,
    read_only bigint not null, user_id text);
INSERT INTO audit_events VALUES(1,'e3f03f5c-220e-4dac-a234-6da7e260d2b6','2026-11-21T09:00:00.000Z','sso-oauth.amazonaws.com','RegisterClient','b6692a20-a445-4476-959f-9509c1ba2160','127.0.0.1','test/1','{"type":"Unknown","accountId":"111122223333"}','{"clientName":"botocore-client-test","clientType":"public","scopes":["sso:account:access"],"redirectUris":["http://127.0.0.1/oauth/callback"],"grantTypes":["authorization_code","refresh_token"],"issuerUrl":"https://mayfly-example.awsapps.com/start"}','{"clientId":"5a03821cFSB8XwaE-zofneMc54Rc81BhUph_vNWImzgUHGJxttsWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUyNTE2MDAsMTgwMzAyNzYwMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","clientIdIssuedAt":1795251600,"clientSecretExpiresAt":1803027600}',NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO audit_events VALUES(2,'913e58e0-9e82-4a1c-8b13-b5a8efd61892','2026-11-21T09:00:00.000Z','sso-oauth.amazonaws.com','CreateToken','ac0571f0-3c00-43e2-8afe-a759cec84681','127.0.0.1','test/1','{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"2249bc35-c922-4ea7-936a-4eef8282ba31"}','{"clientId":"5a03821cFSB8XwaE-zofneMc54Rc81BhUph_vNWImzgUHGJxttsWyJib3RvY29yZS1jbGllbnQtdGVzdCIsImFybjphd3M6c3NvOjo6aW5zdGFuY2Uvc3NvaW5zLTcyMjNiMWU1ZjJhOTRjNjAiLDE3OTUyNTE2MDAsMTgwMzAyNzYwMCxbInNzbzphY2NvdW50OmFjY2VzcyJdLFsiYXV0aG9yaXphdGlvbl9jb2RlIiwicmVmcmVzaF90b2tlbiJdLFsiaHR0cDovLzEyNy4wLjAuMS9vYXV0aC9jYWxsYmFjayJdXQ","clientSecret":"HIDDEN_DUE_TO_SECURITY_REASONS","grantType":"authorization_code","code":"HIDDEN_DUE_TO_SECURITY_REASONS","redirectUri":"http://127.0.0.1:50123/oauth/callback","codeVerifier":"HIDDEN_DUE_TO_SECURITY_REASONS"}','{"accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS","tokenType":"Bearer","expiresIn":3600,"refreshToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}',NULL,NULL,NULL,NULL,0,'9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO audit_events VALUES(3,'2e688991-f01f-46a7-83b4-6da1bd0a3278','2026-11-21T09:00:00.000Z','sso.amazonaws.com','GetRoleCredentials','c3b2df30-b22c-4731-8f95-6d1671835e8d','127.0.0.1','test/1','{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"2249bc35-c922-4ea7-936a-4eef8282ba31"}','{"roleName":"AdministratorAccess","accountId":"111122223333","accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}',NULL,'{"assumedRoleUser":{"assumedRoleId":"AROAIAFIA5Z5JJJWLH5BG:alice","arn":"arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_AdministratorAccess_d9caa61b372729fb/alice"},"accessKeyId":"ASIARTX3GSDSTIBOCYAR"}',NULL,NULL,NULL,1,'9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO audit_events VALUES(4,'47fb762e-6309-4190-80d9-97f4db1ada66','2026-11-21T09:00:00.000Z','sso.amazonaws.com','GetRoleCredentials','e78351f7-d80b-4fb6-bc14-908dec182432','127.0.0.1','test/1','{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"2249bc35-c922-4ea7-936a-4eef8282ba31"}','{"roleName":"AdministratorAccess","accountId":"222233334444","accessToken":"HIDDEN_DUE_TO_SECURITY_REASONS"}',NULL,'{"assumedRoleUser":{"assumedRoleId":"AROAPD73L7YU443PB6RZZ:alice","arn":"arn:aws:sts::222233334444:assumed-role/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b/alice"},"accessKeyId":"ASIATHPRDSKWIUNY6QB6"}',NULL,NULL,NULL,1,'9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO audit_events VALUES(5,'dd09d0bc-8216-43ae-9228-14a1976d1757','2026-11-21T09:00:00.000Z','iam.amazonaws.com','CreateRole','ed5150ef-555c-45f4-b366-61ecc3b95f80','127.0.0.1','test/1','{"type":"AssumedRole","principalId":"AROAPD73L7YU443PB6RZZ:alice","arn":"arn:aws:sts::222233334444:assumed-role/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b/alice","accountId":"222233334444","accessKeyId":"ASIATHPRDSKWIUNY6QB6","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAPD73L7YU443PB6RZZ","arn":"arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b","accountId":"222233334444","userName":"AWSReservedSSO_AdministratorAccess_c53a2977cb71211b"},"attributes":{"creationDate":"2026-11-21T09:00:00.000Z","mfaAuthenticated":"false"}},"onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"2249bc35-c922-4ea7-936a-4eef8282ba31"}','{"Path":"/ci/","RoleName":"Deploy","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::222233334444:root\"},\"Action\":\"sts:AssumeRole\"}]}","Tags":[{"Key":"team","Value":"platform"}]}','{"Role":{"Path":"/ci/","RoleName":"Deploy","RoleId":"AROATDXS6UGZMT2VMOSLB","Arn":"arn:aws:iam::222233334444:role/ci/Deploy","CreateDate":"2026-11-21T09:00:00.000Z","AssumeRolePolicyDocument":"%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22AWS%22%3A%22arn%3Aaws%3Aiam%3A%3A222233334444%3Aroot%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D","MaxSessionDuration":3600,"Tags":[{"Key":"team","Value":"platform"}]}}',NULL,NULL,NULL,NULL,0,'9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO audit_events VALUES(6,'df2690f6-467d-431f-9301-f0eecae6086d','2026-11-21T09:00:00.000Z','iam.amazonaws.com','CreatePolicy','a117a465-dc20-4d97-b4a2-fbd6981e8a3d','127.0.0.1','test/1','{"type":"AssumedRole","principalId":"AROAPD73L7YU443PB6RZZ:alice","arn":"arn:aws:sts::222233334444:assumed-role/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b/alice","accountId":"222233334444","accessKeyId":"ASIATHPRDSKWIUNY6QB6","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAPD73L7YU443PB6RZZ","arn":"arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b","accountId":"222233334444","userName":"AWSReservedSSO_AdministratorAccess_c53a2977cb71211b"},"attributes":{"creationDate":"2026-11-21T09:00:00.000Z","mfaAuthenticated":"false"}},"onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"2249bc35-c922-4ea7-936a-4eef8282ba31"}','{"PolicyName":"Ship","Path":"/ci/","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"}','{"Policy":{"PolicyName":"Ship","PolicyId":"ANPA2L7LMJTTR3L4KXY4U","Arn":"arn:aws:iam::222233334444:policy/ci/Ship","Path":"/ci/","DefaultVersionId":"v1","AttachmentCount":0,"PermissionsBoundaryUsageCount":0,"IsAttachable":true,"CreateDate":"2026-11-21T09:00:00.000Z","UpdateDate":"2026-11-21T09:00:00.000Z"}}',NULL,NULL,NULL,NULL,0,'9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO audit_events VALUES(7,'9819cce4-9f42-405c-9898-0a2d89143f04','2026-11-21T09:00:00.000Z','iam.amazonaws.com','AttachRolePolicy','ae2d54e9-ebe7-48cc-87bf-3642624ae142','127.0.0.1','test/1','{"type":"AssumedRole","principalId":"AROAPD73L7YU443PB6RZZ:alice","arn":"arn:aws:sts::222233334444:assumed-role/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b/alice","accountId":"222233334444","accessKeyId":"ASIATHPRDSKWIUNY6QB6","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAPD73L7YU443PB6RZZ","arn":"arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b","accountId":"222233334444","userName":"AWSReservedSSO_AdministratorAccess_c53a2977cb71211b"},"attributes":{"creationDate":"2026-11-21T09:00:00.000Z","mfaAuthenticated":"false"}},"onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"2249bc35-c922-4ea7-936a-4eef8282ba31"}','{"RoleName":"Deploy","PolicyArn":"arn:aws:iam::222233334444:policy/ci/Ship"}',NULL,NULL,NULL,NULL,NULL,0,'9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO audit_events VALUES(8,'18980d5a-30bb-425d-bd3e-4b2de9fd2eec','2026-11-21T09:00:00.000Z','iam.amazonaws.com','PutRolePolicy','37dddd12-dca1-49d8-ae36-4d7c8dbfeff3','127.0.0.1','test/1','{"type":"AssumedRole","principalId":"AROAPD73L7YU443PB6RZZ:alice","arn":"arn:aws:sts::222233334444:assumed-role/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b/alice","accountId":"222233334444","accessKeyId":"ASIATHPRDSKWIUNY6QB6","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAPD73L7YU443PB6RZZ","arn":"arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b","accountId":"222233334444","userName":"AWSReservedSSO_AdministratorAccess_c53a2977cb71211b"},"attributes":{"creationDate":"2026-11-21T09:00:00.000Z","mfaAuthenticated":"false"}},"onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"2249bc35-c922-4ea7-936a-4eef8282ba31"}','{"RoleName":"Deploy","PolicyName":"in","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"*\"}]}"}',NULL,NULL,NULL,NULL,NULL,0,'9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
INSERT INTO audit_events VALUES(9,'a44a53e2-8acf-4d5d-99ef-e1a51b063456','2026-11-21T09:00:01.000Z','sts.amazonaws.com','AssumeRole','b2b69e95-bf8b-4ff1-8cf7-e039b5d3d27a','127.0.0.1','test/1','{"type":"AssumedRole","principalId":"AROAPD73L7YU443PB6RZZ:alice","arn":"arn:aws:sts::222233334444:assumed-role/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b/alice","accountId":"222233334444","accessKeyId":"ASIATHPRDSKWIUNY6QB6","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAPD73L7YU443PB6RZZ","arn":"arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_c53a2977cb71211b","accountId":"222233334444","userName":"AWSReservedSSO_AdministratorAccess_c53a2977cb71211b"},"attributes":{"creationDate":"2026-11-21T09:00:00.000Z","mfaAuthenticated":"false"}},"onBehalfOf":{"userId":"9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3"},"credentialId":"2249bc35-c922-4ea7-936a-4eef8282ba31"}','{"RoleArn":"arn:aws:iam::222233334444:role/ci/Deploy","RoleSessionName":"build"}','{"Credentials":{"AccessKeyId":"ASIATHPRDSKWBEA3FGCA","SecretAccessKey":"HIDDEN_DUE_TO_SECURITY_REASONS","SessionToken":"HIDDEN_DUE_TO_SECURITY_REASONS","Expiration":"2026-11-21T10:00:01.000Z"},"AssumedRoleUser":{"AssumedRoleId":"AROATDXS6UGZMT2VMOSLB:build","Arn":"arn:aws:sts::222233334444:assumed-role/Deploy/build"}}',NULL,NULL,NULL,NULL,0,'9067a1b2c3-632087d7-42d8-8390-a207-8f85beb48193');
CREATE TABLE audit_seals (
    number bigint primary key, first_position bigint not null, last_position bigint not null, late text not null,
    missing text not null, events bigint not null, newest_event_time text not null, hash text not null,
    sealed_at text not null, key_id text not null, mac text not null) without rowid;
INSERT INTO audit_seals VALUES(1,1,9,'[]','[]',9,'2026-11-21T09:00:01.000Z','2fd3fcdfe99b3aa33044d491be82469493b5f90034cbc5defd71b5aa78753734','2026-11-21T09:00:31.000Z','18e9c7b9','ao8gwno5uh6xtxbBRzvuRHf6ZDao5hLG1mGaDCQ3RxU');
CREATE TABLE audit_checkpoints (
    name text primary key, number bigint not null, position bigint not null, events bigint not null,
    hash text not null, noted_at text not null, key_id text not null, mac text not null) without rowid;
INSERT INTO audit_checkpoints VALUES('head',1,9,9,'2fd3fcdfe99b3aa33044d491be82469493b5f90034cbc5defd71b5aa78753734','2026-11-21T09:00:31.000Z','18e9c7b9','rQRlDkR-v0uQms1iIFst_-_-9aDGF4tAWGR7kIYwIDs');
CREATE TABLE leases (
    name text primary key, holder text not null, expires_at text not null) without rowid;
INSERT INTO leases VALUES('audit-seals','node','2026-11-21T09:00:36.000Z');
CREATE TABLE outbox (
    id text primary key, recipient text not null, sealed_message text not null, created_at text not null,
    expires_at text not null, attempts bigint not null, next_attempt_at text not null, last_error text) without rowid;
CREATE TABLE email_codes (
    workflow_id text primary key, user_id text not null references users on delete cascade, code_hash text not null,
    created_at text not null, expires_at text not null, tries bigint not null, consumed_at text) without rowid;
CREATE TABLE managed_policies (
    arn text primary key, name text not null, document text not null, imported_at text not null);
CREATE TABLE policy_changes (id text primary key, count bigint not null);
INSERT INTO policy_changes VALUES('policies',4);
CREATE INDEX users_by_name on users (user_name_key);
CREATE INDEX groups_by_name on groups (display_name_key);
CREATE INDEX group_memberships_of_user on group_memberships (user_id, group_id);
CREATE INDEX accounts_by_name on accounts (name, id);
CREATE INDEX account_assignments_of_principal
    on account_assignments (principal_id, account_id, permission_set_arn, principal_type);
CREATE INDEX account_assignments_of_set on account_assignments (permission_set_arn, account_id);
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
CREATE UNIQUE INDEX users_by_email on users (email_key);
CREATE INDEX users_by_display_name on users (display_name_key, id);
CREATE INDEX users_by_family_name on users (family_name_key, id);
CREATE INDEX external_ids_of_principal on external_ids (principal_id);
CREATE INDEX permission_sets_by_name on permission_sets (name);
CREATE INDEX provisioned_permission_sets_of_set on provisioned_permission_sets (permission_set_arn, account_id);
CREATE INDEX provisioned_permission_sets_by_version
    on provisioned_permission_sets (permission_set_arn, version, account_id);
CREATE INDEX account_assignment_requests_by_time
    on account_assignment_requests (operation, created_at, id);
CREATE INDEX account_assignment_requests_by_status
    on account_assignment_requests (operation, status, created_at, id);
CREATE INDEX provisioning_requests_by_time on provisioning_requests (created_at, id);
CREATE INDEX provisioning_requests_by_status on provisioning_requests (status, created_at, id);
CREATE INDEX applications_by_name on applications (name, arn);
CREATE INDEX applications_of_account on applications (account_id, arn);
CREATE INDEX applications_of_provider on applications (provider_arn, arn);
CREATE INDEX application_assignments_of_principal
    on application_assignments (principal_id, application_arn, principal_type);
CREATE INDEX spent_assertions_by_expiry on spent_assertions (expires_at);
CREATE INDEX client_tokens_by_expiry on client_tokens (expires_at);
CREATE INDEX external_ids_by_id on external_ids (id);
CREATE INDEX organizational_units_of_parent on organizational_units (parent_id, id);
CREATE INDEX accounts_of_parent on accounts (parent_id, id);
CREATE UNIQUE INDEX accounts_by_email on accounts (email_key);
CREATE INDEX policy_attachments_of_policy on policy_attachments (policy_id, target_id);
CREATE INDEX delegated_administrators_of_service on delegated_administrators (service_principal, account_id);
CREATE INDEX create_account_requests_by_state on create_account_requests (state, id);
CREATE INDEX iam_policies_by_name on iam_policies (account_id, name);
CREATE INDEX audit_events_by_time on audit_events (event_time);
CREATE INDEX audit_events_by_name on audit_events (event_name, event_time);
CREATE INDEX audit_events_by_source on audit_events (event_source, event_time);
CREATE INDEX audit_events_of_user on audit_events (user_id, event_time);
CREATE INDEX audit_events_with_error on audit_events (event_time) where error_code is not null;
CREATE INDEX audit_seals_with_late on audit_seals (number) where late <> '[]';
CREATE INDEX outbox_by_attempt on outbox (next_attempt_at);
CREATE INDEX email_codes_of_user on email_codes (user_id);
CREATE INDEX email_codes_by_expiry on email_codes (expires_at);
COMMIT;
