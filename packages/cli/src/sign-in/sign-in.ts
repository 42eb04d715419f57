/** Signs a person in to an sso-session or start URL, and keeps the token. */

import { seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createServiceClient, type ServiceClient } from '../endpoints/service-client.ts'
import { type ResolvedStartUrl, resolveStartUrl } from '../endpoints/start-url.ts'
import { findOwnEndpoint } from '../endpoints/start-url-host.ts'
import type { Machine } from '../machine/machine.ts'
import { renewLostKey } from '../sealed/new-key.ts'
import { joinPath, ownFolder } from '../shared-config/paths.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import type { Settings } from '../shared-config/settings.ts'
import { signInWithAuthorizationCode, WantsCode } from './authorization-code.ts'
import { signInWithDeviceCode } from './device-code.ts'
import type { SignIn } from './issued-token.ts'
import { isSince } from './recent-failure.ts'
import { noteSignIn } from './session-record.ts'
import { type PageOptions, showPage } from './sign-in-page.ts'
import { signInHint } from './sign-in-required.ts'
import {
  type CachedToken,
  openTokenCache,
  readToken,
  signInLockName,
  tokenFileName,
  tokenLockName,
  unwritableCache,
  writeToken,
} from './token-cache.ts'

export interface SignInOptions {
  /** `--use-device-code`; the legacy form has no other way. */
  readonly usesDeviceCode?: boolean
  /** `--no-browser` makes it false. */
  readonly opensBrowser?: boolean
  readonly prints?: PageOptions['prints']
  /** `--qr`: a QR code also where a browser opens. */
  readonly showsQrCode?: boolean
  /** Gives the sign-in up. */
  readonly signal?: AbortSignal
  /** Where the start URL leads, when that is known already. */
  readonly resolved?: ResolvedStartUrl
  /** Runs before a new token is written: what the former session left behind goes first. */
  readonly beforeWriting?: () => Promise<void>
}

/**
 * Signs in anew, whatever the cache holds, and writes the token. The token names the region that was used: a start URL
 * may lead to another one than the configured.
 */
export async function signIn(
  machine: Machine,
  settings: Settings,
  configured: SsoConfiguration,
  options: SignInOptions = {},
): Promise<CachedToken> {
  // Before anybody is sent to a page: what they do there would be lost.
  await renewLostKey(machine)
  const cache = await openTokenCache(machine)
  if (!(await cache.isWritable(tokenFileName(configured))))
    throw new Refusal('invalid', 'The sign-in could not be kept.', { hint: unwritableCache(cache) })
  const resolved = options.resolved ?? (await resolveStartUrl(machine, configured.startUrl, settings.http))
  const sso = { ...configured, region: resolved.region ?? configured.region }
  const { region } = sso
  const client = await createServiceClient(machine, settings, 'sso-oidc', { region, startUrl: resolved.startUrl })
  const page: PageOptions = {
    opensBrowser: options.opensBrowser ?? true,
    prints: options.prints ?? 'stdout',
    ...(options.showsQrCode && { showsQrCode: true }),
  }
  const request: SignIn = {
    client,
    sso,
    issuerUrl: resolved.startUrl,
    pages: pagesOf(client, resolved),
    show: (shown) => showPage(machine, shown, page),
    ...(options.signal && { signal: options.signal }),
    ...(resolved.owner === 'self' && { findStatus: (url: string) => findStatus(machine, settings, url) }),
  }
  const token =
    options.usesDeviceCode || sso.sessionName === undefined
      ? await signInWithDeviceCode(machine, request)
      : await signInWithAuthorizationCode(machine, request).catch((error: unknown) => {
          // Never by itself: whoever approves a code does not see where it came from.
          if (error instanceof WantsCode) return signInWithDeviceCode(machine, request)
          throw error
        })
  // Not between another process's reading and writing of a refreshed token, which would undo this one.
  await machine.lock.withLock(tokenLockName(sso), async () => {
    await options.beforeWriting?.()
    await writeToken(machine, sso, token)
  })
  await noteSignIn(machine, sso, token)
  return token
}

