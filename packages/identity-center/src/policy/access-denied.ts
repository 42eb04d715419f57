/** What AWS tells a caller who may not: action, resource, and why (IAM User Guide, "Troubleshoot access denied error messages"). */

import type { Decision, PolicyType } from './evaluate.ts'

const DENYING: Readonly<Record<PolicyType, string>> = {
  'service-control': 'in a service control policy',
  'resource-based': 'in a resource-based policy',
  'role-trust': 'in the role trust policy',
  'identity-based': 'in an identity-based policy',
  'permissions-boundary': 'in a permissions boundary',
  session: 'in a session policy',
}

const MISSING: Readonly<Record<PolicyType, string>> = {
  'service-control': 'service control policy',
  'resource-based': 'resource-based policy',
  'role-trust': 'role trust policy',
  'identity-based': 'identity-based policy',
  'permissions-boundary': 'permissions boundary',
  session: 'session policy',
}

export interface DeniedCall {
  readonly callerArn: string
  readonly action: string
  readonly resource: string
}

/** Without a decision the reason stays untold, as AWS leaves it to another account. */
export function describeDenial({ callerArn, action, resource }: DeniedCall, decision?: Decision): string {
  const what = `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource}`
  if (!decision) return what
  const { because, by } = decision
  if (because === 'explicit-deny') return `${what} with an explicit deny ${DENYING[by.policyType]}`
  return `${what} because no ${MISSING[by.policyType]} allows the ${action} action`
}
