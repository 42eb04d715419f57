/** One account, and the permission sets below it once it is unfolded. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useCallback } from 'react'
import { messageOf } from '../components/failure.tsx'
import { useLoaded } from '../components/loaded.ts'
import { formatFragment } from '../fragment.ts'
import type { Account } from '../operations.ts'
import { useSignedIn } from '../signed-in.ts'
import { accountLabel } from './account-list.ts'

interface Props {
  account: Account
  unfolded: boolean
  onUnfold(unfold: boolean): void
}

export function AccountRow({ account, unfolded, onUnfold }: Props) {
  const { accountId, emailAddress } = account
  return (
    <div className="account">
      <ExpandableSection
        variant="default"
        headingTagOverride="h2"
        headerText={accountLabel(account, accountId)}
        headerDescription={emailAddress ? `${accountId} | ${emailAddress}` : accountId}
        expanded={unfolded}
        onChange={({ detail }) => onUnfold(detail.expanded)}
      >
        {unfolded && <Roles account={account} />}
      </ExpandableSection>
    </div>
  )
}

function Roles({ account }: { account: Account }) {
  const { accountList } = useSignedIn()
  const { accountId } = account
  const [roles, reload] = useLoaded(useCallback(() => accountList.rolesOf(accountId), [accountList, accountId]))
  if (roles.status === 'loading') return <StatusIndicator type="loading">Loading permission sets</StatusIndicator>
  if (roles.status === 'failed') {
    return (
      <StatusIndicator type="error">
        {messageOf(roles.failure)}{' '}
        <Button variant="inline-link" onClick={reload}>
          Try again
        </Button>
      </StatusIndicator>
    )
  }
  if (roles.value.length === 0) return <Box color="text-body-secondary">No permission set is assigned to you here.</Box>
  return (
    <ul className="roles">
      {roles.value.map((roleName) => (
        <li key={roleName}>
          <Box variant="span" fontWeight="bold">
            {roleName}
          </Box>
          {/* An account that is kept by this server has no management console, so there is no link to one. */}
          <Link
            href={formatFragment({ name: 'access-keys', accountId, roleName })}
            ariaLabel={`Access keys of ${roleName} in ${accountLabel(account, accountId)}`}
          >
            Access keys
          </Link>
        </li>
      ))}
    </ul>
  )
}
