/** Access keys: how to use one permission set of one account from a terminal. */
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import type { RoleAddress } from '../fragment.ts'
import { readStored, writeStored } from '../stored.ts'
import { AssignedRole, useAccountName } from './assigned-role.tsx'
import { IdentityCenterCredentials } from './identity-center-credentials.tsx'
import { SHELLS, type Shell } from './shell-lines.ts'
import { ShortLivedCredentials } from './short-lived-credentials.tsx'

const SHELL = 'mayfly.shell'

export default function AccessKeys({ role, notice }: { role: RoleAddress; notice?: ReactNode }) {
  const accountName = useAccountName(role.accountId)
  const [shell, setShell] = useState<Shell>(readShell)
  const choice = {
    shell,
    onShell(next: Shell) {
      writeStored(SHELL, next)
      setShell(next)
    },
  }
  return (
    <SpaceBetween size="l">
      <BreadcrumbGroup
        ariaLabel="Where this page is"
        items={[
          { text: 'Accounts', href: '#/' },
          { text: accountName, href: '#/' },
          { text: role.roleName, href: location.hash },
        ]}
      />
      <AssignedRole role={role}>
        <SpaceBetween size="l">
          <Header variant="h1" description={`${role.roleName} in ${accountName} (${role.accountId})`}>
            Access keys
          </Header>
          {notice}
          <IdentityCenterCredentials role={role} choice={choice} />
          <ShortLivedCredentials role={role} choice={choice} />
        </SpaceBetween>
      </AssignedRole>
    </SpaceBetween>
  )
}

function readShell(): Shell {
  const stored = readStored(SHELL)
  const known = SHELLS.find(({ id }) => id === stored)
  return known?.id ?? (navigator.userAgent.includes('Windows') ? 'powershell' : 'posix')
}
