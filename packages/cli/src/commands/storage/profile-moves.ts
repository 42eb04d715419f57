/** Which profiles take the other form, which cannot, and the config file with them changed. */

import { createHash } from 'node:crypto'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import { sealedRoot } from '../../sealed/sealed-folder.ts'
import type { StorageMode } from '../../sealed/storage-mode.ts'
import { editIni, type SectionEdit } from '../../shared-config/ini-editor.ts'
import { joinPath } from '../../shared-config/paths.ts'
import { getSsoProfile, isSsoProfile, type SsoProfile } from '../../shared-config/profile.ts'
import { type ProfileRole, parseOwnProcess, profileValues, SSO_KEYS } from '../../shared-config/profile-form.ts'
import {
  findText,
  loadSharedConfig,
  replaceSharedConfig,
  type Section,
  type SharedConfig,
} from '../../shared-config/shared-config.ts'

export interface ProfileMoves {
  /** Names of the profiles that are written in the other form. */
  readonly moved: readonly string[]
  /** Profiles that sign in and keep their form, with the reason. */
  readonly kept: readonly { readonly profile: string; readonly reason: string }[]
}

interface Plan extends ProfileMoves {
  readonly edits: readonly SectionEdit[]
}

/** What would change in the config file. */
function planProfiles(machine: Machine, config: SharedConfig, to: StorageMode): Plan {
  const edits: SectionEdit[] = []
  const kept: { profile: string; reason: string }[] = []
  for (const [profile, section] of config.profiles) {
    if (config.sealedProfiles.has(profile) === (to === 'sealed') || !isSsoProfile(section)) continue
    const reason = to === 'sealed' ? reasonToKeep(machine, config, profile) : undefined
    if (reason !== undefined) {
      kept.push({ profile, reason })
      continue
    }
    const role = roleOf(to === 'sealed' ? getSsoProfile(config, profile) : section)
    const values = profileValues(machine, to, role, section)
    edits.push({ section: { type: 'profile', name: profile }, values, inPlace: true })
  }
  return { edits, kept, moved: edits.map(({ section }) => section.name) }
}

function roleOf(profile: SsoProfile | Section): ProfileRole {
  if ('profileName' in profile) {
    const { sessionName, startUrl, region, accountId, roleName } = profile
    return sessionName === undefined ? { startUrl, region, accountId, roleName } : { sessionName, accountId, roleName }
  }
  const [accountId, roleName] = [findText(profile, 'sso_account_id') ?? '', findText(profile, 'sso_role_name') ?? '']
  const sessionName = findText(profile, 'sso_session')
  if (sessionName !== undefined) return { sessionName, accountId, roleName }
  const [startUrl, region] = [findText(profile, 'sso_start_url') ?? '', findText(profile, 'sso_region') ?? '']
  return { startUrl, region, accountId, roleName }
}

/** Why a profile is better left alone: in its sealed form tools would take other credentials, or none. */
function reasonToKeep(machine: Machine, config: SharedConfig, profile: string): string | undefined {
  const section: Section = config.profiles.get(profile) ?? new Map()
  const command = findText(section, 'credential_process')
  if (command !== undefined && !parseOwnProcess(command, machine.platform))
    return 'it has a credential_process of another program'
  if (section.has('aws_access_key_id')) return 'its long-term keys would be used in place of the sign-in'
  if (section.has('role_arn')) return 'it takes a further role (role_arn)'
  const inCredentials = config.credentials.get(profile)
  if (SSO_KEYS.some((key) => inCredentials?.has(key))) return 'its sso_* keys stand in the credentials file'
  try {
    profileValues(machine, 'sealed', roleOf(getSsoProfile(config, profile)))
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

/** What the config file said before its profiles were sealed, and what became of it. */
interface FormerConfig {
  /** SHA-256 of the file as it was left. */
  readonly after: string
  readonly before: string
}

const formerPath = (machine: Machine): string => joinPath(machine, sealedRoot(machine), 'former-config.json')

/**
 * Writes the profiles in the other form. Going back to `shared`, a config file that nobody has touched since becomes
 * again what it was, spaces and order of its lines included.
 */
export async function moveProfiles(machine: Machine, to: StorageMode): Promise<ProfileMoves> {
  const former = await readFormer(machine)
  let moves: ProfileMoves = { moved: [], kept: [] }
  await replaceSharedConfig(machine, async (bytes, path) => {
    const { edits, ...plan } = planProfiles(machine, await loadSharedConfig(machine), to)
    moves = plan
    const edited = editIni(bytes, path, edits)
    const isUntouched = former?.after === hashOf(bytes)
    if (to === 'shared') return isUntouched ? Buffer.from(former.before) : edited
    const text = Buffer.from(bytes).toString()
    // A copy of a long-term key would outlive the key.
    const before = isUntouched ? former.before : /aws_(secret|session|security)/i.test(text) ? undefined : text
    // Before the config file: what says the same of another file counts for nothing.
    if (before === undefined) await machine.files.delete(formerPath(machine))
    else if (edits.length > 0) await keepFormer(machine, { after: hashOf(edited), before })
    return edited
  })
  return moves
}

const keepFormer = (machine: Machine, former: FormerConfig): Promise<void> =>
  machine.files.write(formerPath(machine), JSON.stringify(former), { mode: 0o600, folderMode: 0o700 })

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function readFormer(machine: Machine): Promise<FormerConfig | undefined> {
  try {
    const { after, before } = JSON.parse((await machine.files.readText(formerPath(machine))) ?? '') as FormerConfig
    return typeof after === 'string' && typeof before === 'string' ? { after, before } : undefined
  } catch {
    return undefined
  }
}
