/** sso logout. */

import { loadSettings } from '../../shared-config/settings.ts'
import type { Command } from '../command.ts'
import { refuseUnreached, signOutOfAll } from './sign-out.ts'

export const ssoLogout: Command = {
  words: 'sso logout',
  summary: 'sign out everywhere and delete all cached tokens and role credentials',
  options: [],
  example: 'mayfly sso logout',
  async run(options, machine) {
    refuseUnreached(await signOutOfAll(machine, await loadSettings(machine, options)))
    return 0
  },
}
