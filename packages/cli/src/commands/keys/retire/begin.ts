/** Begins retirements: finds the keys, plans, shows what would change, asks, and changes the files. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { groupByKey, type KeyPlaces, placeless } from '../../../long-term-keys/planning/found-keys.ts'
import { openPlanning } from '../../../long-term-keys/planning/plan-retirement.ts'
import type { PlanOptions, RetirementPlan } from '../../../long-term-keys/planning/retirement-plan.ts'
import { testRole } from '../../../long-term-keys/retirement/access-path.ts'
import { findRetirement, withRetirement, writeRetirement } from '../../../long-term-keys/retirement/journal.ts'
import { createRetirement } from '../../../long-term-keys/retirement/new-retirement.ts'
import { FINAL_STEPS, type Retirement } from '../../../long-term-keys/retirement/retirement.ts'
import type { Machine } from '../../../machine/machine.ts'
import { ArgumentRefusal } from '../../../problems/argument-refusal.ts'
import { isSsoProfile } from '../../../shared-config/profile.ts'
import { loadSettings, type Settings } from '../../../shared-config/settings.ts'
import { findText } from '../../../shared-config/shared-config.ts'
import { findOption, type OptionValues } from '../../command.ts'
import { searchComputer } from '../check/search-computer.ts'
import { type Act, mayTake } from './consent.ts'
import { refuseLoss } from './loss.ts'
import { formatBeginning, listObstacles } from './plan-words.ts'
import { parseDays, readConsent } from './retire-options.ts'
import { goOnSwapping } from './swap-now.ts'

const MOST_NAMES = 3

/** A key whose retirement is under way, and what was done for that now. */
export interface Begun {
  readonly accessKeyId: string
  readonly did: readonly Act[]
}

/** One that is under way is answered as it is; for another this computer is searched. Nothing where a person said no. */
export async function beginRetirement(
  machine: Machine,
  options: OptionValues,
  word: string,
): Promise<Begun | undefined> {
  const settings = await loadSettings(machine, options)
  const accessKeyId = idOf(word, settings)
  const former = await findRetirement(machine, accessKeyId)
  if (former && !FINAL_STEPS.includes(former.step)) return { accessKeyId, did: [] }
  refuseEnded(former, options)
  const keys = groupByKey(await searchComputer(machine, false))
  const key = keys.find((each) => each.accessKeyId === accessKeyId) ?? placeless(accessKeyId)
  const isBegun = await begin(machine, options, { settings, key, former })
  return isBegun ? { accessKeyId, did: ['swap'] } : undefined
}

/** A key's id, or the name of a profile that holds one. */
function idOf(word: string, { config }: Settings): string {
  if (/^AKIA[A-Z0-9]{12,}$/.test(word)) return word
  const profile = config.profiles.get(word) ?? config.credentials.get(word)
  const held = findText(config.credentials.get(word), 'aws_access_key_id') ?? findText(profile, 'aws_access_key_id')
  if (held?.startsWith('AKIA')) return held
  throw new ArgumentRefusal(
    profile
      ? `The profile "${word}" holds no long-term access key.`
      : `"${word}" is neither the id of a long-term access key nor a profile.`,
    'See which keys there are: mayfly keys find; and which are being retired: mayfly keys status',
  )
}

function refuseEnded(former: Retirement | undefined, options: OptionValues): void {
  if (options['close'] === true)
    throw new Refusal('not-found', 'There is no retirement under way that could be closed.')
  if (former?.step === 'deleted')
    throw new Refusal('conflict', `${former.accessKeyId} was deleted on ${former.since.toISOString().slice(0, 10)}.`, {
      hint: 'What still lies on this computer: mayfly keys find',
    })
}

interface Beginning {
  readonly settings: Settings
  readonly key: KeyPlaces
  readonly former: Retirement | undefined
}

