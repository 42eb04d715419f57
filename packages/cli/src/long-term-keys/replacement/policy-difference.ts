/** What one principal may do and another may not, by the patterns of their policies. */

import { covers, overlaps } from './pattern-cover.ts'
import {
  createPatterns,
  type Patterns,
  type PolicyStatement,
  type PrincipalPolicies,
  textOfStatement,
} from './policy-statements.ts'
import type { Rights } from './replacement.ts'

/** One pattern of actions on one pattern of resources, or everything but some. */
interface Unit {
  readonly actions: Patterns
  readonly resources: Patterns
  /** Under which it is held: whoever has it under the same has as much. */
  readonly conditionText: string
}

/** Whether a unit is allowed: whole, not at all, or nobody can say without the request. */
type Verdict = { readonly is: 'allowed' | 'refused' } | { readonly is: 'conditional'; readonly why: string }

/**
 * What `held` allows and `wanted` does not, statement by statement. What hangs on conditions, on a denial of a part, on a
 * boundary or on several statements together is told as lost and conditional: nobody is promised what he may not get.
 */
export function findLostRights(held: PrincipalPolicies, wanted: PrincipalPolicies): readonly Rights[] {
  const lost = new Map<string, { actions: string[]; resources: string[]; conditional?: string }>()
  // What both are denied in the same words is lost to neither.
  const denied = new Set(held.statements.filter(({ effect }) => effect === 'Deny').map(textOfStatement))
  const others = wanted.statements.filter((statement) => !denied.has(textOfStatement(statement)))
  for (const statement of held.statements) {
    if (statement.effect === 'Deny') continue
    for (const { unit, action, resource } of listUnits(statement)) {
      const own = judgeOwn(unit, statement, held)
      if (own.is === 'refused') continue
      const other = judge(unit, { ...wanted, statements: others })
      if (other.is === 'allowed') continue
      const reasons = [own, other].flatMap((verdict) => (verdict.is === 'conditional' ? [verdict.why] : []))
      const conditional = reasons.join('; ')
      const key = `${action}\n${conditional}`
      const rights = lost.get(key) ?? { actions: [action], resources: [], ...(conditional !== '' && { conditional }) }
      if (!rights.resources.includes(resource)) rights.resources.push(resource)
      lost.set(key, rights)
    }
  }
  return mergeByResources([...lost.values()])
}

/** Rights on the same resources, for the same reason, are one. */
function mergeByResources(rights: readonly Rights[]): readonly Rights[] {
  const groups = Map.groupBy(rights, ({ resources, conditional = '' }) => `${resources.join('\n')}\n\n${conditional}`)
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, actions: [...new Set([first, ...others].flatMap(({ actions }) => actions))] }] : [],
  )
}

/** The parts of a statement: what is a list without `but` comes apart. */
function listUnits(statement: PolicyStatement) {
  const { actions, writtenActions, resources, conditionText } = statement
  const parts = actions.but
    ? [{ actions, action: `all but ${writtenActions.join(', ')}` }]
    : actions.of.map((of, index) => ({ actions: createPatterns([of], false), action: writtenActions[index] ?? of }))
  const places = resources.but
    ? [{ resources, resource: `all but ${resources.of.join(', ')}` }]
    : resources.of.map((of) => ({ resources: createPatterns([of], false), resource: of }))
  return parts.flatMap(({ action, actions: some }) =>
    places.map(({ resource, resources: where }) => ({
      unit: { actions: some, resources: where, conditionText },
      action,
      resource,
    })),
  )
}

/** What is left of a right of one's own: a denial, the boundary and the statement's conditions count. */
function judgeOwn(unit: Unit, { conditions }: PolicyStatement, { statements, boundary }: PrincipalPolicies): Verdict {
  const denied = judgeDenials(unit, statements)
  if (denied.is === 'refused') return denied
  const bounded = boundary ? judgeBoundary(unit, boundary) : ALLOWED
  if (bounded.is === 'refused') return bounded
  const why = [
    ...(conditions.length > 0 ? [`the key has it under conditions on ${conditions.join(', ')}`] : []),
    ...[denied, bounded].flatMap((verdict) => (verdict.is === 'conditional' ? [`of the key: ${verdict.why}`] : [])),
  ]
  return why.length === 0 ? ALLOWED : { is: 'conditional', why: why.join('; ') }
}

const ALLOWED: Verdict = { is: 'allowed' }
const REFUSED: Verdict = { is: 'refused' }

/** What a principal may do of a unit. */
function judge(unit: Unit, { statements, boundary, unread }: PrincipalPolicies): Verdict {
  const allowed = judgeAllowed(unit, statements)
  if (allowed.is === 'refused') {
    return unread.length === 0 ? REFUSED : { is: 'conditional', why: `${unread.join(', ')} could not be read` }
  }
  const denied = judgeDenials(unit, statements)
  if (denied.is === 'refused') return REFUSED
  const bounded = boundary ? judgeBoundary(unit, boundary) : ALLOWED
  if (bounded.is === 'refused') return REFUSED
  const why = [allowed, denied, bounded].flatMap((verdict) => (verdict.is === 'conditional' ? [verdict.why] : []))
  return why.length === 0 ? ALLOWED : { is: 'conditional', why: why.join('; ') }
}

