/** Blocks for the shared config file and the shared credentials file of one account and permission set. */
import type { RoleAddress } from '../fragment.ts'

/** What a client has to know of the instance. */
export interface SignInAddress {
  sessionName: string
  startUrl: string
  region: string
}

/** The profile name that the AWS CLI suggests for a role. */
export function profileNameOf({ accountId, roleName }: RoleAddress): string {
  return `${roleName}-${accountId}`
}

/** A name for the sso-session that needs no quotes: JavaScript and Go cannot read a quoted one with a blank in it. */
export function sessionNameOf(instanceName: string): string {
  const name = instanceName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return name || 'mayfly'
}

/** `[sso-session …]`, with the scope that makes its access tokens refresh. */
export function ssoSessionBlock({ sessionName, startUrl, region }: SignInAddress): string {
  return [
    `[sso-session ${sessionName}]`,
    `sso_start_url = ${startUrl}`,
    `sso_region = ${region}`,
    'sso_registration_scopes = sso:account:access',
  ].join('\n')
}

/** `[profile …]` that takes its credentials from an sso-session; `services` names a `[services …]` section. */
export function profileBlock(role: RoleAddress, address: SignInAddress, services?: string): string {
  return [
    `[profile ${profileNameOf(role)}]`,
    `sso_session = ${address.sessionName}`,
    `sso_account_id = ${role.accountId}`,
    `sso_role_name = ${role.roleName}`,
    `region = ${address.region}`,
    ...(services ? [`services = ${services}`] : []),
  ].join('\n')
}

/** `[services …]`, which sends the three services of signing in to `origin`. */
export function servicesBlock(name: string, origin: string): string {
  const services = ['sso', 'sso_oidc', 'sts'].flatMap((service) => [`${service} =`, `  endpoint_url = ${origin}`])
  return [`[services ${name}]`, ...services].join('\n')
}

/** Short-lived credentials as a section of the shared credentials file. */
export function credentialsBlock(
  role: RoleAddress,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string },
  { region, origin }: { region: string; origin: string },
): string {
  return [
    `[${role.accountId}_${role.roleName}]`,
    `aws_access_key_id = ${credentials.accessKeyId}`,
    `aws_secret_access_key = ${credentials.secretAccessKey}`,
    `aws_session_token = ${credentials.sessionToken}`,
    `region = ${region}`,
    `endpoint_url = ${origin}`,
  ].join('\n')
}
