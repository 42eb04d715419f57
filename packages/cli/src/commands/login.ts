/** login: signs in to one session, to several, or to all that need it. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { printable } from '../problems/problem.ts'
import { listConfiguredSessions } from '../shared-config/configured-sessions.ts'
import { getSsoConfiguration, type SsoConfiguration } from '../shared-config/profile.ts'
import { getProfile, loadSettings, type Settings } from '../shared-config/settings.ts'
import { findText } from '../shared-config/shared-config.ts'
import { formatInstant, readToken, signInName } from '../sign-in/token-cache.ts'
import { findRefreshInput, isExpired } from '../sign-in/token-state.ts'
import { type Command, findOption, jsonOption, listOption, type OptionValues } from './command.ts'
import { signInOptions } from './sso/sign-in-options.ts'
import { describeOldSession, type SignedIn, signInTo } from './sso/sign-in-to.ts'

export const login: Command = {
  words: 'login',
  summary: 'sign in to the sso-session of a profile, to some by name, or to all',
  options: [
    { name: '--sso-session', value: 'NAME', summary: 'the sso-session to sign in to', isRepeatable: true },
    { name: '--all', summary: 'sign in to every session that needs it, one after the other' },
    { name: '--fresh', summary: 'end the session from before first, so that the browser asks anew' },
    ...signInOptions,
    { name: '--qr', summary: 'show the address as a QR code as well' },
    jsonOption('{ sessions: [{ session, startUrl, answer, expiresAt }] }; an answer is new, old or kept'),
  ],
  example: 'mayfly login --all',
  async run(options, machine) {
    const settings = await loadSettings(machine, options)
    const isJson = options['json'] === true
    const sessions = await chooseSessions(machine, settings, options)
    const results: Result[] = []
    let failed: unknown
    for (const sso of sessions) {
      try {
        results.push(await signInToOne(machine, settings, sso, options))
      } catch (error) {
        // One organization that says no does not keep a person from the others.
        if (sessions.length === 1 || !(error instanceof Refusal || error instanceof ServiceException)) throw error
        machine.terminal.writeError(`${printable(`${signInName(sso)}: ${error.message}`)}\n`)
        failed = error
      }
    }
    if (isJson) machine.terminal.write(formatJson(results))
    if (failed) throw failed
    return 0
  },
}

interface Result {
  readonly sso: SsoConfiguration
  readonly answer: 'new' | 'old' | 'kept'
  readonly expiresAt: Date
}

/** The sessions that were named; with none named, that of the profile, or the only one that there is. */
async function chooseSessions(
  machine: Machine,
  settings: Settings,
  options: OptionValues,
): Promise<readonly SsoConfiguration[]> {
  const { config } = settings
  const names = listOption(options, 'sso-session')
  const isAll = options['all'] === true
  if (isAll && (names.length > 0 || findOption(options, 'profile') !== undefined))
    throw new ArgumentRefusal('--all stands for every session: name none beside it.', 'Leave --all out, or the names.')
  if (names.length > 0) return names.map((sessionName) => getSsoConfiguration(config, { sessionName }))
  const all = listConfiguredSessions(config)
    .map(({ sso }) => sso)
    .filter(({ startUrl, region }) => startUrl !== '' && region !== '')
  if (isAll) {
    if (all.length > 0) return all
    throw new Refusal('not-found', 'There is no session to sign in to.', { hint: 'Set one up: mayfly setup' })
  }
  const profile = getProfile(settings)
  const signsIn = profile.has('sso_session') || findText(profile, 'sso_start_url') !== undefined
  // Who names a profile means it, and learns what is wrong with it.
  if (settings.profileSource !== 'default' || signsIn || all.length === 0)
    return [getSsoConfiguration(config, { profile })]
  return [await chooseOne(machine, all)]
}

async function chooseOne(machine: Machine, all: readonly SsoConfiguration[]): Promise<SsoConfiguration> {
  const [first] = all
  if (first && all.length === 1) return first
  if (!machine.terminal.interactive) {
    throw new Refusal('invalid', `There are ${all.length} sessions to sign in to: ${all.map(signInName).join(', ')}.`, {
      hint: 'Name one: mayfly login --sso-session NAME. Or sign in to all: mayfly login --all',
    })
  }
  const width = Math.max(...all.map((sso) => signInName(sso).length))
  const rows = all.map((sso) =>
    `${signInName(sso).padEnd(width)}  ${sso.sessionName === undefined ? '' : sso.startUrl}`.trimEnd(),
  )
  const chosen = all[await machine.terminal.choose(rows)]
  if (!chosen) throw new Refusal('not-found', 'No session was chosen.')
  return chosen
}

/** When a session's token ends that is good, or goes on by itself. */
async function findKept(machine: Machine, sso: SsoConfiguration): Promise<Date | undefined> {
  const file = await readToken(machine, sso)
  if (file.found !== 'token') return undefined
  const now = machine.clock.now()
  const goesOn = sso.sessionName !== undefined && findRefreshInput(file.token, now) !== undefined
  return !isExpired(file.token, now) || goesOn ? file.token.expiresAt : undefined
}

async function signInToOne(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
  options: OptionValues,
): Promise<Result> {
  const isJson = options['json'] === true
  const fresh = options['fresh'] === true
  const kept = options['all'] === true && !fresh ? await findKept(machine, sso) : undefined
  if (kept) {
    if (!isJson) machine.terminal.write(`${signInName(sso)} is signed in already.\n`)
    return { sso, answer: 'kept', expiresAt: kept }
  }
  const prints = isJson ? 'stderr' : 'stdout'
  // Several pages follow one another: each is told apart.
  if (options['all'] === true || listOption(options, 'sso-session').length > 1) {
    const heading = `Signing in to ${signInName(sso)}.\n`
    if (isJson) machine.terminal.writeError(heading)
    else machine.terminal.write(heading)
  }
  let signedIn = await signInTo(machine, settings, sso, { options, prints, fresh })
  if (signedIn.isOld) {
    machine.terminal.writeError(describeOldSession(sso, signedIn.token, fresh))
    if (!fresh) signedIn = (await offerFresh(machine, settings, sso, { options, prints })) ?? signedIn
  }
  return { sso, answer: signedIn.isOld ? 'old' : 'new', expiresAt: signedIn.token.expiresAt }
}

async function offerFresh(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
  how: { readonly options: OptionValues; readonly prints: 'stdout' | 'stderr' },
): Promise<SignedIn | undefined> {
  const { interactive, watched } = machine.terminal
  if (!interactive || !watched || how.prints === 'stderr') {
    machine.terminal.writeError('For a new one: mayfly login --fresh\n')
    return undefined
  }
  const answer = await machine.terminal.ask({ prompt: 'End it and sign in anew? [y/N]: ' })
  if (!/^y(es)?$/i.test(answer)) return undefined
  return signInTo(machine, settings, sso, { ...how, fresh: true })
}

function formatJson(results: readonly Result[]): string {
  const sessions = results.map(({ sso, answer, expiresAt }) => ({
    session: signInName(sso),
    startUrl: sso.startUrl,
    answer,
    expiresAt: formatInstant(expiresAt),
  }))
  return `${JSON.stringify({ sessions }, undefined, 2)}\n`
}
