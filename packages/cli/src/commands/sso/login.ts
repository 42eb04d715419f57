/** sso login. */

import { startAgentWhenSealed } from '../../agent/client.ts'
import type { Machine } from '../../machine/machine.ts'
import { purgeRoleCredentials } from '../../role-credentials/purge.ts'
import { getSsoConfiguration, type SsoConfiguration } from '../../shared-config/profile.ts'
import type { SectionName } from '../../shared-config/section-header.ts'
import { getProfile, loadSettings } from '../../shared-config/settings.ts'
import { updateSharedConfig } from '../../shared-config/shared-config.ts'
import { signIn } from '../../sign-in/sign-in.ts'
import { type Command, findOption } from '../command.ts'
import { signInOptions } from './sign-in-options.ts'

export const ssoLogin: Command = {
  words: 'sso login',
  summary: 'sign in to the sso-session of a profile, or to one by name',
  options: [{ name: '--sso-session', value: 'NAME', summary: 'the sso-session to sign in to' }, ...signInOptions],
  example: 'mayfly sso login --sso-session my-sso',
  async run(options, machine) {
    const settings = await loadSettings(machine, options)
    const sessionName = findOption(options, 'sso-session')
    const profile = sessionName === undefined ? getProfile(settings) : undefined
    const sso = getSsoConfiguration(settings.config, { sessionName, profile })
    const token = await signIn(machine, settings, sso, {
      usesDeviceCode: options['use-device-code'] === true,
      opensBrowser: options['no-browser'] !== true,
      beforeWriting: () => purgeRoleCredentials(machine, settings.config, sso),
    })
    if (token.region !== sso.region) await correctRegion(machine, sso, token.region, settings.profileName)
    machine.terminal.write(`Successfully logged into Start URL: ${sso.startUrl}\n`)
    await startAgentWhenSealed(machine)
    return 0
  },
}

/** The start URL has led to another region than the configured one: the config file is set right. */
async function correctRegion(
  machine: Machine,
  { sessionName }: SsoConfiguration,
  region: string,
  profileName: string,
): Promise<void> {
  const section: SectionName =
    sessionName === undefined ? { type: 'profile', name: profileName } : { type: 'sso-session', name: sessionName }
  await updateSharedConfig(machine, [{ section, values: { sso_region: region } }])
  machine.terminal.write(`SSO region updated to ${region}\n`)
}
