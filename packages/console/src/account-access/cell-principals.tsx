/** Who holds a permission set in an account: the users and groups it is assigned to. */
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useCallback } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { NamedLink } from '../admin/named-link.tsx'
import { messageOf } from '../components/failure.tsx'
import { useLoaded } from '../components/loaded.ts'

const SHOWN = 20

export function CellPrincipals({ accountId, permissionSetArn }: { accountId: string; permissionSetArn: string }) {
  const { api, instanceArn } = useAdministration()
  const [loaded] = useLoaded(
    useCallback(() => {
      const of = { InstanceArn: instanceArn, AccountId: accountId, PermissionSetArn: permissionSetArn }
      return api.send(prepare('sso-admin', 'ListAccountAssignments', { ...of, MaxResults: SHOWN }))
    }, [api, instanceArn, accountId, permissionSetArn]),
  )
  if (loaded.status === 'loading') return <StatusIndicator type="loading">Loading who it is</StatusIndicator>
  if (loaded.status === 'failed') return <StatusIndicator type="error">{messageOf(loaded.failure)}</StatusIndicator>
  const { AccountAssignments, NextToken } = loaded.value
  return (
    <>
      {AccountAssignments.map(({ PrincipalType, PrincipalId }, at) => (
        <span key={PrincipalId}>
          {at > 0 && ', '}
          {PrincipalType === 'GROUP' ? 'group ' : 'user '}
          <NamedLink kind={PrincipalType} id={PrincipalId} />
        </span>
      ))}
      {NextToken && ` and more`}
    </>
  )
}
