/** console: opens the AWS console, or the access portal, for a role, a service and a region. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { findServicePage } from '../console-links/console-services.ts'
import { findDestination, getConsoleHost } from '../console-links/destination.ts'
import { createFederationLink } from '../console-links/federation.ts'
import { handOver } from '../console-links/hand-over.ts'
import { formatConsoleLink, formatPortalLink } from '../console-links/portal-link.ts'
import { parseRegion } from '../console-links/region-words.ts'
import { findServiceStartUrl } from '../endpoints/start-url.ts'
import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { getSsoConfiguration, getSsoProfile, isSsoProfile, type SsoProfile } from '../shared-config/profile.ts'
import { findCredentialsHint, getProfile, loadSettings, type Settings } from '../shared-config/settings.ts'
import { loadSharedConfig } from '../shared-config/shared-config.ts'
import { type Command, findOption, jsonOption, type OptionValues } from './command.ts'
import { getDelivered, loadDelivered } from './exec-profile.ts'

export const console: Command = {
  words: 'console',
  summary: 'open the AWS console, or the access portal, for a role, a service and a region',
  options: [
    {
      name: '--service',
      value: 'SERVICE',
      summary: 'a service (ec2), or the path or address of a page',
    },
    { name: '--account-id', value: 'ID', summary: 'the account, in place of a profile; with --role-name' },
    { name: '--role-name', value: 'NAME', summary: 'the role in that account' },
    { name: '--sso-session', value: 'NAME', summary: 'the sso-session through which the role is taken' },
    { name: '--portal', summary: 'open the access portal itself' },
    { name: '--federate', summary: "sign in with the role's credentials, not by the portal" },
    { name: '--duration', value: 'MINUTES', summary: 'with --federate: how long (15 to 720)', isNumber: true },
    { name: '--print', summary: 'print the link and open nothing' },
    { name: '--no-sign-in', summary: 'with --federate: fail instead of opening a sign-in page' },
    jsonOption('{ profile, accountId, role, destination, link, opened }; link is null where it holds a sign-in token'),
  ],
  parameters: { usage: '[PROFILE] [SERVICE]', most: 2 },
  example: 'mayfly console default ec2 --region ew1 --print',
  async run(options, machine, { parameters }) {
    refuseWords(options)
    const region = findOption(options, 'region')
    const known = { ...options, ...(region !== undefined && { region: parseRegion(region) }) }
    const { inner, settings, service } = await readWords(machine, known, parameters)
    const opened = { service: findOption(options, 'service') ?? service, region: settings.region }
    if (options['portal'] === true) return openPage(inner, settings, await findPortal(inner, settings, known), options)
    const role = chooseRole(settings, known)
    if (options['federate'] === true) return federate(inner, settings, { options: known, role, ...opened })
    return openPortal(inner, settings, { options: known, role: requireRole(settings, role), ...opened })
  },
}

interface Wanted {
  readonly options: OptionValues
  readonly service: string | undefined
  readonly region: string | undefined
}

function refuseWords(options: OptionValues): void {
  const hint = 'See: mayfly console --help'
  const duration = findOption(options, 'duration')
  if (duration !== undefined && !(Number(duration) >= 15 && Number(duration) <= 720))
    throw new ArgumentRefusal('argument --duration: must be from 15 to 720 minutes', hint)
  if (duration !== undefined && options['federate'] !== true)
    throw new ArgumentRefusal('--duration goes with --federate: the portal knows its own.', hint)
  if (options['portal'] === true && options['federate'] === true)
    throw new ArgumentRefusal('--portal and --federate are two ways.', hint)
  const id = findOption(options, 'account-id')
  if (id !== undefined && !/^\d{12}$/.test(id))
    throw new ArgumentRefusal('argument --account-id: must be 12 digits', hint)
  if ((id === undefined) !== (findOption(options, 'role-name') === undefined))
    throw new ArgumentRefusal('--account-id and --role-name go together.', hint)
}

/** One word may be a profile or a service; a profile's name goes first. */
async function readWords(machine: Machine, options: OptionValues, [first, second]: readonly string[]) {
  const needsProfile = findOption(options, 'account-id') === undefined && options['portal'] !== true
  if (!needsProfile && second === undefined)
    return { inner: machine, settings: await loadSettings(machine, options), service: first }
  if (first === undefined) return { ...(await loadDelivered(machine, options, undefined)), service: undefined }
  if (second !== undefined) return { ...(await loadDelivered(machine, options, first)), service: second }
  const isAddress = /^https?:/i.test(first)
  if (isAddress || findServicePage(first) !== undefined) {
    const { profiles } = await loadSharedConfig(machine)
    if (isAddress || !profiles.has(first))
      return { ...(await loadDelivered(machine, options, undefined)), service: first }
  }
  return { ...(await loadDelivered(machine, options, first)), service: undefined }
}

function chooseRole(settings: Settings, options: OptionValues): SsoProfile | undefined {
  const accountId = findOption(options, 'account-id')
  const roleName = findOption(options, 'role-name')
  if (accountId !== undefined && roleName !== undefined) {
    const sessionName = chooseSession(settings, options)
    const profile = settings.config.profiles.get(settings.profileName)
    const sso = getSsoConfiguration(settings.config, { sessionName, profile })
    return { ...sso, profileName: `${accountId}/${roleName}`, accountId, roleName }
  }
  const profile = getProfile(settings)
  return isSsoProfile(profile) ? getSsoProfile(settings.config, settings.profileName) : undefined
}

