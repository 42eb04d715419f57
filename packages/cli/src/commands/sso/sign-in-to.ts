/** Signs in to one session, for the commands whose purpose that is. */

import { askAgent, startAgentWhenSealed } from '../../agent/client.ts'
import type { Machine } from '../../machine/machine.ts'
import { purgeRoleCredentials } from '../../role-credentials/purge.ts'
import { renewLostKey } from '../../sealed/new-key.ts'
import { getSsoProfile, type SsoConfiguration, type SsoProfile } from '../../shared-config/profile.ts'
import { type ProfileValues, profileValues } from '../../shared-config/profile-form.ts'
import type { SectionName } from '../../shared-config/section-header.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { updateSharedConfig } from '../../shared-config/shared-config.ts'
import { isOldSession } from '../../sign-in/old-session.ts'
import { endSession } from '../../sign-in/session-end.ts'
import { readSessionRecord } from '../../sign-in/session-record.ts'
import { signIn } from '../../sign-in/sign-in.ts'
import { type CachedToken, readToken, signInLockName, signInName, tokenFileName } from '../../sign-in/token-cache.ts'
import type { OptionValues } from '../command.ts'

export interface SignedIn {
  readonly token: CachedToken
  /** The browser gave back the session that it had before. */
  readonly isOld: boolean
}

/**
 * Signs in, sets a region right to which the start URL has led, and says so in the AWS CLI's words. `fresh` ends the
 * session that the last sign-in belongs to first: AWS and our server then ask anew in the browser.
 */
export async function signInTo(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
  {
    options,
    prints,
    fresh,
  }: { readonly options: OptionValues; readonly prints: 'stdout' | 'stderr'; readonly fresh: boolean },
): Promise<SignedIn> {
  // Before anything is read: a sealed store whose key is lost cannot be.
  await renewLostKey(machine)
  const file = await readToken(machine, sso)
  const former = file.found === 'token' ? file.token : undefined
  const record = await readSessionRecord(machine, sso)
  if (fresh) await endFormer(machine, settings, sso, former)
  const token = await besideOthers(machine, sso, () =>
    signIn(machine, settings, sso, {
      usesDeviceCode: options['use-device-code'] === true,
      opensBrowser: options['no-browser'] !== true,
      showsQrCode: options['qr'] === true,
      prints,
      beforeWriting: () => purgeRoleCredentials(machine, settings.config, sso),
    }),
  )
  await askAgent(machine, { ask: 'forget' })
  await startAgentWhenSealed(machine)
  const say = (text: string): void =>
    prints === 'stdout' ? machine.terminal.write(text) : machine.terminal.writeError(text)
  if (token.region !== sso.region) {
    await correctRegion(machine, settings, sso, token.region)
    say(`SSO region updated to ${token.region}\n`)
  }
  say(`Successfully logged into Start URL: ${sso.startUrl}\n`)
  return { token, isOld: isOldSession({ former, record, token, now: machine.clock.now() }) }
}

/** Runs a sign-in, and says so where another one for the same session has not ended yet: a person sees two pages. */
async function besideOthers<T>(machine: Machine, sso: SsoConfiguration, task: () => Promise<T>): Promise<T> {
  let isTold = false
  const onWait = (): void => {
    if (!isTold)
      machine.terminal.writeError(
        `Another sign-in to ${signInName(sso)} has not ended yet, perhaps in another terminal. The last one to end counts.\n`,
      )
    isTold = true
  }
  // Commands that only need a token wait for each other below this name; who signs in on purpose keeps nobody waiting.
  await machine.lock.withLock(signInLockName(sso), async () => undefined, { isShared: true, onWait })
  return machine.lock.withLock(`login:${tokenFileName(sso)}`, task, { isShared: true, onWait })
}

/** Ends the session behind the last sign-in at its portal. Its token stays until there is a new one. */
async function endFormer(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
  former: CachedToken | undefined,
): Promise<void> {
  if (!former) {
    machine.terminal.writeError(
      `Nobody is signed in to ${signInName(sso)} here, so there is no session to end first. If the browser still has one, sign out there: ${sso.startUrl}\n`,
    )
    return
  }
  const { unreached } = await endSession(machine, settings, former)
  if (unreached !== undefined) machine.terminal.writeError(`The former session could not be ended: ${unreached}\n`)
}

/** The start URL has led to another region than the configured one: the config file is set right. */
async function correctRegion(
  machine: Machine,
  { config, profileName }: Settings,
  { sessionName }: SsoConfiguration,
  region: string,
): Promise<void> {
  const section: SectionName =
    sessionName === undefined ? { type: 'profile', name: profileName } : { type: 'sso-session', name: sessionName }
  // In the sealed form of a profile without a session the region stands in its credential_process.
  const isInProcess = sessionName === undefined && config.sealedProfiles.has(profileName)
  const values = isInProcess ? sealedValues(machine, getSsoProfile(config, profileName), region) : undefined
  await updateSharedConfig(machine, [{ section, values: values ?? { sso_region: region } }])
}

const sealedValues = (machine: Machine, { startUrl, accountId, roleName }: SsoProfile, region: string): ProfileValues =>
  profileValues(machine, 'sealed', { startUrl, region, accountId, roleName })

/** What to tell a person to whom an old session came back. */
export function describeOldSession(sso: SsoConfiguration, { expiresAt }: CachedToken, wasFresh: boolean): string {
  const time = [expiresAt.getHours(), expiresAt.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
  const came = `The browser was still signed in: this is the session from before, and it ends at ${time}.`
  return wasFresh
    ? `${came}\nSign out in the browser at ${sso.startUrl} (and where you sign in for it), then sign in again.\n`
    : `${came}\n`
}
