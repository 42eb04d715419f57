/** Is what the token cache holds whole, the session's own, and within reach? */

import { type CacheFolder, openCacheFolder, openSharedFolder } from '../sealed/cache-folder.ts'
import { shellWord } from '../shared-config/shell-word.ts'
import { findScopes } from '../sign-in/client-registration.ts'
import { signInHint } from '../sign-in/sign-in-required.ts'
import {
  type CachedToken,
  findTokenOnDisk,
  readToken,
  registrationFileName,
  tokenFileName,
} from '../sign-in/token-cache.ts'
import { listUnsealedTokens } from '../sign-in/unsealed-tokens.ts'
import { type Finding, fault, warning } from './causes.ts'
import { formatMode, shorten } from './config-text.ts'
import type { SsoInquiry, Step } from './inquiry.ts'
import { describeSealedFailure } from './sealed-failure.ts'

export interface CacheStep extends Step {
  /** The session's token, when there is a whole one. */
  readonly token?: CachedToken
}

export async function checkCache(inquiry: SsoInquiry): Promise<CacheStep> {
  try {
    const folder = await openCacheFolder(inquiry.machine, 'sso')
    const access = await checkAccess(inquiry, folder)
    // The folder comes first: what opens it again opens its files too.
    const barred = access.find(({ severity }) => severity === 'fault')
    if (barred) return { step: 'cache', findings: [barred] }
    const content = await checkToken(inquiry, folder)
    const registration = await checkRegistration(inquiry, folder)
    return {
      ...content,
      seen: shorten(inquiry.machine, folder.place),
      findings: [...access, ...content.findings, ...registration, ...(await checkUnsealed(inquiry))],
    }
  } catch (error) {
    return { step: 'cache', findings: [describeSealedFailure(inquiry.machine, error)] }
  }
}

/** `aws sso login` has left a token where nobody looks any more. */
async function checkUnsealed({ machine, sso }: SsoInquiry): Promise<readonly Finding[]> {
  const [name] = await listUnsealedTokens(machine, [sso])
  if (name === undefined) return []
  const message = `A token of ${name} lies in plain text, and is not read while the storage is sealed.`
  const evidence = [shorten(machine, openSharedFolder(machine, 'sso').pathOf(tokenFileName(sso)))]
  return [warning('token-unsealed', message, evidence, 'mayfly storage sealed')]
}

/** The command that signs in to the session. */
export const signInCommand = ({ machine, sso }: SsoInquiry): string =>
  signInHint(sso, sso.profileName, machine.platform).replace(/^Run: /, '')

/** Owners and modes: of the folder, of the session's token, and of its registration. */
async function checkAccess({ machine, sso }: SsoInquiry, folder: CacheFolder): Promise<readonly Finding[]> {
  const names = [tokenFileName(sso), registrationFileName(sso, findScopes(sso))]
  const findings: Finding[] = []
  for (const path of [folder.place, ...names.map((name) => folder.pathOf(name))]) {
    const state = await machine.inspection.describeFile(path)
    if (!state) continue
    const shown = shorten(machine, path)
    const isFolder = path === folder.place
    if (isFolder !== (state.kind === 'folder')) {
      const message = `${shown} is ${isFolder ? 'no folder' : 'no file'}.`
      findings.push(fault('cache-not-accessible', message, [`It is a ${state.kind}.`], `Move ${shown} away`))
    } else if (!state.isReadable || (isFolder && !state.isWritable)) {
      const mode = state.mode === undefined ? '' : ` Its mode is ${formatMode(state.mode)}.`
      const word = shellWord(path, machine.platform)
      findings.push(
        fault(
          'cache-not-accessible',
          `${shown} cannot be ${state.isReadable ? 'written' : 'read'}.`,
          [`It belongs to ${state.isOwn ? 'you' : 'another user'}.${mode}`],
          state.isOwn ? `chmod u+rw${isFolder ? 'x' : ''} ${word}` : `sudo chown -R "$USER" ${word}`,
        ),
      )
    } else if (!isFolder && ((state.mode ?? 0) & 0o044) !== 0) {
      const evidence = [`Its mode is ${formatMode(state.mode ?? 0)}.`]
      const next = `chmod 600 ${shellWord(path, machine.platform)}`
      findings.push(warning('cache-open-to-others', `Other users can read ${shown}.`, evidence, next))
    }
  }
  return findings
}