/** The one that was named, or the only one that there is. */
function chooseSession({ config }: Settings, options: OptionValues): string | undefined {
  const [only, ...others] = config.ssoSessions.keys()
  return findOption(options, 'sso-session') ?? (others.length === 0 ? only : undefined)
}

function requireRole(settings: Settings, role: SsoProfile | undefined): SsoProfile {
  const { profileName, config } = settings
  if (role) return role
  if (!config.profiles.has(profileName))
    throw new Refusal('not-found', 'There is no profile whose console could be opened.', {
      hint: findCredentialsHint(settings),
    })
  throw new Refusal('invalid', `The profile "${profileName}" does not sign in through an access portal.`, {
    hint: 'If its credentials are temporary: mayfly console --federate',
  })
}

/** What is opened: it holds no secret. */
interface Page {
  readonly link: string
  /** The page in words. */
  readonly name: string
  readonly role?: SsoProfile
  readonly destination?: string | undefined
}

/** The portal of the named sso-session, the only one, or the profile's. */
async function findPortal(machine: Machine, settings: Settings, options: OptionValues): Promise<Page> {
  const sso = getSsoConfiguration(settings.config, {
    sessionName: chooseSession(settings, options),
    profile: settings.config.profiles.get(settings.profileName),
  })
  const startUrl = await findServiceStartUrl(machine, sso.startUrl, settings.http)
  return { link: formatPortalLink(startUrl), name: 'the access portal' }
}

/** The portal signs the person in with its own session: no credentials are needed here, none are in the link. */
async function openPortal(
  machine: Machine,
  settings: Settings,
  { options, role, service, region }: Wanted & { role: SsoProfile },
): Promise<number> {
  const startUrl = await findServiceStartUrl(machine, role.startUrl, settings.http)
  // The permission set's own first page counts where nothing was asked for.
  const asked = service !== undefined || findOption(options, 'region') !== undefined
  const destination = asked ? findDestination({ service, region }) : undefined
  const link = formatConsoleLink(startUrl, { ...role, destination })
  const name = `the console as ${role.roleName} in ${role.accountId}`
  return openPage(machine, settings, { link, name, role, destination }, options)
}

async function openPage(machine: Machine, settings: Settings, page: Page, options: OptionValues): Promise<number> {
  const { link, name, role, destination } = page
  const [isJson, isShown] = [options['json'] === true, options['print'] === true]
  if (!isJson) {
    const text = `Opening ${name}. If no browser opens:\n\n${link}\n`
    machine.terminal.write(isShown ? `${link}\n` : text)
  }
  const opened = !isShown && (await machine.browser.open(link)).is === 'opened'
  if (isJson) writeJson(machine, { settings, role, destination, link, opened })
  else if (!opened && !isShown) machine.terminal.writeError('No browser could be opened here.\n')
  return 0
}

async function federate(
  machine: Machine,
  settings: Settings,
  { options, role, service, region }: Wanted & { role: SsoProfile | undefined },
): Promise<number> {
  const startUrl = role && (await findServiceStartUrl(machine, role.startUrl, settings.http))
  const { access } = await getDelivered(machine, settings, options, role)
  const place = region ?? role?.region
  const destination = findDestination({ service, region }) ?? `https://${getConsoleHost(place)}/`
  const minutes = findOption(options, 'duration')
  const link = await createFederationLink(machine, {
    credentials: access,
    startUrl,
    region: place,
    destination,
    duration: minutes === undefined ? undefined : Math.round(Number(minutes) * 60),
    http: settings.http,
  })
  if (options['print'] === true) {
    if (options['json'] === true) writeJson(machine, { settings, role, destination, link, opened: false })
    else machine.terminal.write(`${link}\n`)
    return 0
  }
  const outcome = await handOver(machine, link)
  const opened = outcome.is === 'taken'
  if (!opened) {
    throw new Refusal('invalid', 'No browser came for the link to the console.', {
      hint: 'To open it elsewhere within 15 minutes: add --print, and keep it to yourself.',
    })
  }
  if (options['json'] === true) writeJson(machine, { settings, role, destination, link: null, opened })
  else machine.terminal.write(`The browser is signed in to the console${role ? ` as ${role.roleName}` : ''}.\n`)
  return 0
}

function writeJson(
  { terminal }: Machine,
  {
    settings,
    role,
    destination,
    link,
    opened,
  }: {
    readonly settings: Settings
    readonly role?: SsoProfile | undefined
    readonly destination?: string | undefined
    readonly link: string | null
    readonly opened: boolean
  },
): void {
  const isProfile = settings.config.profiles.has(role?.profileName ?? settings.profileName)
  const answer = {
    profile: isProfile ? (role?.profileName ?? settings.profileName) : null,
    accountId: role?.accountId ?? null,
    role: role?.roleName ?? null,
    destination: destination ?? null,
    link,
    opened,
  }
  terminal.write(`${JSON.stringify(answer, undefined, 2)}\n`)
}
