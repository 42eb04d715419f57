/** Does another program's credential_process hand out credentials, and does STS take long-term access keys? */

import { seconds } from '@mayfly/identity-center/duration'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { createServiceClient } from '../endpoints/service-client.ts'
import { splitCommand } from '../machine/command-words.ts'
import { runCredentialProcess } from '../role-credentials/credential-process.ts'
import { extendProfileChain } from '../role-credentials/profile-chain.ts'
import { findText } from '../shared-config/shared-config.ts'
import { fault } from './causes.ts'
import { findPlace } from './config-text.ts'
import { describeFailure } from './failure.ts'
import type { Inquiry, Step } from './inquiry.ts'
import { maskKey } from './precedence-check.ts'

/** How long the program may take: it may be about to ask somebody. */
const PATIENCE = seconds(10)

export async function checkProcess({ machine, settings, texts }: Inquiry, command: string): Promise<Step> {
  const { profileName } = settings
  const place = findPlace(machine, texts, { type: 'profile', name: profileName, key: 'credential_process' })
  const [program = ''] = splitCommand(command, machine.platform) ?? []
  const where = `${place ?? profileName}: credential_process`
  try {
    const env = extendProfileChain(machine.env, profileName)
    const credentials = await runCredentialProcess(machine, command, env, { timeout: PATIENCE })
    const { expiration } = credentials
    if (expiration && expiration <= machine.clock.now()) throw new Error('It printed credentials that have expired.')
    return { step: 'session', seen: `${program} hands out credentials`, findings: [] }
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).replace(
      /^Error when retrieving credentials from custom-process: /,
      '',
    )
    const isMissing = / ENOENT$/.test(message) || (error instanceof Error && /ENOENT/.test(String(error.cause)))
    const next = `Run it by hand, or correct it at ${place ?? profileName}`
    return {
      step: 'session',
      findings: [
        isMissing
          ? fault('helper-missing', `The program of credential_process is not there: ${program}`, [where], next)
          : fault(
              'process-failed',
              `The program of credential_process failed: ${program}`,
              [where, firstLine(message)],
              next,
            ),
      ],
    }
  }
}

const ESCAPES = /\p{Cc}\[[0-9;?]*[ -/]*[@-~]/gu

/** The first line of what a program said, without what may be a secret in it. */
export function firstLine(text: string): string {
  const line =
    text
      .replaceAll(ESCAPES, '')
      .trim()
      .split(/[\r\n]/)[0] ?? ''
  const plain = line.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/[A-Za-z0-9+/=_-]{24,}/g, '[hidden]')
  return plain.length > 160 ? `${plain.slice(0, 160)}…` : plain || 'It said nothing.'
}

/** Long-term access keys are no sign-in, but somebody may ask why they do not work. */
export async function checkLongTermKeys({ machine, settings, http }: Inquiry): Promise<Step> {
  const profile = settings.config.profiles.get(settings.profileName)
  const accessKeyId = findText(profile, 'aws_access_key_id') ?? ''
  const secretAccessKey = findText(profile, 'aws_secret_access_key')
  if (secretAccessKey === undefined) {
    const evidence = [`aws_access_key_id = ${maskKey(accessKeyId)}`]
    const finding = fault(
      'keys-missing',
      'aws_secret_access_key is missing beside it.',
      evidence,
      'mayfly configure sso',
    )
    return { step: 'session', findings: [finding] }
  }
  const sessionToken = findText(profile, 'aws_session_token')
  const region = settings.region ?? 'us-east-1'
  let endpoint = `https://sts.${region}.amazonaws.com`
  try {
    const client = await createServiceClient(machine, { ...settings, http: http() }, 'sts', {
      region,
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    })
    endpoint = client.endpoint
    await client.call('GetCallerIdentity', {})
    return { step: 'session', seen: 'STS takes the long-term access keys', findings: [] }
  } catch (error) {
    if (!(error instanceof ServiceException) || (error.statusCode ?? 500) >= 500)
      return { step: 'session', findings: [await describeFailure(machine, endpoint, error)] }
    const evidence = [`aws_access_key_id = ${maskKey(accessKeyId)}`, `STS said: ${error.name}: ${error.message}`]
    const next = 'Set up a sign-in in their place: mayfly configure sso'
    return { step: 'session', findings: [fault('keys-refused', 'STS does not take the keys.', evidence, next)] }
  }
}
