/** What a multi-account assignment adds up to: one assignment for each account, principal and permission set. */
import { type Call, prepare } from '../admin/call.ts'
import type { AssignmentStatus, PrincipalType } from '../admin/operations/sso-admin.ts'

export interface ChosenAccount {
  id: string
  name: string
}

export interface ChosenSet {
  arn: string
  name: string
}

interface ChosenPrincipal {
  type: PrincipalType
  id: string
  name: string
}

export interface PlannedAssignment {
  key: string
  account: ChosenAccount
  principal: ChosenPrincipal
  set: ChosenSet
  call: Call<{ AccountAssignmentCreationStatus: AssignmentStatus }>
}

interface Chosen {
  accounts: readonly ChosenAccount[]
  principals: readonly ChosenPrincipal[]
  sets: readonly ChosenSet[]
}

/** Every combination, account by account. */
export function planAssignments({ accounts, principals, sets }: Chosen, InstanceArn: string): PlannedAssignment[] {
  return accounts.flatMap((account) =>
    sets.flatMap((set) =>
      principals.map((principal) => ({
        key: `${account.id} ${set.arn} ${principal.id}`,
        account,
        principal,
        set,
        call: prepare('sso-admin', 'CreateAccountAssignment', {
          InstanceArn,
          TargetId: account.id,
          TargetType: 'AWS_ACCOUNT',
          PermissionSetArn: set.arn,
          PrincipalType: principal.type,
          PrincipalId: principal.id,
        }),
      })),
    ),
  )
}
