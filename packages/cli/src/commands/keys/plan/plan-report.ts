/** The plan of a retirement as a person reads it. */

import { between, days } from '@mayfly/identity-center/duration'
import type { PlannedStep, RetirementPlan } from '../../../long-term-keys/planning/retirement-plan.ts'
import type { Replacement, Rights } from '../../../long-term-keys/replacement/replacement.ts'
import { FINAL_STEPS, type Retirement } from '../../../long-term-keys/retirement/retirement.ts'
import { formatAge, formatLastUse } from '../find/key-age.ts'
import { formatRetired } from '../find/known-words.ts'
import { formatPlace } from '../find/place-words.ts'
import { formatEdits, type PlanSurroundings, plural } from './format-edits.ts'
import { cutText, wrapAdvice, wrapText } from './wrapped-text.ts'

/** More than these are counted. */
const MOST_RIGHTS = 8
const MOST_PLACES = 20

/** `retirement`: what is being done, or was done, to the key already. */
export function formatPlan(plan: RetirementPlan, where: PlanSurroundings, retirement?: Retirement): string {
  const { columns } = where
  const isUnderWay = retirement !== undefined && !FINAL_STEPS.includes(retirement.step)
  const isDeleted = retirement?.step === 'deleted'
  return [
    `${plan.accessKeyId}\n`,
    ...(retirement ? formatRetired(retirement) : []).map((line) => `${line}\n`),
    ...describeKey(plan, where).map(([name, text]) => wrapText(text, columns, `  ${name.padEnd(10)} `)),
    ...(plan.replacement.none === undefined ? describeReplacement(plan.replacement, where) : []),
    ...plan.obstacles.map((obstacle) => wrapText(obstacle, columns, '  In the way ')),
    plan.edits.edits.length + plan.edits.byHand.length === 0 ? listPlaces(plan, where) : formatEdits(plan.edits, where),
    formatSnippets(plan, where),
    // It goes on as it was begun; of a deleted key no more than lines are left to be taken out.
    isUnderWay || isDeleted ? '' : formatSteps(plan, where),
  ].join('')
}

function describeKey(
  { accountId, facts }: RetirementPlan,
  { now }: PlanSurroundings,
): readonly (readonly [string, string])[] {
  const { state, reason, isRoot, isCanary, arn, userName, createdAt, lastUsed, ownUses } = facts
  const whose = isRoot ? 'the root user: an emergency' : (arn ?? userName)
  return [
    ['Account', accountId ?? 'not known'],
    ...(whose === undefined ? [] : [['Owner', whose] as const]),
    ['State', `${isCanary ? 'canary' : state} (${reason})`],
    ...(createdAt
      ? [['Created', `${createdAt.toISOString().slice(0, 10)} (${formatAge(createdAt, now)})`] as const]
      : []),
    ['Last used', formatLastUse(lastUsed, ownUses, now)],
  ]
}

function describeReplacement(replacement: Replacement, where: PlanSurroundings): readonly string[] {
  const { profileName, role, roleName, why, difference, alternatives } = replacement
  const { columns } = where
  const through = role.sessionName === undefined ? role.startUrl : `sso-session ${role.sessionName}`
  const others = alternatives.slice(0, MOST_RIGHTS).map((each) => each.roleName)
  return [
    wrapText(`profile ${profileName}: ${roleName} in ${role.accountId}, through ${through}`, columns, '  Becomes    '),
    wrapText(why, columns, '             '),
    ...describeRights('Loses', difference.lost, columns),
    ...describeRights('Gains', difference.gained, columns),
    ...(difference.known === 'both' ? [] : [wrapText(UNKNOWN[difference.known], columns, '  Not known  ')]),
    ...(others.length > 0 ? [wrapText(`--permission-set ${others.join(', ')}`, columns, '  Or         ')] : []),
  ]
}

const UNKNOWN = {
  key: 'What the permission set allows could not be read: compare it yourself.',
  set: "What the key's policies allow could not be read: compare it yourself.",
  neither: 'Neither what the key allows nor what the permission set allows could be read: compare it yourself.',
} as const

function describeRights(name: string, rights: readonly Rights[], columns: number): readonly string[] {
  const more = rights.length - MOST_RIGHTS
  const texts = rights.slice(0, MOST_RIGHTS).map(({ actions, resources, conditional }) => {
    const on = resources.every((resource) => resource === '*') ? '' : ` on ${resources.join(', ')}`
    const what = actions.includes('*') ? 'everything' : actions.join(', ')
    return `${what}${on}${conditional === undefined ? '' : ` (${conditional})`}`
  })
  return [...texts, ...(more > 0 ? [`and ${more} more`] : [])].map((text, index) =>
    wrapText(text, columns, `  ${(index === 0 ? name : '').padEnd(10)} `),
  )
}

/** For a machine no person's sign-in takes the key's place. In full, lines are as they are pasted: none is broken. */
function formatSnippets(
  { accessKeyId, snippets = [] }: RetirementPlan,
  { columns, withSnippets = false }: PlanSurroundings,
): string {
  if (snippets.length === 0) return ''
  const shown = snippets.map(({ heading, lines }) =>
    [
      wrapText(heading, columns, '    '),
      ...(withSnippets ? lines.map((line) => `      ${cutText(line, 2000)}\n`) : []),
    ].join(''),
  )
  const more = withSnippets
    ? ''
    : wrapAdvice(`The lines to paste: mayfly keys plan ${accessKeyId} --snippets`, columns, '    ')
  return `\n  A role of its own, where a machine uses the key\n${shown.join(withSnippets ? '\n' : '')}${more}`
}

/** Where nothing takes the key's place yet, nothing can be said of each place but that it is one. */
function listPlaces({ found }: RetirementPlan, { home, columns }: PlanSurroundings): string {
  const lines = found.map(({ place }) => `    ${cutText(formatPlace(place, home), columns - 4)}\n`)
  const more = lines.length - MOST_PLACES
  const rest = more > 0 ? `    … and ${plural(more, 'more place')}\n` : ''
  return lines.length === 0 ? '' : `\n  Lies in\n${lines.slice(0, MOST_PLACES).join('')}${rest}`
}

function formatSteps(plan: RetirementPlan, { now, columns }: PlanSurroundings): string {
  if (plan.steps.length === 0) return ''
  const lines = plan.steps.map(({ step, at }) => {
    const [name, text] = describeStep(plan, step, between(now, at) < days(1) ? '' : at.toISOString().slice(0, 10))
    return wrapAdvice(text, columns, `    ${name.padEnd(10)} `)
  })
  return `\n  Next\n${lines.join('')}`
}

/** `day` is empty for today. */
function describeStep(
  { accessKeyId, edits }: RetirementPlan,
  step: PlannedStep['step'],
  day: string,
): readonly [string, string] {
  const from = day === '' ? 'at once' : `from ${day} on`
  switch (step) {
    case 'swap': {
      const what = edits.edits.length === 0 ? 'no file changes' : 'files change, with backups, and the profile is tried'
      return ['Swap', `${what}: mayfly keys retire ${accessKeyId}`]
    }
    case 'soak':
      return ['Soak', day === '' ? 'none' : `until ${day}: each use of the key begins it anew`]
    case 'deactivate':
      return ['Deactivate', from]
    case 'delete':
      return ['Delete', `${from}; until then the way back is: mayfly keys undo ${accessKeyId}`]
  }
}
