/** How much a user's policies let a thief do, roughly: enough to tell which key to take away first. */

import { parseDocument } from '../replacement/policy-statements.ts'

/**
 * `everything`: all actions, or IAM's own, by which everything is had. `wide`: whole services on any resource.
 * `narrow`: less than that. `nothing`: no policy at all. `unknown`: something could not be read.
 */
export type Breadth = 'everything' | 'wide' | 'narrow' | 'nothing' | 'unknown'

/** A policy on a user, or on one of its groups. */
export interface PolicyOnUser {
  readonly name: string
  readonly arn?: string
  /** JSON text. Absent where it was not, or could not be, read. */
  readonly document?: string
}

const ORDER: readonly Breadth[] = ['everything', 'wide', 'unknown', 'narrow', 'nothing']

/** Smaller is more to worry about. */
export const severityOf = (breadth: Breadth | undefined): number => ORDER.indexOf(breadth ?? 'unknown')

/** The widest of the policies. What is denied, bounded or conditional is not looked at: at most it is less. */
export const breadthOf = (policies: readonly PolicyOnUser[]): Breadth =>
  policies
    .map((policy) => breadthOfPolicy(policy))
    .reduce((widest, one) => (severityOf(one) < severityOf(widest) ? one : widest), 'nothing')

/** AWS's own policies say by their names what they are: their documents need not be asked for. */
export const isKnownByName = (arn: string): boolean => /^arn:[\w-]+:iam::aws:policy\//.test(arn)

function breadthOfPolicy({ name, arn, document }: PolicyOnUser): Breadth {
  if (arn !== undefined && isKnownByName(arn)) {
    if (/^(AdministratorAccess|IAMFullAccess)$/.test(name)) return 'everything'
    return /FullAccess|PowerUser|^AdministratorAccess|^SystemAdministrator$|^DatabaseAdministrator$/.test(name)
      ? 'wide'
      : 'narrow'
  }
  const statements = document === undefined ? undefined : parseDocument(document)
  if (!statements) return 'unknown'
  let widest: Breadth = statements.length === 0 ? 'nothing' : 'narrow'
  for (const { effect, actions, resources } of statements) {
    const isAnywhere = resources.but || resources.of.some((resource) => /^\*$|^arn:\*/.test(resource))
    if (effect !== 'Allow' || !isAnywhere) continue
    if (!actions.but && actions.of.some((action) => /^(\*+(:\*+)?|iam:\*+)$/.test(action))) return 'everything'
    if (actions.but || actions.of.some((action) => /^[\w-]+:\*+$/.test(action))) widest = 'wide'
  }
  return widest
}
