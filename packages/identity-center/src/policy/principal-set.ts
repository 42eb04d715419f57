/** The principals that a resource policy or a trust policy names. */

import type { RequestPrincipal } from './request.ts'

/**
 * How a policy means whoever asks: `itself` by the ARN of the user or the session, `role` by the role behind the
 * session, `account` by the account or by `*`, which leaves the rest to the account's own policies.
 */
export type PrincipalMatch = 'itself' | 'role' | 'account'

export interface WrittenPrincipals {
  readonly anybody: boolean
  readonly aws: readonly string[]
  readonly services: readonly string[]
  readonly federated: readonly string[]
}

export type PrincipalSet = (principal: RequestPrincipal) => PrincipalMatch | undefined

export function compilePrincipals({ anybody, aws, services, federated }: WrittenPrincipals): PrincipalSet {
  const arns = new Set(aws)
  const accounts = new Set(aws.flatMap((entry) => accountOf(entry) ?? []))
  const everybody = anybody || arns.has('*')
  return (principal) => {
    if (principal.service !== undefined) return services.includes(principal.service) || anybody ? 'itself' : undefined
    if (principal.federatedBy !== undefined) {
      return federated.includes(principal.federatedBy) || anybody ? 'itself' : undefined
    }
    if (arns.has(principal.arn)) return 'itself'
    if (principal.roleArn !== undefined && arns.has(principal.roleArn)) return 'role'
    return everybody || accounts.has(principal.accountId) ? 'account' : undefined
  }
}

/** The account of `111122223333` or `arn:aws:iam::111122223333:root`. */
function accountOf(entry: string): string | undefined {
  return /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(entry)?.[1]
}
