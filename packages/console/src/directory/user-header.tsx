/** The top of a user's page: the name, whether they may sign in, and what can be done to the user as a whole. */
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Checkbox from '@cloudscape-design/components/checkbox'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { type Call, prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { OneTimeLink } from '../admin/one-time-link.tsx'
import type { User } from '../admin/operations/identitystore.ts'
import type { OneTimeLink as Link, UserAccess } from '../admin/operations/mayfly.ts'
import { goTo, hrefOf } from '../admin/place.ts'
import { formatSeconds } from '../components/moments.ts'
import { CopyValue } from '../components/text-block.tsx'
import { UserStatus } from './user-status.tsx'

type What = 'invite' | 'reset-password' | 'disable' | 'enable' | 'unlock' | 'end-sessions' | 'delete'

interface Props {
  user: User
  access: UserAccess
  onChange(): void
}

export function UserHeader({ user, access, onChange }: Props) {
  const [what, setWhat] = useState<What>()
  const [link, setLink] = useState<Link>()
  const disabled = access.Status === 'DISABLED'
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={user.DisplayName ?? ''}
        actions={
          <ButtonDropdown
            items={[
              {
                id: access.HasPassword ? 'reset-password' : 'invite',
                text: access.HasPassword ? 'Reset password' : 'Invite',
              },
              { id: disabled ? 'enable' : 'disable', text: disabled ? 'Enable' : 'Disable' },
              ...(access.LockedUntil ? [{ id: 'unlock', text: 'Unlock' }] : []),
              { id: 'end-sessions', text: 'End all sessions' },
              { id: 'delete', text: 'Delete' },
            ]}
            onItemClick={({ detail }) => setWhat(detail.id as What)}
          >
            Change user
          </ButtonDropdown>
        }
      >
        {user.UserName}
      </Header>
      {link && <OneTimeLink link={link} what={`With this link ${user.UserName} chooses a password`} />}
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Status', value: <UserStatus status={access.Status} lockedUntil={access.LockedUntil} /> },
          { label: 'Email', value: user.Emails?.[0]?.Value ?? '–' },
          { label: 'Last sign-in', value: formatSeconds(access.LastSignInAt) },
          { label: 'User ID', value: <CopyValue label="the user ID" value={user.UserId} /> },
        ]}
      />
      {what && (
        <ChangeUser
          what={what}
          user={user}
          onClose={() => setWhat(undefined)}
          onDone={([answer]) => {
            if (what === 'delete') return goTo(hrefOf('users'))
            if (what === 'invite' || what === 'reset-password') setLink(answer as Link)
            onChange()
          }}
        />
      )}
    </SpaceBetween>
  )
}

interface Asked {
  header: string
  action: string
  text: string
  call: Call
  done: string
  confirmWith?: string
}

function ChangeUser(props: { what: What; user: User; onClose: () => void; onDone: (answers: unknown[]) => void }) {
  const { identityStoreId } = useAdministration()
  const [send, setSend] = useState(false)
  const { call, text, ...asked } = askFor(props.what, props.user, identityStoreId, send)
  const email = props.user.Emails?.[0]?.Value
  const makesLink = props.what === 'invite' || props.what === 'reset-password'
  return (
    <Change {...asked} calls={[call]} onClose={props.onClose} onDone={props.onDone}>
      {text}
      {makesLink && email && (
        <Checkbox checked={send} onChange={({ detail }) => setSend(detail.checked)}>
          {`Send it to ${email} too`}
        </Checkbox>
      )}
    </Change>
  )
}

function askFor(what: What, user: User, IdentityStoreId: string, send: boolean): Asked {
  const SendEmail = send || undefined
  const { UserId, UserName: name = UserId } = user
  switch (what) {
    case 'invite':
      return {
        header: `Invite ${name}?`,
        action: 'Make the link',
        text: 'You get a link that works once. With it they choose a password.',
        call: prepare('mayfly', 'InviteUser', { UserId, SendEmail }),
        done: `${name} can be invited with the link.`,
      }
    case 'reset-password':
      return {
        header: `Reset the password of ${name}?`,
        action: 'Reset password',
        text: 'You get a link that works once. The password that they have now stops working at once.',
        call: prepare('mayfly', 'ResetUserPassword', { UserId, SendEmail }),
        done: `The password of ${name} was reset.`,
      }
    case 'disable':
      return {
        header: `Disable ${name}?`,
        action: 'Disable',
        text: 'They are signed out everywhere, and the credentials they hold are refused at once. Groups and assignments stay.',
        call: prepare('mayfly', 'SetUserStatus', { UserId, Status: 'DISABLED' }),
        done: `${name} was disabled.`,
      }
    case 'enable':
      return {
        header: `Enable ${name}?`,
        action: 'Enable',
        text: 'They can sign in again, with everything they had before.',
        call: prepare('mayfly', 'SetUserStatus', { UserId, Status: 'ENABLED' }),
        done: `${name} was enabled.`,
      }
    case 'unlock':
      return {
        header: `Unlock ${name}?`,
        action: 'Unlock',
        text: 'They can try to sign in again at once.',
        call: prepare('mayfly', 'UnlockUser', { UserId }),
        done: `${name} was unlocked.`,
      }
    case 'end-sessions':
      return {
        header: `End all sessions of ${name}?`,
        action: 'End sessions',
        text: 'Every browser and program of theirs is signed out, and the credentials they hold are refused.',
        call: prepare('mayfly', 'EndUserSessions', { UserId }),
        done: `The sessions of ${name} were ended.`,
      }
    case 'delete':
      return {
        header: `Delete ${name}?`,
        action: 'Delete user',
        text: 'The user, their password, authenticators, sessions and group memberships are gone for good.',
        call: prepare('identitystore', 'DeleteUser', { IdentityStoreId, UserId }),
        done: `${name} was deleted.`,
        confirmWith: name,
      }
  }
}
