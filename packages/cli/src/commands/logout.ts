/** logout: signs out of one session, of some, or of all. */

import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { getSsoConfiguration, type SsoConfiguration } from '../shared-config/profile.ts'
import { getProfile, loadSettings, type Settings } from '../shared-config/settings.ts'
import { signInName } from '../sign-in/token-cache.ts'
import { type Command, findOption, jsonOption, listOption, type OptionValues } from './command.ts'
import { refuseUnreached, type SignedOut, signOutOf, signOutOfAll } from './sso/sign-out.ts'

export const logout: Command = {
  words: 'logout',
  summary: 'sign out of one session by its name or profile, or of all',
  options: [
    { name: '--sso-session', value: 'NAME', summary: 'sign out of this session alone', isRepeatable: true },
    { name: '--all', summary: 'sign out of every session, which is what happens when none is named' },
    jsonOption('{ sessions: [{ session, startUrl, told }] }; told is false where the portal could not be reached'),
  ],
  example: 'mayfly logout',
  async run(options, machine) {
    const settings = await loadSettings(machine, options)
    const named = findNamed(settings, options)
    const rows: Row[] = []
    if (named) {
      for (const sso of named) rows.push({ name: signInName(sso), signedOut: await signOutOf(machine, settings, sso) })
    } else {
      for (const signedOut of await signOutOfAll(machine, settings)) {
        const { startUrl, fileName } = signedOut.token
        rows.push({ name: startUrl ?? fileName, signedOut })
      }
    }
    if (options['json'] === true) machine.terminal.write(formatJson(rows))
    else if (named) machine.terminal.write(formatText(rows))
    refuseUnreached(rows.flatMap(({ signedOut }) => (signedOut ? [signedOut] : [])))
    return 0
  },
}

interface Row {
  readonly name: string
  /** Nothing when nobody was signed in. */
  readonly signedOut: SignedOut | undefined
}

/** The sessions that were named; AWS_PROFILE names none, because the AWS CLI signs out of all in any case. */
function findNamed(settings: Settings, options: OptionValues): readonly SsoConfiguration[] | undefined {
  const names = listOption(options, 'sso-session')
  const isProfile = findOption(options, 'profile') !== undefined
  if (options['all'] === true && (names.length > 0 || isProfile))
    throw new ArgumentRefusal('--all stands for every session: name none beside it.', 'Leave --all out, or the names.')
  if (names.length > 0) return names.map((sessionName) => getSsoConfiguration(settings.config, { sessionName }))
  return isProfile ? [getSsoConfiguration(settings.config, { profile: getProfile(settings) })] : undefined
}

const formatText = (rows: readonly Row[]): string =>
  rows
    .map(({ name, signedOut }) => (signedOut ? `Signed out of ${name}.\n` : `Nobody was signed in to ${name}.\n`))
    .join('')

function formatJson(rows: readonly Row[]): string {
  const sessions = rows.flatMap(({ name, signedOut }) =>
    signedOut
      ? [{ session: name, startUrl: signedOut.token.startUrl ?? null, told: signedOut.unreached === undefined }]
      : [],
  )
  return `${JSON.stringify({ sessions }, undefined, 2)}\n`
}
