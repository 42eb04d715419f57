/** configure sso-session. */

import { resolveInRegion } from '../../endpoints/start-url.ts'
import { loadSettings } from '../../shared-config/settings.ts'
import { findText, updateSharedConfig } from '../../shared-config/shared-config.ts'
import { shellWord } from '../../shared-config/shell-word.ts'
import { type Command, findOption } from '../command.ts'
import { quotedNameWarning } from './names.ts'
import { askRequired } from './prompts.ts'
import {
  askRegion,
  askScopes,
  askStartUrl,
  previewSession,
  sessionCompletions,
  sessionOptions,
} from './session-questions.ts'

export const configureSsoSession: Command = {
  words: 'configure sso-session',
  summary: 'write a sso-session into the config file, asking for each value',
  options: sessionOptions,
  example: 'mayfly configure sso-session',
  async run(options, machine) {
    const settings = await loadSettings(machine, options)
    const { config } = settings
    const name = await askRequired(machine, {
      text: 'SSO session name',
      option: '--sso-session',
      given: findOption(options, 'sso-session'),
      showsNone: false,
      current: findText(config.profiles.get(settings.profileName), 'sso_session'),
      completions: sessionCompletions(config),
      preview: (typed) => previewSession(config.ssoSessions.get(typed)),
    })
    const section = config.ssoSessions.get(name)
    const startUrl = await askStartUrl(machine, { config, options, current: findText(section, 'sso_start_url') })
    const { region, resolved } = await askRegion(machine, {
      startUrl,
      current: findText(section, 'sso_region'),
      options,
      // Nothing is signed in here: a start URL that cannot be asked now may be asked later.
      resolve: () => resolveInRegion(machine, startUrl, settings.http).catch(() => undefined),
    })
    const scopes = await askScopes(machine, { config, options, current: findText(section, 'sso_registration_scopes') })
    const values = { sso_start_url: startUrl, sso_region: region, sso_registration_scopes: scopes }
    await updateSharedConfig(machine, [{ section: { type: 'sso-session', name }, values }])
    machine.terminal.writeError(quotedNameWarning([name]))
    // To the AWS CLI the start URL of an Identity Center of one's own names no server: it would ask AWS.
    machine.terminal.write(`
Completed configuring SSO session: ${name}
Run the following to login and refresh access token for this session:

${resolved?.owner === 'self' ? 'mayfly' : 'aws'} sso login --sso-session ${shellWord(name, machine.platform)}
`)
    return 0
  },
}