/** False when a person said no. */
async function begin(machine: Machine, options: OptionValues, { settings, key, former }: Beginning): Promise<boolean> {
  const { accessKeyId } = key
  const wishes = readWishes(options, settings)
  const plan = await openPlanning(machine, settings, wishes).plan(key)
  const { profile } = plan
  refuseNothing(plan)
  if (!profile || plan.steps.length === 0) throw noWay(plan)
  const obstacles = listObstacles(plan, machine)
  if (options['json'] !== true) machine.terminal.write(formatBeginning(plan, machine))
  if (obstacles.length > 0 && options['force'] !== true)
    throw new Refusal('conflict', obstacles.join('\n'), {
      hint: `To go on all the same: mayfly keys retire ${accessKeyId} --force`,
    })
  refuseNowhere(plan, settings, options)
  if (options['yes'] === true && options['force'] !== true && wishes.permissionSet === undefined) refuseLoss(plan)
  // Before anything is changed: who cannot get in by the new way keeps the old one.
  await testRole(machine, options, profile, plan.accountId)
  const files = plan.edits.edits.length
  const prompt = `Change ${files === 1 ? 'this file' : `these ${files} files`} now? Each is backed up. [y/N]: `
  if (!(await mayTake(machine, 'swap', readConsent(options, machine), { accessKeyId, prompt }))) {
    machine.terminal.writeError('Nothing was done.\n')
    return false
  }
  const asProfile = findOption(options, 'as') ?? profile.profileName
  const { facts, accountId } = plan
  const agreed = { accessKeyId, accountId, facts, profile, edits: plan.edits.edits, asProfile, ...wishes }
  await withRetirement(machine, accessKeyId, async () => {
    const current = await findRetirement(machine, accessKeyId)
    // Another terminal was faster: its retirement counts.
    if (current && !FINAL_STEPS.includes(current.step)) return
    await writeRetirement(machine, createRetirement(agreed, current ?? former, machine.clock.now()))
  })
  await goOnSwapping(machine, options, accessKeyId)
  return true
}

/** Where no file changes, no profile is made either: there must be one under which the key can be switched off. */
function refuseNowhere(
  { accessKeyId, accountId, edits, profile }: RetirementPlan,
  { config }: Settings,
  options: OptionValues,
): void {
  if (edits.edits.length > 0 || findOption(options, 'as') !== undefined) return
  if (profile && config.profiles.has(profile.profileName)) return
  const own = [...config.profiles].filter(([, section]) => findText(section, 'sso_account_id') === accountId)
  const names = own.map(([name]) => `--as ${name}`).slice(0, MOST_NAMES)
  const lacks = names.length > 0 ? `has the role ${profile?.role.roleName}` : 'has its account'
  throw new Refusal('not-found', `No file of this computer would change for ${accessKeyId}, and no profile ${lacks}.`, {
    hint:
      names.length > 0
        ? `Name the profile to switch it off as: ${names.join(', or ')}`
        : 'Name the profile to switch it off as: --as PROFILE; to have one for each account: mayfly setup',
  })
}

/** `--profile` names the profile by hand: its role takes the key's place. */
function readWishes(options: OptionValues, { config }: Settings): PlanOptions {
  const profileName = findOption(options, 'profile')
  const section = profileName === undefined ? undefined : config.profiles.get(profileName)
  const roleName = isSsoProfile(section) ? findText(section, 'sso_role_name') : undefined
  return {
    soakDays: parseDays(findOption(options, 'soak'), '--soak'),
    restDays: parseDays(findOption(options, 'rest'), '--rest'),
    as: findOption(options, 'as'),
    permissionSet: findOption(options, 'permission-set') ?? roleName,
    profileName,
    deletesHistory: options['delete-history'] === true,
  }
}

/** A slip of the pen, or a key that is long gone: a retirement of it would wait for nothing. */
function refuseNothing({ accessKeyId, facts, found }: RetirementPlan): void {
  if (facts.state !== 'dead' || found.length > 0) return
  throw new Refusal('not-found', `${accessKeyId} is dead, and lies nowhere on this computer: there is nothing to do.`, {
    hint: 'See which keys there are: mayfly keys find',
  })
}

function noWay({ accessKeyId, replacement, obstacles }: RetirementPlan): Refusal {
  const why = replacement.none === undefined ? obstacles.join(' ') : replacement.advice
  return new Refusal('forbidden', `${accessKeyId} cannot be retired as things stand. ${why}`, {
    hint: `The whole plan: mayfly keys plan ${accessKeyId}`,
  })
}
