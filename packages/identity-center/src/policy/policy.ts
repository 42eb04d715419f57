/** A policy document, read and compiled: ready to be asked thousands of times. */

import type { ActionSet } from './action-set.ts'
import type { Condition } from './condition.ts'
import type { PrincipalSet } from './principal-set.ts'
import type { ConditionContext } from './request.ts'

/**
 * What a document is for, which decides what may stand in it: `identity` (managed, inline, boundary), `session`,
 * `service-control`, `resource`, and `trust`, a role's own resource policy.
 */
export type PolicyKind = 'identity' | 'session' | 'service-control' | 'resource' | 'trust'

export type PolicyVersion = '2012-10-17' | '2008-10-17'

/** Whether the statement is about this resource; undefined when `NotResource` hangs on a variable that has no value. */
export type ResourceSet = (resource: string, context: ConditionContext) => boolean | undefined

export interface Statement {
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
  readonly coversAction: ActionSet
  readonly coversResource: ResourceSet
  /** Only in resource and trust policies. */
  readonly coversPrincipal?: PrincipalSet
  readonly conditions: readonly Condition[]
}

export interface Policy {
  readonly kind: PolicyKind
  readonly version: PolicyVersion
  readonly statements: readonly Statement[]
  /** Whether it asks for the tags of a resource, which are read for nobody else. */
  readonly asksForResourceTags: boolean
}
