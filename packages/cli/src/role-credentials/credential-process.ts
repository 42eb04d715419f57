/** Credentials from another program, as a profile's credential_process names it. */

import type { Duration } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { splitCommand } from '../machine/command-words.ts'
import type { Machine } from '../machine/machine.ts'
import { parseInstant } from '../sign-in/token-cache.ts'
import type { ExportedCredentials } from './formats.ts'

const PROVIDER = 'custom-process'

/** Runs the program without a shell and reads what it prints. `env` carries the chain of profiles that led here. */
export async function runCredentialProcess(
  machine: Machine,
  command: string,
  env: Machine['env'],
  options: { readonly timeout?: Duration } = {},
): Promise<ExportedCredentials> {
  const [program, ...parameters] = splitCommand(command, machine.platform) ?? []
  if (program === undefined) throw failure(`the command cannot be split into words: ${command}`)
  const result = await machine.childProcess.run(program, parameters, env, options).catch((cause: unknown) => {
    throw failure(cause instanceof Error ? cause.message : String(cause))
  })
  if (result.exitCode !== 0) throw failure(result.stderr.trim())
  return parseProcessOutput(result.stdout)
}

const failure = (reason: string): Refusal =>
  new Refusal('invalid', `Error when retrieving credentials from ${PROVIDER}: ${reason}`)

/** What a program that prints credentials has printed. */
export function parseProcessOutput(stdout: string): ExportedCredentials {
  let output: unknown
  try {
    output = JSON.parse(stdout)
  } catch {
    throw failure('the program did not print JSON')
  }
  const members = (typeof output === 'object' && output !== null ? output : {}) as Record<string, unknown>
  const version = members['Version'] ?? '<Version key not provided>'
  if (version !== 1) {
    throw failure(`Unsupported version '${version}' for credential process provider, supported versions: 1`)
  }
  const { SessionToken } = members
  const expiration = parseInstant(members['Expiration'])
  return {
    accessKeyId: getText(members, 'AccessKeyId'),
    secretAccessKey: getText(members, 'SecretAccessKey'),
    ...(typeof SessionToken === 'string' && { sessionToken: SessionToken }),
    ...(expiration && { expiration }),
  }
}

function getText(members: Record<string, unknown>, name: string): string {
  const value = members[name]
  if (typeof value === 'string') return value
  // Quoted, as Python shows the name of a missing key.
  throw failure(`Missing required key in response: '${name}'`)
}
