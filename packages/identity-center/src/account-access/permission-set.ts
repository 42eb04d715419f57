/** A permission set and what is attached to it. */

import type { Duration } from '../duration.ts'
import type { InstanceArn, PermissionSetArn } from '../identifiers.ts'
import { type Random, randomHex } from '../random.ts'
import { DEFAULT_SESSION_DURATION, formatSessionDuration, parseSessionDuration } from './session-duration.ts'

/** An IAM policy that is looked up in each account, by its name and its path (`/`, `/team/`). */
export interface CustomerManagedPolicyReference {
  readonly name: string
  readonly path: string
}

/** The most that a role may do, whatever its policies allow: one policy, AWS's or the account's own. */
export type PermissionsBoundary =
  | { readonly managedPolicyArn: string; readonly customerManagedPolicy?: never }
  | { readonly customerManagedPolicy: CustomerManagedPolicyReference; readonly managedPolicyArn?: never }

/** What reaches an account when the permission set is provisioned there. */
export interface PermissionSetPolicies {
  /** ARNs of AWS managed policies, in the order in which they were attached. */
  readonly managedPolicies: readonly string[]
  readonly customerManagedPolicies: readonly CustomerManagedPolicyReference[]
  /** A policy document as JSON text. */
  readonly inlinePolicy?: string
  readonly permissionsBoundary?: PermissionsBoundary
}

export interface PermissionSet extends PermissionSetPolicies {
  readonly arn: PermissionSetArn
  readonly instanceArn: InstanceArn
  /** What the portal calls `roleName`. */
  readonly name: string
  readonly description?: string
  /** How long role credentials live: 1 to 12 hours. Counts at once, without provisioning. */
  readonly sessionDuration: Duration
  /** As it was written, where that is not how `formatSessionDuration` writes it: tools compare it letter by letter. */
  readonly sessionDurationText?: string
  /** A console address to open first. Counts at once, without provisioning. */
  readonly relayState?: string
  readonly createdAt: Date
  /** From 1, one more with every change. An account that carries a lower one is not up to date (§3.6). */
  readonly version: number
}

/** The policies as they were after one change: what an account goes by until the set is provisioned there again. */
export interface PermissionSetVersion extends PermissionSetPolicies {
  readonly permissionSetArn: PermissionSetArn
  readonly version: number
}

/** What a person decides about a permission set besides its policies. */
export interface PermissionSetSettings {
  readonly description?: string | undefined
  /** ISO 8601, 1 to 12 hours. */
  readonly sessionDuration?: string | undefined
  readonly relayState?: string | undefined
}

interface NewPermissionSet extends PermissionSetSettings {
  readonly instanceArn: InstanceArn
  readonly name: string
}

/** Without policies, and good for an hour when nothing else is said. Refuses with `invalid` a wrong session duration. */
export function createPermissionSet(
  { instanceArn, name, description, sessionDuration, relayState }: NewPermissionSet,
  createdAt: Date,
  random: Random,
): PermissionSet {
  return {
    arn: createPermissionSetArn(instanceArn, randomHex(random, 16)),
    instanceArn,
    name,
    ...(description === undefined ? {} : { description }),
    ...readSessionDuration(sessionDuration),
    ...(relayState === undefined ? {} : { relayState }),
    managedPolicies: [],
    customerManagedPolicies: [],
    createdAt,
    version: 1,
  }
}

/** The permission set of that instance with sixteen hexadecimal digits. */
export function createPermissionSetArn(instanceArn: InstanceArn, id: string): PermissionSetArn {
  const [service = '', instanceId = ''] = instanceArn.split('instance/')
  return `${service}permissionSet/${instanceId}/ps-${id}` as PermissionSetArn
}

/** `ps-<16 hex>` */
export const permissionSetIdOf = (arn: PermissionSetArn): string => arn.slice(arn.lastIndexOf('/') + 1)

/** What is not said stays as it is, but for the relay state: that one is cleared (§1.10). */
export function updatePermissionSet(
  { relayState: _, sessionDurationText, ...set }: PermissionSet,
  { description, sessionDuration, relayState }: PermissionSetSettings,
): PermissionSet {
  const kept = sessionDurationText === undefined ? {} : { sessionDurationText }
  return {
    ...set,
    ...(description === undefined ? {} : { description }),
    ...(sessionDuration === undefined ? kept : readSessionDuration(sessionDuration)),
    ...(relayState === undefined ? {} : { relayState }),
    version: set.version + 1,
  }
}

/** As it was written. */
export const sessionDurationOf = ({ sessionDuration, sessionDurationText }: PermissionSet): string =>
  sessionDurationText ?? formatSessionDuration(sessionDuration)

function readSessionDuration(text: string | undefined): Pick<PermissionSet, 'sessionDuration' | 'sessionDurationText'> {
  const sessionDuration = text === undefined ? DEFAULT_SESSION_DURATION : parseSessionDuration(text)
  const isUsual = text === undefined || text === formatSessionDuration(sessionDuration)
  return isUsual ? { sessionDuration } : { sessionDuration, sessionDurationText: text }
}
