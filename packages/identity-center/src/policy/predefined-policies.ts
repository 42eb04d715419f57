/** The policies that AWS manages, as we derive them from what each action does (tools/derive-managed-policies.ts). */

import written from './predefined/managed-policies.json' with { type: 'json' }

export interface PredefinedPolicy {
  /** `arn:aws:iam::aws:policy/job-function/Billing` */
  readonly arn: string
  readonly name: string
  /** `/job-function/` */
  readonly path: string
  /** The policy document as JSON text. */
  readonly document: string
}

type Patterns = Readonly<Record<string, string>>

interface WrittenStatement {
  readonly effect: string
  readonly actions?: Patterns
  readonly notActions?: Patterns
  readonly condition?: object
}

/** In every partition the same policies are managed. */
const partitionless = (arn: string): string => arn.replace(/^arn:[\w-]+:/, 'arn:aws:')

/** The policy of that ARN, in any partition; undefined for one that we have not derived. */
export function findPredefinedPolicy(arn: string): PredefinedPolicy | undefined {
  const wanted = partitionless(arn)
  const found = written.policies.find((policy) => policy.arn === wanted)
  return found && describePolicy(found)
}

export const listPredefinedPolicies = (): PredefinedPolicy[] => written.policies.map(describePolicy)

/** `arn:aws:iam::aws:policy/<path><name>`: what stands behind `policy`, apart. */
export function nameOfManagedPolicy(arn: string): { readonly name: string; readonly path: string } {
  const place = arn.slice(arn.indexOf(':policy/') + ':policy'.length)
  const slash = place.lastIndexOf('/')
  return { name: place.slice(slash + 1), path: place.slice(0, slash + 1) }
}

function describePolicy({
  arn,
  statements,
}: {
  arn: string
  statements: readonly WrittenStatement[]
}): PredefinedPolicy {
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements.map(toStatement) })
  return { arn, ...nameOfManagedPolicy(arn), document }
}

const toStatement = ({ effect, actions, notActions, condition }: WrittenStatement): object => ({
  Effect: effect,
  ...(actions ? { Action: toActions(actions) } : {}),
  ...(notActions ? { NotAction: toActions(notActions) } : {}),
  Resource: '*',
  ...(condition ? { Condition: condition } : {}),
})

const toActions = (patterns: Patterns): string[] =>
  Object.entries(patterns).flatMap(([service, names]) =>
    names.split(' ').map((name) => (service === '*' ? '*' : `${service}:${name}`)),
  )
