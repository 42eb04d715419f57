/** sso login. */

import { getSsoConfiguration } from '../../shared-config/profile.ts'
import { getProfile, loadSettings } from '../../shared-config/settings.ts'
import { type Command, findOption } from '../command.ts'
import { loadProfileSettings } from '../profile-settings.ts'
import { signInOptions } from './sign-in-options.ts'
import { describeOldSession, signInTo } from './sign-in-to.ts'

export const ssoLogin: Command = {
  words: 'sso login',
  summary: 'sign in to the sso-session of a profile, or to one by name',
  options: [{ name: '--sso-session', value: 'NAME', summary: 'the sso-session to sign in to' }, ...signInOptions],
  example: 'mayfly sso login --sso-session my-sso',
  async run(options, machine) {
    const sessionName = findOption(options, 'sso-session')
    const settings =
      sessionName === undefined
        ? await loadProfileSettings(machine, options, { isReadByPrograms: true })
        : await loadSettings(machine, options)
    const profile = sessionName === undefined ? getProfile(settings) : undefined
    const sso = getSsoConfiguration(settings.config, { sessionName, profile })
    const { token, isOld } = await signInTo(machine, settings, sso, { options, prints: 'stdout', fresh: false })
    if (isOld && machine.terminal.watched)
      machine.terminal.writeError(`${describeOldSession(sso, token, false)}For a new one: mayfly login --fresh\n`)
    return 0
  },
}