/** Only an Identity Center of one's own is asked: to AWS we send nothing that the AWS CLI does not send. */
const findStatus = (machine: Machine, settings: Settings, url: string): Promise<number | undefined> =>
  machine.http.send({ method: 'HEAD', url, headers: {} }, { ...settings.http, attempts: 1 }).then(
    ({ status }) => status,
    () => undefined,
  )

/**
 * Below which address the pages for a browser lie. The AWS CLI drops any path of a configured endpoint (specification
 * §6.3); an Identity Center of one's own, named by its start URL, has them where everything else of it is.
 */
function pagesOf({ endpoint }: ServiceClient, { owner, startUrl }: ResolvedStartUrl): string {
  return owner === 'self' && endpoint === findOwnEndpoint(startUrl) ? endpoint : new URL(endpoint).origin
}

/**
 * Gets a token that `isUsable`, signing in if the cache has none: of any number of processes that ask at once, one opens
 * a page. The others wait, then find its token in the cache, or are refused as it was; when it dies, one takes over.
 */
export async function signInOnce(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
  isUsable: (token: CachedToken) => boolean,
  options: SignInOptions = {},
): Promise<CachedToken> {
  const askedAt = machine.clock.now()
  const name = tokenFileName(sso)
  const task = async (): Promise<CachedToken> => {
    const file = await readToken(machine, sso)
    if (file.found === 'token' && isUsable(file.token)) return file.token
    await refuseAsBefore(machine, sso, askedAt)
    try {
      const token = await firstToken(machine, settings, { sso, isUsable, options })
      await machine.files.delete(notePath(machine, name))
      return token
    } catch (error) {
      if (error instanceof Error) await noteRefusal(machine, name, error)
      throw error
    }
  }
  const onWait = (): void => machine.terminal.writeError('Waiting for another process that is signing in.\n')
  return machine.lock.withLock(signInLockName(sso), task, { onWait })
}

/** How often the holder looks whether another tool has signed in meanwhile. */
const GLANCE = seconds(2)

/** The token of this sign-in, or one that appears in the cache before: from `sso login` elsewhere, or the AWS CLI. */
async function firstToken(
  machine: Machine,
  settings: Settings,
  {
    sso,
    isUsable,
    options,
  }: { sso: SsoConfiguration; isUsable: (token: CachedToken) => boolean; options: SignInOptions },
): Promise<CachedToken> {
  const done = new AbortController()
  const appeared = async (): Promise<CachedToken> => {
    for (;;) {
      await machine.clock.sleep(GLANCE, done.signal)
      const file = await readToken(machine, sso)
      if (file.found === 'token' && isUsable(file.token)) return file.token
    }
  }
  const signedIn = signIn(machine, settings, sso, { ...options, signal: done.signal })
  const other = appeared()
  try {
    return await Promise.race([signedIn, other])
  } finally {
    done.abort()
    // The one that was given up ends with the signal's reason, which is nobody's business.
    await Promise.allSettled([signedIn, other])
  }
}

/** Where it is noted that a sign-in was refused, for the processes that were waiting for it. */
const notePath = (machine: Machine, name: string): string => joinPath(machine, ownFolder(machine), 'sign-in', name)

async function noteRefusal(machine: Machine, name: string, { message }: Error): Promise<void> {
  const note = JSON.stringify({ refusedAt: machine.clock.now().toISOString(), message })
  // What cannot be noted is asked again.
  await machine.files.write(notePath(machine, name), note, { mode: 0o600 }).catch(() => undefined)
}

/** A person who said no to one page is not shown another by each process that was waiting. */
async function refuseAsBefore(machine: Machine, sso: SsoConfiguration, askedAt: Date): Promise<void> {
  const note = parseNote(await machine.files.readText(notePath(machine, tokenFileName(sso))))
  if (note && isSince(askedAt, new Date(note.refusedAt), machine.clock.now())) {
    throw new Refusal('forbidden', note.message, { hint: signInHint(sso, undefined, machine.platform) })
  }
}

function parseNote(text: string | undefined): { readonly refusedAt: string; readonly message: string } | undefined {
  try {
    const note: unknown = JSON.parse(text ?? '')
    if (typeof note !== 'object' || note === null || !('refusedAt' in note) || !('message' in note)) return undefined
    return { refusedAt: String(note.refusedAt), message: String(note.message) }
  } catch {
    return undefined
  }
}
