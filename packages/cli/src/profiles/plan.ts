/** What is to change in the config file, so that every granted role has a profile: decided, not done. */

import type { Machine } from '../machine/machine.ts'
import type { StorageMode } from '../sealed/storage-mode.ts'
import type { IniEdit } from '../shared-config/ini-editor.ts'
import { type ProfileValues, profileValues } from '../shared-config/profile-form.ts'
import { findText, type SharedConfig } from '../shared-config/shared-config.ts'
import type { Grant, NameTemplate } from './name-template.ts'
import { findChanges, findLastWritten, isEdited, isFor, type ProfilePlace } from './own-profile.ts'
import { keyOfGrant, nameProfiles } from './profile-names.ts'
import type { ExtraValues, WrittenProfile } from './setup-record.ts'

export interface PlanQuestion {
  readonly machine: Pick<Machine, 'platform' | 'home'>
  readonly mode: StorageMode
  readonly config: SharedConfig
  /** Profiles with comments inside: looked for when one of them might go. */
  readonly findAnnotated: () => ReadonlySet<string>
  readonly sessionName: string
  /** What setup has written before. */
  readonly written: Readonly<Record<string, WrittenProfile>>
  /** Every role that the portal grants. */
  readonly granted: readonly Grant[]
  /** Those of them that are to have profiles. */
  readonly isWanted: (grant: Grant) => boolean
  /** Accounts of which the portal did not say what is granted in them. */
  readonly unread: ReadonlySet<string>
  readonly template: NameTemplate
  /** Profiles of an earlier template are renamed. */
  readonly renames: boolean
  readonly extra: ExtraValues
  readonly prune: Prune
}

/** `granted`: what is no longer granted goes. `wanted`: so does what the filters leave out. `nothing`: all stays. */
export type Prune = 'granted' | 'wanted' | 'nothing'

/** A profile, and the role that it is for. */
export interface PlannedProfile {
  readonly name: string
  readonly accountId: string
  readonly roleName: string
}

export interface ChangedProfile extends PlannedProfile {
  /** New values by key; undefined for a key that goes. */
  readonly values: ProfileValues
  /** What the keys say now. */
  readonly former: ProfileValues
}

export type RemovalReason = 'not granted' | 'left out' | 'renamed'

export interface ProfilePlan {
  readonly added: readonly PlannedProfile[]
  readonly changed: readonly ChangedProfile[]
  readonly removed: readonly (PlannedProfile & { readonly reason: RemovalReason })[]
  /** Would have to go, but somebody has put a hand to them. */
  readonly edited: readonly PlannedProfile[]
  /** Profiles for granted roles that setup did not write. */
  readonly adopted: readonly PlannedProfile[]
  /** Profiles that stand as they should. */
  readonly unchanged: number
  readonly edits: readonly IniEdit[]
  /** What setup has written once the edits are made. */
  readonly written: Readonly<Record<string, WrittenProfile>>
}

/** What becomes of a profile that setup wrote. */
type Fate = 'stays' | 'is renamed' | 'stays edited' | { readonly goes: RemovalReason }

interface OwnProfile {
  readonly written: WrittenProfile
  readonly fate: Fate
}

/** The plan. The same question has the same answer, whatever order the portal answered in. */
export function planProfiles(question: PlanQuestion): ProfilePlan {
  const { config, sessionName, template } = question
  const wanted = question.granted.filter(question.isWanted).toSorted(byKey)
  const own = judgeOwn(question, new Set(wanted.map(keyOfGrant)))
  const foreign = listForeign(question, own)
  const adopted = wanted.flatMap((grant) => adopt(grant, own, foreign))
  const adoptedKeys = new Set(adopted.map(keyOfGrant))
  const open = wanted.filter((grant) => !adoptedKeys.has(keyOfGrant(grant)))
  const kept = new Map(
    open.map(keyOfGrant).flatMap((key) => {
      const profile = own.get(key)
      return profile && profile.fate !== 'is renamed' ? [[key, profile.written.name] as const] : []
    }),
  )
  const free = new Set(kept.values())
  for (const { written, fate } of own.values())
    if (fate === 'is renamed' || typeof fate === 'object') free.add(written.name)
  const taken = [...config.profiles.keys()].filter((name) => !free.has(name))
  const names = nameProfiles(open, { template, sessionName, kept, taken })
  return assemble(question, { own, names, adopted })
}

const byKey = (one: Grant, other: Grant): number => (keyOfGrant(one) < keyOfGrant(other) ? -1 : 1)

const placeOf = (key: string): Omit<ProfilePlace, 'sessionName'> => {
  const slash = key.indexOf('/')
  return { accountId: key.slice(0, slash), roleName: key.slice(slash + 1) }
}

/** The profiles that setup wrote and that are still there under their names, for the roles they were written for. */
function judgeOwn(question: PlanQuestion, wanted: ReadonlySet<string>): ReadonlyMap<string, OwnProfile> {
  const { config, sessionName, findAnnotated } = question
  let annotated: ReadonlySet<string> | undefined
  const isTouched = (written: WrittenProfile): boolean => {
    annotated ??= findAnnotated()
    return annotated.has(written.name) || isEdited(config, written)
  }
  const granted = new Set(question.granted.map(keyOfGrant))
  const own = new Map<string, OwnProfile>()
  for (const [key, written] of Object.entries(question.written)) {
    const place = placeOf(key)
    if (!isFor(config.profiles.get(written.name), { sessionName, ...place })) continue
    const judged = { key, accountId: place.accountId, isTouched: () => isTouched(written), wanted, granted }
    own.set(key, { written, fate: judge(question, judged) })
  }
  return own
}

