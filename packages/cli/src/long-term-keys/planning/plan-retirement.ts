/** Puts together what retiring a key means: what AWS says of it, what takes its place, which files change. */

import { after, days } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { findText, type SharedConfig } from '../../shared-config/shared-config.ts'
import type { EditPlan } from '../edits/file-edit.ts'
import { planEdits, type ReplacingProfile } from '../edits/plan-edits.ts'
import { openInquiry } from '../inquiry/inquire-key.ts'
import type { KeyFacts } from '../inquiry/key-facts.ts'
import { type KnownKey, readKnownKeys } from '../inquiry/known-keys.ts'
import { readOwnUses } from '../inquiry/own-uses.ts'
import { accountOfKeyId } from '../key/access-key-id.ts'
import type { FoundKey } from '../key/found-key.ts'
import { openReplacements } from '../replacement/find-replacement.ts'
import { adviseMachines } from '../replacement/machine-advice.ts'
import type { KeyPlaces } from './found-keys.ts'
import type { PlannedStep, PlanOptions, RetirementPlan } from './retirement-plan.ts'

export interface Planning {
  /** Writes nothing, but for what asking leaves behind: a note that we used the key ourselves. */
  plan(key: KeyPlaces): Promise<RetirementPlan>
}

/** Plans of several keys: each account is asked for once. */
export function openPlanning(machine: Machine, settings: Settings, options: PlanOptions): Planning {
  const { offline = false, as, noSigning = false, permissionSet, profileName } = options
  const inquiry = openInquiry(machine, settings, { as, signing: noSigning ? 'never' : 'when-needed' })
  const replacements = openReplacements(machine, settings, { offline })
  return {
    async plan(key) {
      const holder = findHolder(settings.config, key.accessKeyId)
      const keptName = profileName ?? holder
      const facts = offline ? await rememberedFacts(machine, key) : await inquiry.inquire(questionOf(key, holder))
      const replacement = await replacements.find(facts, { permissionSet, keptName })
      const accountId = facts.accountId ?? accountOfKeyId(key.accessKeyId)
      const { accessKeyId, found } = key
      const snippets = facts.isCanary ? [] : await adviseMachines(machine, { found, facts, region: settings.region })
      const plan = { accessKeyId, found, facts, replacement, snippets, ...(accountId && { accountId }) }
      if (replacement.none !== undefined)
        return { ...plan, edits: NOTHING_EDITED, steps: [], obstacles: [replacement.advice] }
      const profile = { profileName: replacement.profileName, role: replacement.role }
      const { edits, obstacles } = await planFiles(machine, key.found, profile, options)
      const steps = obstacles.length > 0 ? [] : stepsFrom(machine.clock.now(), options)
      return { ...plan, profile, edits, obstacles, steps }
    },
  }
}

/** The profile that holds the key: `default` when it does, for that is what works without a name. */
function findHolder({ profiles }: SharedConfig, accessKeyId: string): string | undefined {
  const holders = [...profiles].filter(([, profile]) => findText(profile, 'aws_access_key_id') === accessKeyId)
  const names = holders.map(([name]) => name)
  return names.includes('default') ? 'default' : names[0]
}

const questionOf = ({ accessKeyId, isCanary, found }: KeyPlaces, profileName: string | undefined) => ({
  accessKeyId,
  isCanary,
  secret: found.find(({ secret }) => secret !== undefined)?.secret,
  profileName,
})

/** Nobody is asked; what keys check was last told is known. */
async function rememberedFacts(machine: Machine, { accessKeyId, isCanary }: KeyPlaces): Promise<KeyFacts> {
  const accountId = accountOfKeyId(accessKeyId)
  const known = (await readKnownKeys(machine)).get(accessKeyId)
  return {
    accessKeyId,
    ...(accountId !== undefined && { accountId }),
    state: 'unknown',
    reason: known ? `nobody was asked now; ${describeKnown(known)}` : 'nobody was asked',
    ...(known?.userName !== undefined && { userName: known.userName }),
    ...(known?.lastUsed && { lastUsed: known.lastUsed }),
    isRoot: false,
    isCanary,
    otherKeys: [],
    tags: [],
    cannot: [],
    askedAs: [],
    ownUses: await readOwnUses(machine, accessKeyId),
  }
}

const describeKnown = ({ askedAt, state }: KnownKey): string =>
  `on ${askedAt.toISOString().slice(0, 10)} it was ${state}`

async function planFiles(
  machine: Machine,
  found: readonly FoundKey[],
  profile: ReplacingProfile,
  { deletesHistory = false }: PlanOptions,
): Promise<{ readonly edits: EditPlan; readonly obstacles: readonly string[] }> {
  try {
    const edits = await planEdits(machine, found, profile, { deletesHistory })
    return { edits, obstacles: edits.obstacle === undefined ? [] : [edits.obstacle] }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const hint = error.hint === undefined ? [] : [error.hint]
    return { edits: NOTHING_EDITED, obstacles: [[error.message, ...hint].join(' ')] }
  }
}

const NOTHING_EDITED: EditPlan = { edits: [], byHand: [] }

function stepsFrom(now: Date, { soakDays, restDays }: PlanOptions): readonly PlannedStep[] {
  const soaked = after(now, days(soakDays))
  return [
    { step: 'swap', at: now },
    { step: 'soak', at: soaked },
    { step: 'deactivate', at: soaked },
    { step: 'delete', at: after(soaked, days(restDays)) },
  ]
}
