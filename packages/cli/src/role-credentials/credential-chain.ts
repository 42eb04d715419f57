/** Where a profile's credentials come from: the first place in the AWS CLI's order that has some. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import { getSsoProfile, isSsoProfile } from '../shared-config/profile.ts'
import { getProfile, type Settings } from '../shared-config/settings.ts'
import { findText, type Section } from '../shared-config/shared-config.ts'
import { parseInstant } from '../sign-in/token-cache.ts'
import { runCredentialProcess } from './credential-process.ts'
import type { ExportedCredentials } from './formats.ts'
import { getRoleCredentials } from './role-credentials.ts'

/** The AWS CLI's names, as `configure list` shows them. */
export type CredentialMethod = 'env' | 'sso' | 'shared-credentials-file' | 'custom-process' | 'config-file'

/** Which place has credentials, and how to have them. What the configuration gets wrong is refused before. */
export interface CredentialSource {
  readonly method: CredentialMethod
  get(): Promise<ExportedCredentials>
}

/**
 * The place to take credentials from, or nothing. `--profile` leaves the environment's keys out; AWS_PROFILE does not
 * (specification §12.3). `env` is what a credential_process is run with.
 */
export async function findCredentialSource(
  machine: Machine,
  settings: Settings,
  env: Machine['env'] = machine.env,
): Promise<CredentialSource | undefined> {
  const profile = getProfile(settings)
  const fromEnvironment = settings.profileSource === '--profile' ? undefined : findEnvironmentKeys(machine)
  if (fromEnvironment) return ready('env', fromEnvironment, machine)
  refuseAssumedRoles(machine, settings, profile)
  if (isSsoProfile(profile)) {
    const sso = getSsoProfile(settings.config, settings.profileName)
    return { method: 'sso', get: () => getRoleCredentials(machine, settings, sso) }
  }
  const shared = findKeys(settings.config.credentials.get(settings.profileName), 'shared-credentials-file')
  if (shared) return ready('shared-credentials-file', shared, machine)
  if (profile.has('login_session')) throw unsupported(settings, 'login_session', 'aws login')
  const command = findText(profile, 'credential_process')
  if (command !== undefined) return ready('custom-process', await runCredentialProcess(machine, command, env), machine)
  const own = findKeys(profile, 'config-file')
  return own && ready('config-file', own, machine)
}

/** Credentials that are there already: handed out unless they have expired. */
const ready = (method: CredentialMethod, credentials: ExportedCredentials, { clock }: Machine): CredentialSource => ({
  method,
  async get() {
    if (!credentials.expiration || credentials.expiration > clock.now()) return credentials
    throw new Refusal('invalid', 'Credentials were refreshed, but the refreshed credentials are still expired.', {
      hint:
        method === 'env'
          ? 'AWS_ACCESS_KEY_ID and its companions in the environment have expired. Unset them, or name a --profile.'
          : 'The program of credential_process printed credentials that have expired.',
    })
  },
})

function findEnvironmentKeys({ env }: Machine): ExportedCredentials | undefined {
  const accessKeyId = env['AWS_ACCESS_KEY_ID']
  if (!accessKeyId) return undefined
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY']
  if (!secretAccessKey) throw partial('env', 'AWS_SECRET_ACCESS_KEY')
  const sessionToken = env['AWS_SESSION_TOKEN'] || env['AWS_SECURITY_TOKEN']
  const expiration = parseInstant(env['AWS_CREDENTIAL_EXPIRATION'])
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }), ...(expiration && { expiration }) }
}

function findKeys(section: Section | undefined, provider: string): ExportedCredentials | undefined {
  const accessKeyId = findText(section, 'aws_access_key_id')
  if (accessKeyId === undefined) return undefined
  const secretAccessKey = findText(section, 'aws_secret_access_key')
  if (secretAccessKey === undefined) throw partial(provider, 'aws_secret_access_key')
  const sessionToken = findText(section, 'aws_security_token') ?? findText(section, 'aws_session_token')
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
}

const partial = (provider: string, missing: string): Refusal =>
  new Refusal('invalid', `Partial credentials found in ${provider}, missing: ${missing}`)

/** Going on to the next place would hand out other credentials than the AWS CLI does. */
function refuseAssumedRoles({ env }: Machine, settings: Settings, profile: Section): void {
  const fromEnvironment = settings.profileSource !== '--profile' && env['AWS_WEB_IDENTITY_TOKEN_FILE']
  if (fromEnvironment) throw unsupported(settings, 'AWS_WEB_IDENTITY_TOKEN_FILE', 'aws configure export-credentials')
  if (profile.has('role_arn')) throw unsupported(settings, 'role_arn', 'aws configure export-credentials')
}

const unsupported = ({ profileName }: Settings, key: string, command: string): Refusal =>
  new Refusal(
    'invalid',
    `The profile "${profileName}" takes its credentials from ${key}, which Mayfly does not read yet.`,
    {
      hint: `The AWS CLI does: ${command}`,
    },
  )