interface Judged {
  readonly key: string
  readonly accountId: string
  readonly isTouched: () => boolean
  readonly wanted: ReadonlySet<string>
  readonly granted: ReadonlySet<string>
}

function judge({ renames, prune, unread }: PlanQuestion, { key, accountId, isTouched, wanted, granted }: Judged): Fate {
  if (wanted.has(key)) return renames && !isTouched() ? 'is renamed' : 'stays'
  if (prune === 'nothing' || unread.has(accountId)) return 'stays'
  if (granted.has(key)) return prune === 'wanted' && !isTouched() ? { goes: 'left out' } : 'stays'
  return isTouched() ? 'stays edited' : { goes: 'not granted' }
}

/** The first profile of each role of the session that setup did not write, by its key. */
function listForeign(
  { config, sessionName }: PlanQuestion,
  own: ReadonlyMap<string, OwnProfile>,
): ReadonlyMap<string, string> {
  const ownNames = new Set([...own.values()].map(({ written }) => written.name))
  const foreign = new Map<string, string>()
  for (const [name, profile] of config.profiles) {
    if (ownNames.has(name) || findText(profile, 'sso_session') !== sessionName) continue
    const [accountId, roleName] = [findText(profile, 'sso_account_id'), findText(profile, 'sso_role_name')]
    if (accountId === undefined || roleName === undefined) continue
    const key = keyOfGrant({ accountId, roleName })
    if (!foreign.has(key)) foreign.set(key, name)
  }
  return foreign
}

function adopt(
  { accountId, roleName }: Grant,
  own: ReadonlyMap<string, OwnProfile>,
  foreign: ReadonlyMap<string, string>,
): readonly PlannedProfile[] {
  const key = keyOfGrant({ accountId, roleName })
  const name = own.has(key) ? undefined : foreign.get(key)
  return name === undefined ? [] : [{ name, accountId, roleName }]
}

interface Decided {
  readonly own: ReadonlyMap<string, OwnProfile>
  /** By key, for all that is wanted and not adopted. */
  readonly names: ReadonlyMap<string, string>
  readonly adopted: readonly PlannedProfile[]
}

function assemble(question: PlanQuestion, { own, names, adopted }: Decided): ProfilePlan {
  const { machine, config, mode, sessionName, extra } = question
  const added: PlannedProfile[] = []
  const changed: ChangedProfile[] = []
  const removed: (PlannedProfile & { reason: RemovalReason })[] = []
  const edited: PlannedProfile[] = []
  const written: Record<string, WrittenProfile> = {}
  const [deletions, edits]: [IniEdit[], IniEdit[]] = [[], []]
  const remove = (profile: PlannedProfile, reason: RemovalReason): void => {
    removed.push({ ...profile, reason })
    deletions.push({ section: { type: 'profile', name: profile.name }, isDeleted: true })
  }
  let unchanged = 0
  for (const [key, profile] of own) {
    const { name } = profile.written
    const planned = { name, ...placeOf(key) }
    if (typeof profile.fate === 'object') remove(planned, profile.fate.goes)
    else if (!names.has(key)) {
      written[key] = profile.written
      if (profile.fate === 'stays edited') edited.push(planned)
      else unchanged += 1
    } else if (names.get(key) !== name) remove(planned, 'renamed')
  }
  for (const [key, name] of names) {
    const place = { sessionName, ...placeOf(key) }
    const planned = { name, ...placeOf(key) }
    const section = { type: 'profile', name } as const
    const former = own.get(key)?.written
    if (former?.name !== name) {
      added.push(planned)
      edits.push({ section, values: { ...definedOf(profileValues(machine, mode, place)), ...extra } })
      written[key] = { name, extra }
      continue
    }
    const values = findChanges(machine, config, { written: former, place, mode, extra })
    const isSame = Object.keys(values).length === 0
    written[key] = { name, extra, ...(!isSame && { formerExtra: findLastWritten(config, former) }) }
    if (isSame) {
      unchanged += 1
      continue
    }
    changed.push({ ...planned, values, former: formerValues(config, name, values) })
    edits.push({ section, values, inPlace: true })
  }
  return {
    added: added.toSorted(byName),
    changed: changed.toSorted(byName),
    removed: removed.toSorted(byName),
    edited,
    adopted,
    unchanged,
    edits: [...deletions, ...edits],
    written: Object.fromEntries(Object.entries(written).sort(([one], [other]) => (one < other ? -1 : 1))),
  }
}

const byName = (one: PlannedProfile, other: PlannedProfile): number => (one.name < other.name ? -1 : 1)

const definedOf = (values: ProfileValues): ProfileValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

const formerValues = ({ profiles }: SharedConfig, name: string, values: ProfileValues): ProfileValues =>
  Object.fromEntries(Object.keys(values).map((key) => [key, findText(profiles.get(name), key)]))
