/** Shows a page only for a permission set that is assigned, and otherwise says why not. */
import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { Fragment, type ReactNode, useCallback, useSyncExternalStore } from 'react'
import { Failure } from '../components/failure.tsx'
import { useLoaded } from '../components/loaded.ts'
import { formatFragment, type RoleAddress } from '../fragment.ts'
import { OperationRefused } from '../operations.ts'
import { useSignedIn } from '../signed-in.ts'
import { accountLabel } from './account-list.ts'
import NoPage from './no-page.tsx'

export function AssignedRole({ role, children }: { role: RoleAddress; children: ReactNode }) {
  const { accountList } = useSignedIn()
  const { accountId, roleName } = role
  const accountName = useAccountName(accountId)
  const [roles, reload] = useLoaded(useCallback(() => accountList.rolesOf(accountId), [accountList, accountId]))
  if (roles.status === 'loading') return <StatusIndicator type="loading">Looking up your access</StatusIndicator>
  if (roles.status === 'failed' && !isNoAccess(roles.failure)) {
    return <Failure header="Your access could not be looked up" failure={roles.failure} onRetry={reload} />
  }
  const names = roles.status === 'loaded' ? roles.value : []
  if (names.includes(roleName)) return children
  const where = accountName === accountId ? `account ${accountId}` : `${accountName} (${accountId})`
  return names.length === 0 ? (
    <NoPage
      header="You have no access to this account"
      because={`No permission set in ${where} is assigned to you, directly or through a group. Check the account ID, or ask your administrator for access.`}
    />
  ) : (
    <NoPage
      header="You do not have this permission set"
      because={`${roleName} is not assigned to you in ${where}. There you have: `}
    >
      {names.map((name, index) => (
        <Fragment key={name}>
          {index > 0 && ', '}
          <Link href={formatFragment({ name: 'access-keys', accountId, roleName: name })}>{name}</Link>
        </Fragment>
      ))}
      .
    </NoPage>
  )
}

/** The name of an account once the list has it, the number until then. */
export function useAccountName(accountId: string): string {
  const { accountList } = useSignedIn()
  const { accounts } = useSyncExternalStore(accountList.subscribe, accountList.state)
  return accountLabel(
    accounts.find((account) => account.accountId === accountId),
    accountId,
  )
}

function isNoAccess(failure: unknown): boolean {
  return failure instanceof OperationRefused && (failure.status === 403 || failure.status === 404)
}
