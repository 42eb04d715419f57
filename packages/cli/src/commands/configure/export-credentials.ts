/** configure export-credentials: a profile's credentials, as the AWS CLI prints them. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import { findCredentialSource } from '../../role-credentials/credential-chain.ts'
import { parseProcessOutput } from '../../role-credentials/credential-process.ts'
import { type ExportedCredentials, FORMATS, type Format, formatCredentials } from '../../role-credentials/formats.ts'
import { extendProfileChain } from '../../role-credentials/profile-chain.ts'
import { DataKeyRefusal } from '../../sealed/key-loss.ts'
import { ConfigurationRefusal } from '../../shared-config/configuration-refusal.ts'
import { getSsoProfile } from '../../shared-config/profile.ts'
import { findCredentialsHint, getProfile, type Settings } from '../../shared-config/settings.ts'
import { type Command, type CommandOption, findOption } from '../command.ts'
import { loadProfileSettings } from '../profile-settings.ts'

export const formatOption: CommandOption = {
  name: '--format',
  value: 'FORMAT',
  summary: 'how to print them; process when not said',
  choices: FORMATS,
}

/** The format that was asked for. */
export const formatOf = (typed: string | undefined): Format => FORMATS.find((format) => format === typed) ?? 'process'

export const configureExportCredentials: Command = {
  words: 'configure export-credentials',
  summary: 'print credentials, for a shell or as credential_process',
  options: [formatOption],
  example: 'mayfly configure export-credentials --profile default --format env',
  async run(options, machine) {
    const settings = await loadProfileSettings(machine, options, { isReadByPrograms: true })
    const credentials = await getCredentials(machine, settings)
    machine.terminal.write(formatCredentials(credentials, formatOf(findOption(options, 'format'))))
    return 0
  },
}

/** A profile's credentials. What is wrong in its configuration is told in the AWS CLI's words (exit code 253). */
export async function getCredentials(machine: Machine, settings: Settings): Promise<ExportedCredentials> {
  getProfile(settings)
  const env = extendProfileChain(machine.env, settings.profileName)
  const source = await findCredentialSource(machine, settings, env).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
    const hint = error.hint === undefined ? {} : { hint: error.hint }
    throw new ConfigurationRefusal(`Unable to retrieve credentials: ${error.message.trim()}`, { cause: error, ...hint })
  })
  if (source) return source.get().catch((error: unknown) => askAgentInstead(machine, settings, error))
  throw new ConfigurationRefusal('Unable to retrieve credentials: no credentials found', {
    hint: findCredentialsHint(settings),
  })
}

/** Where this process cannot reach the keychain (over SSH, in a cron job), a running agent may have what is asked for. */
export async function askAgentInstead(
  machine: Machine,
  settings: Settings,
  error: unknown,
): Promise<ExportedCredentials> {
  if (!(error instanceof DataKeyRefusal) || error.loss !== 'out-of-reach') throw error
  const { sessionName, accountId, roleName } = getSsoProfile(settings.config, settings.profileName)
  if (sessionName === undefined) throw error
  const { askAgent } = await import('../../agent/client.ts')
  const answer = await askAgent(machine, { ask: 'credentials', sessionName, accountId, roleName })
  if (answer?.answer !== 'ok') throw error
  return parseProcessOutput(answer.text)
}
