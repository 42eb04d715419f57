/** credentials: a profile's credentials, after a sign-in when there is no valid session. */

import type { Machine } from '../machine/machine.ts'
import { type ExportedCredentials, formatCredentials } from '../role-credentials/formats.ts'
import { purgeRoleCredentials } from '../role-credentials/purge.ts'
import { getSsoProfile } from '../shared-config/profile.ts'
import { loadSettings, type Settings } from '../shared-config/settings.ts'
import { signInOnce } from '../sign-in/sign-in.ts'
import { SignInRequired } from '../sign-in/sign-in-required.ts'
import { readToken } from '../sign-in/token-cache.ts'
import { isExpired } from '../sign-in/token-state.ts'
import { type Command, findOption } from './command.ts'
import { formatOf, formatOption, getCredentials } from './configure/export-credentials.ts'

export const credentials: Command = {
  words: 'credentials',
  summary: 'print credentials, signing in first when that is needed',
  options: [formatOption, { name: '--no-sign-in', summary: 'fail instead of opening a sign-in page' }],
  example: 'mayfly credentials --profile default --format env',
  async run(options, machine) {
    const settings = await loadSettings(machine, options)
    const maySignIn = options['no-sign-in'] !== true && machine.env['MAYFLY_SIGN_IN'] !== 'never'
    const found = await getCredentials(machine, settings).catch((error: unknown) => {
      if (maySignIn && error instanceof SignInRequired) return signInAndGet(machine, settings)
      throw error
    })
    machine.terminal.write(formatCredentials(found, formatOf(findOption(options, 'format'))))
    return 0
  },
}

/** One page for all processes that ask at once. Standard output is for credentials alone. */
export async function signInAndGet(machine: Machine, settings: Settings): Promise<ExportedCredentials> {
  const sso = getSsoProfile(settings.config, settings.profileName)
  const former = await readToken(machine, sso)
  const useless = former.found === 'token' ? former.token.accessToken : undefined
  await signInOnce(
    machine,
    settings,
    sso,
    (token) => token.accessToken !== useless && !isExpired(token, machine.clock.now()),
    { prints: 'stderr', beforeWriting: () => purgeRoleCredentials(machine, settings.config, sso) },
  )
  return getCredentials(machine, settings)
}