function judgeAllowed(unit: Unit, statements: readonly PolicyStatement[]): Verdict {
  const allows = statements.filter(({ effect }) => effect === 'Allow')
  const whole = allows.filter((statement) => coversUnit(statement, unit))
  if (whole.some(({ conditions, conditionText }) => conditions.length === 0 || conditionText === unit.conditionText))
    return ALLOWED
  const [conditional] = whole
  if (conditional) return { is: 'conditional', why: `allowed under conditions on ${conditional.conditions.join(', ')}` }
  const parts = allows.filter((statement) => touchesUnit(statement, unit))
  if (parts.length === 0) return REFUSED
  return { is: 'conditional', why: `allowed in part: ${describeParts(parts, unit)}` }
}

/** Some of what is allowed of a unit, in the words of the policy. */
function describeParts(parts: readonly PolicyStatement[], unit: Unit): string {
  const words = parts.flatMap(({ actions, writtenActions, resources }) => {
    const where = resources.but || resources.of.includes('*') ? '' : ` on ${resources.of.slice(0, 2).join(', ')}`
    const touching = writtenActions.filter((_, index) =>
      touches(createPatterns([actions.of[index] ?? ''], false), unit.actions),
    )
    const said = actions.but ? [`all but ${writtenActions.join(', ')}`] : touching
    return said.map((action) => `${action}${where}`)
  })
  const first = [...new Set(words)]
  const more = first.length - MOST_PARTS
  return `${first.slice(0, MOST_PARTS).join(', ')}${more > 0 ? `, and ${more} more` : ''}`
}

const MOST_PARTS = 3

function judgeDenials(unit: Unit, statements: readonly PolicyStatement[]): Verdict {
  const denials = statements.filter((statement) => statement.effect === 'Deny' && touchesUnit(statement, unit))
  if (denials.some((statement) => statement.conditions.length === 0 && coversUnit(statement, unit))) return REFUSED
  const [first] = denials
  if (!first) return ALLOWED
  const { actions, writtenActions, conditions } = first
  const what = actions.but ? `all but ${writtenActions.join(', ')}` : writtenActions.slice(0, MOST_PARTS).join(', ')
  const when = conditions.length === 0 ? '' : ` under conditions on ${conditions.join(', ')}`
  return { is: 'conditional', why: `${what} denied${when}` }
}

function judgeBoundary(unit: Unit, boundary: readonly PolicyStatement[]): Verdict {
  const allowed = judgeAllowed(unit, boundary)
  const denied = judgeDenials(unit, boundary)
  if (allowed.is === 'refused' || denied.is === 'refused') return REFUSED
  return allowed.is === 'allowed' && denied.is === 'allowed'
    ? ALLOWED
    : { is: 'conditional', why: 'only in part within the permissions boundary' }
}

const coversUnit = (statement: PolicyStatement, unit: Unit): boolean =>
  coversAll(statement.actions, unit.actions) && coversAll(statement.resources, unit.resources)

const touchesUnit = (statement: PolicyStatement, unit: Unit): boolean =>
  touches(statement.actions, unit.actions) && touches(statement.resources, unit.resources)

/** Whether all that `specific` means lies in `general`. A variable has a value that nobody knows here. */
function coversAll(general: Patterns, specific: Patterns): boolean {
  if (!specific.but) {
    return specific.of.every((pattern) => {
      const any = asAny(pattern)
      return general.but
        ? !general.near(any).some((excluded) => overlaps(asAny(excluded), any))
        : general.near(any).some((each) => each === pattern || (!each.includes('${') && covers(each, any)))
    })
  }
  if (!general.but) return general.of.includes('*')
  // Whoever leaves out less, covers more.
  return general.of.every((excluded) => specific.of.some((each) => covers(each, excluded)))
}

/** Whether something that one means may lie in the other. */
function touches(one: Patterns, other: Patterns): boolean {
  if (one.but && other.but) return true
  if (one.but) return other.of.some((pattern) => !isExcluded(pattern, one))
  if (other.but) return one.of.some((pattern) => !isExcluded(pattern, other))
  return other.of.some((pattern) => {
    const any = asAny(pattern)
    return one.near(any).some((each) => overlaps(asAny(each), any))
  })
}

const isExcluded = (pattern: string, { of }: Patterns): boolean =>
  of.some((excluded) => covers(excluded, asAny(pattern)))

/** `${aws:username}` may be any text. */
const asAny = (pattern: string): string => (pattern.includes('${') ? pattern.replace(/\$\{[^}]*\}/g, '*') : pattern)
