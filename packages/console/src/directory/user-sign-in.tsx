/** How a user signs in: whether there is a password, and with which second factors. */
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { type Column, DataTable, Empty } from '../admin/data-table.tsx'
import type { User } from '../admin/operations/identitystore.ts'
import type { MfaDevice, UserAccess } from '../admin/operations/mayfly.ts'
import { formatSeconds } from '../components/moments.ts'

interface Props {
  user: User
  access: UserAccess
  onChange(): void
}

export function UserSignIn({ user, access, onChange }: Props) {
  const [removing, setRemoving] = useState<MfaDevice | 'all'>()
  const { UserId, UserName } = user
  const devices = access.MfaDevices
  const columns: Column<MfaDevice>[] = [
    { id: 'name', header: 'Name', cell: (device) => device.Name },
    { id: 'type', header: 'Type', cell: (device) => (device.Type === 'WEBAUTHN' ? 'Passkey' : 'Authenticator app') },
    { id: 'created', header: 'Added', cell: (device) => formatSeconds(device.CreatedAt) },
    { id: 'used', header: 'Last used', cell: (device) => formatSeconds(device.LastUsedAt) },
    {
      id: 'remove',
      header: 'Remove',
      cell: (device) => (
        <Button variant="inline-link" ariaLabel={`Remove ${device.Name}`} onClick={() => setRemoving(device)}>
          Remove
        </Button>
      ),
    },
  ]
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Password</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: 'Password',
              value: access.HasPassword ? `Chosen ${formatSeconds(access.PasswordChangedAt)}` : 'None yet',
            },
            ...(access.LinkExpiresAt
              ? [{ label: 'One-time link', value: `Works until ${formatSeconds(access.LinkExpiresAt)}` }]
              : []),
            { label: 'Recovery codes left', value: String(access.RecoveryCodesLeft) },
          ]}
        />
      </Container>
      <DataTable
        header="Authenticators"
        shown={{
          items: devices,
          loading: false,
          failure: undefined,
          index: 1,
          count: 1,
          openEnd: false,
          turn() {},
          reload: onChange,
        }}
        columns={columns}
        trackBy={(device) => device.MfaDeviceId}
        actions={[
          <Button key="reset" disabled={devices.length === 0} onClick={() => setRemoving('all')}>
            Remove all
          </Button>,
        ]}
        empty={<Empty title="No authenticator" text="They add one at their next sign-in, or in the access portal." />}
      />
      {removing && (
        <Change
          header={removing === 'all' ? `Remove all authenticators of ${UserName}?` : `Remove ${removing.Name}?`}
          action="Remove"
          calls={[
            removing === 'all'
              ? prepare('mayfly', 'ResetUserMfa', { UserId })
              : prepare('mayfly', 'DeleteUserMfaDevice', { UserId, MfaDeviceId: removing.MfaDeviceId }),
          ]}
          done={`The second factor of ${UserName} was changed.`}
          {...(removing === 'all' && UserName ? { confirmWith: UserName } : {})}
          onClose={() => setRemoving(undefined)}
          onDone={onChange}
        >
          Without one, what happens at the next sign-in is what the settings say: usually they register a new one.
        </Change>
      )}
    </SpaceBetween>
  )
}
