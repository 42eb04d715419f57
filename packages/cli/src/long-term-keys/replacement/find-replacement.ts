/** Finds what takes a key's place: the nearest permission set that the person is granted in the key's account. */

import type { Machine } from '../../machine/machine.ts'
import { DEFAULT_TEMPLATE, parseTemplate } from '../../profiles/name-template.ts'
import { nameProfiles } from '../../profiles/profile-names.ts'
import type { ProfileRole } from '../../shared-config/profile-form.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { findText } from '../../shared-config/shared-config.ts'
import { signInHint } from '../../sign-in/sign-in-required.ts'
import { type AccountReach, type AccountReaches, openReaches, roleOf } from '../inquiry/account-reach.ts'
import type { KeyFacts } from '../inquiry/key-facts.ts'
import {
  canaryAdvice,
  noAccountAdvice,
  noSetAdvice,
  notGrantedAdvice,
  rootAdvice,
  signedOutAdvice,
  unknownAccountAdvice,
} from './no-replacement.ts'
import { openPermissionSets, openPredefined } from './permission-set-policies.ts'
import { parsePolicies } from './policy-statements.ts'
import { rankSets } from './rank.ts'
import type { Candidate, NoReplacement, Replacement } from './replacement.ts'

export interface ReplacementOptions {
  /** `--permission-set`: this one, whatever it lacks. */
  readonly permissionSet?: string | undefined
  /** The profile that holds the key: its name is to keep working. */
  readonly keptName?: string | undefined
}

export interface Replacements {
  find(facts: KeyFacts, options?: ReplacementOptions): Promise<Replacement | NoReplacement>
}

/** For many keys: each account is asked for once, and each permission set read once. `offline` asks nobody. */
export function openReplacements(
  machine: Machine,
  settings: Settings,
  { offline = false }: { readonly offline?: boolean } = {},
): Replacements {
  const reachesOf = openReaches(machine, settings, { offline })
  const readPermissionSet = openPermissionSets(machine, settings, { offline })

  return {
    async find(facts, { permissionSet, keptName } = {}) {
      const { accountId } = facts
      if (facts.isCanary) return canaryAdvice
      if (facts.isRoot) return rootAdvice(accountId)
      if (accountId === undefined) return unknownAccountAdvice
      const found = await reachesOf(accountId)
      const granted = found.reaches.filter(({ roles }) => roles.length > 0)
      if (granted.length === 0) return adviseWithout(machine, facts, found)
      const sets = granted.flatMap((reach) => reach.roles.map((roleName) => ({ reach, roleName })))
      const wanted = permissionSet?.toLowerCase()
      if (wanted !== undefined && !sets.some(({ roleName }) => roleName.toLowerCase() === wanted)) {
        return notGrantedAdvice(facts, permissionSet ?? '', [...new Set(sets.map(({ roleName }) => roleName))])
      }
      const policies = await Promise.all(sets.map(({ reach, roleName }) => readPermissionSet(reach, roleName, granted)))
      const candidates = rankSets(facts, policies, await openPredefined()).map(
        ({ set: { reach, roleName }, difference, why }): Candidate => ({
          roleName,
          role: roleOf(reach, roleName),
          difference,
          why,
        }),
      )
      const chosen = candidates.find(({ roleName }) => roleName.toLowerCase() === wanted) ?? candidates[0]
      if (!chosen) return noSetAdvice(facts, [])
      return {
        ...chosen,
        profileName: keptName ?? nameFor(settings, chosen.role, granted),
        alternatives: candidates.filter((candidate) => candidate !== chosen),
      }
    },
  }
}

/** One key. `openReplacements` is for several. */
export const findReplacement = (
  machine: Machine,
  settings: Settings,
  facts: KeyFacts,
  options: ReplacementOptions & { readonly offline?: boolean } = {},
): Promise<Replacement | NoReplacement> => openReplacements(machine, settings, options).find(facts, options)

/** Nothing is granted: whether somebody must sign in first, or ask for an assignment. */
function adviseWithout(machine: Machine, facts: KeyFacts, { reaches, unasked }: AccountReaches): NoReplacement {
  const wanted = parsePolicies(facts.policies?.policies ?? []).statements
  if (reaches.length > 0) return noSetAdvice(facts, wanted)
  if (unasked.length === 0) return noAccountAdvice(facts, wanted)
  return signedOutAdvice(
    unasked.map(({ session, sso }) => ({ session, hint: signInHint(sso, undefined, machine.platform) })),
  )
}

/** The name of a profile that has this role already, else the one that `setup` would give it. */
function nameFor({ config }: Settings, role: ProfileRole, granted: readonly AccountReach[]): string {
  const place = Object.entries({
    sso_session: role.sessionName,
    sso_start_url: role.startUrl,
    sso_account_id: role.accountId,
    sso_role_name: role.roleName,
  })
  for (const [name, profile] of config.profiles)
    if (place.every(([key, value]) => value === undefined || findText(profile, key) === value)) return name
  const reach = granted.find(({ sso }) => sso.sessionName === role.sessionName)
  const { accountId, roleName } = role
  const accountName = reach?.accountName
  const grant = { accountId, roleName, ...(accountName !== undefined && { accountName }) }
  const names = nameProfiles([grant], {
    template: parseTemplate(DEFAULT_TEMPLATE),
    sessionName: role.sessionName ?? role.startUrl,
    kept: new Map(),
    taken: config.profiles.keys(),
  })
  return [...names.values()][0] ?? `${accountId}-${roleName}`
}
