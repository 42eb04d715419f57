/** Finds out why a profile does not work: the files first, then outward to the portal. */

import type { Machine } from '../machine/machine.ts'
import { loadSettings, type TypedOptions } from '../shared-config/settings.ts'
import { checkCache } from './cache-check.ts'
import type { CauseName, Finding } from './causes.ts'
import { readConfigTexts } from './config-text.ts'
import { checkHelper } from './helper-check.ts'
import { budgetTime, type Diagnosis, type Inquiry, type SsoInquiry, type Step, watchMachine } from './inquiry.ts'
import { checkNetwork } from './network-check.ts'
import { checkPrecedence } from './precedence-check.ts'
import { checkLongTermKeys, checkProcess } from './process-check.ts'
import { checkProfile } from './profile-check.ts'
import { checkRole, type RoleStep, recallRole } from './role-check.ts'
import { checkSession } from './session-check.ts'

export interface Question {
  readonly options: TypedOptions
  /** Asks nothing of the network, and runs no program. */
  readonly offline: boolean
}

/** The diagnosis of a profile, within some fifteen seconds. Signs nobody in and changes no file of the person's. */
export async function diagnose(machine: Machine, { options, offline }: Question): Promise<Diagnosis> {
  const { texts, findings } = await readConfigTexts(machine)
  const files: Step = { step: 'files', seen: 'both files can be read', findings }
  if (findings.length > 0) return conclude(nameOf(machine, options), [files], offline)
  const settings = await loadSettings(machine, options)
  const watched = watchMachine(machine)
  const inquiry: Inquiry = { ...watched, settings, texts, offline, ...budgetTime(machine, settings) }
  const { found, ...profile } = checkProfile(inquiry)
  const helper = await checkHelper(inquiry)
  const steps: Step[] = [
    files,
    { ...profile, findings: [...profile.findings, ...helper] },
    await checkPrecedence(inquiry),
  ]
  if (found.kind === 'sso') steps.push(...(await checkSignIn({ ...inquiry, sso: found.sso }, machine)))
  if (found.kind === 'process' && !offline) steps.push(await checkProcess(inquiry, found.command))
  if (found.kind === 'long-term-keys' && !offline) steps.push(await checkLongTermKeys(inquiry))
  return conclude(settings.profileName, steps, offline)
}

const nameOf = ({ env }: Machine, { profile }: TypedOptions): string =>
  typeof profile === 'string' ? profile : (env['AWS_PROFILE'] ?? env['AWS_DEFAULT_PROFILE'] ?? 'default')

const isFaulty = ({ findings }: Step): boolean => findings.some(({ severity }) => severity === 'fault')

async function checkSignIn(inquiry: SsoInquiry, machine: Machine): Promise<readonly Step[]> {
  const { token, ...cache } = await checkCache(inquiry)
  const network = inquiry.offline ? undefined : await checkNetwork(inquiry)
  const asked: readonly Step[] = network ? [cache, network] : [cache]
  // What the cache holds is known to be wrong: neither its end nor its answer would tell anything.
  if (isFaulty(cache)) return asked
  const reachable = network !== undefined && !isFaulty(network)
  const { token: usable, ...session } = await checkSession(inquiry, token, reachable ? machine : undefined)
  const recalled = inquiry.offline ? await recallRole(inquiry) : undefined
  if (recalled) return [...asked, session, recalled]
  if (!reachable || !usable) return [...asked, session]
  return [...asked, session, await checkRole(inquiry, usable)]
}

/** A refusal for which a wrong region, seen before, is the likely reason. */
const BY_WRONG_REGION: ReadonlySet<CauseName> = new Set([
  'session-ended',
  'refresh-refused',
  'host-unknown',
  'unreachable',
  'no-identity-center',
  'service-refused',
])

function conclude(profile: string, steps: readonly Step[], offline: boolean): Diagnosis {
  const all = steps.flatMap(({ findings }) => findings)
  const refused = all.some(({ cause, severity }) => severity === 'fault' && BY_WRONG_REGION.has(cause))
  const raised = all.map(
    (each): Finding => (each.cause === 'wrong-region' && refused ? { ...each, severity: 'fault' } : each),
  )
  const causes = mergeRegions(raised).sort((one, other) => rankOf(one) - rankOf(other))
  const faulty = causes.some(({ severity }) => severity === 'fault')
  const role: RoleStep | undefined = steps.find(({ step }) => step === 'role')
  const verdict = faulty ? 'faulty' : offline ? 'unchecked' : 'healthy'
  return { profile, verdict, steps, causes, nearest: role?.nearest }
}

/** A wrong region is seen from several sides: whoever saw it last, from the network, knows the right one. */
function mergeRegions(findings: readonly Finding[]): Finding[] {
  const regions = findings.filter(({ cause }) => cause === 'wrong-region')
  const last = regions.at(-1)
  const others = findings.filter(({ cause }) => cause !== 'wrong-region')
  if (!last) return others
  return [...others, { ...last, evidence: [...new Set(regions.toReversed().flatMap(({ evidence }) => evidence))] }]
}

/** What explains other faults goes before them; a warning comes last. */
function rankOf({ cause, severity }: Finding): number {
  if (severity === 'warning') return 3
  return cause === 'clock-skew' ? 0 : cause === 'wrong-region' ? 1 : 2
}