async function checkToken(
  inquiry: SsoInquiry,
  folder: CacheFolder,
): Promise<{ readonly step: 'cache'; readonly findings: readonly Finding[]; readonly token?: CachedToken }> {
  const { machine, sso } = inquiry
  const file = await readToken(machine, sso)
  const path = folder.pathOf(tokenFileName(sso))
  if (file.found === 'nothing') {
    // One of another server counts as none, and is not sent to this one.
    const other = await findTokenOnDisk(machine, tokenFileName(sso))
    return {
      step: 'cache',
      findings: other ? [foreignToken(inquiry, shorten(machine, path), other.startUrl ?? '')] : [],
    }
  }
  if (file.found === 'damaged') {
    const text = (await folder.read(tokenFileName(sso)).catch(() => '')) ?? ''
    const others = listMembers(text)
    const shown = shorten(machine, path)
    const [cause, message] =
      others === undefined
        ? (['cache-damaged', `The token file is torn: ${shown}`] as const)
        : (['cache-foreign', `The token file holds no token: ${shown}`] as const)
    return { step: 'cache', findings: [fault(cause, message, [describeText(text, others)], signInCommand(inquiry))] }
  }
  const { token } = file
  const shown = shorten(machine, path)
  const findings: Finding[] = []
  if (plainUrl(token.startUrl) !== plainUrl(sso.startUrl)) {
    findings.push(foreignToken(inquiry, shown, token.startUrl))
  } else if (token.region !== sso.region) {
    const evidence = [`${shown}: ${token.region || 'no region'}`, `sso_region of the profile: ${sso.region}`]
    const message = `The token was issued in ${token.region || 'another region'}, and the profile asks in ${sso.region}.`
    findings.push(warning('wrong-region', message, evidence, signInCommand(inquiry)))
  }
  return { step: 'cache', findings, token }
}

function foreignToken(inquiry: SsoInquiry, shown: string, startUrl: string): Finding {
  const of = startUrl === '' ? 'no start URL' : startUrl
  const evidence = [`${shown}: ${of}`, `The profile's: ${inquiry.sso.startUrl}`]
  const message = 'The token file holds a token of another start URL.'
  return fault('cache-foreign', message, evidence, signInCommand(inquiry))
}

/** The AWS CLI itself stumbles over a registration that is torn. */
async function checkRegistration(inquiry: SsoInquiry, folder: CacheFolder): Promise<readonly Finding[]> {
  const name = registrationFileName(inquiry.sso, findScopes(inquiry.sso))
  const text = await folder.read(name)
  if (text === undefined || listMembers(text)) return []
  const shown = shorten(inquiry.machine, folder.pathOf(name))
  const next = signInCommand(inquiry)
  return [warning('cache-damaged', `The client registration is torn: ${shown}`, [describeText(text, undefined)], next)]
}

/** The names in a JSON object; nothing for anything else. */
function listMembers(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : undefined
  } catch {
    return undefined
  }
}

/** What is there, without a word of it: it may be half a token. */
function describeText(text: string, members: readonly string[] | undefined): string {
  if (members) {
    const names = members.map((name) => name.slice(0, 30).replaceAll(/[^\w-]/g, '?')).slice(0, 6)
    return names.length === 0 ? 'It is an empty object.' : `Its members: ${names.join(', ')}`
  }
  if (text.length === 0) return 'It has 0 bytes.'
  const begins = text.trimStart().startsWith('{')
  return `It has ${Buffer.byteLength(text)} bytes and is no JSON${begins ? ': it ends too early' : ''}.`
}

const plainUrl = (url: string): string => url.replace(/#.*$/, '').replace(/\/+$/, '').toLowerCase()
