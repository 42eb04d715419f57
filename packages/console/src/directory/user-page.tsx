/** One user: who it is, in which groups, what they may use, how they sign in, and where they are signed in. */
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useCallback } from 'react'
import { AccessOfUser } from '../account-access/access-of-user.tsx'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Show } from '../admin/show.tsx'
import { ApplicationsOf } from '../applications/applications-of.tsx'
import { useLoaded } from '../components/loaded.ts'
import { ENTERPRISE } from './attributes.ts'
import { UserAttributesPanel } from './user-attributes.tsx'
import { UserGroups } from './user-groups.tsx'
import { UserHeader } from './user-header.tsx'
import { UserSessions } from './user-sessions.tsx'
import { UserSignIn } from './user-sign-in.tsx'

export default function UserPage({ id }: { id: string }) {
  const { api, identityStoreId } = useAdministration()
  const load = useCallback(async () => {
    const [user, access] = await Promise.all([
      api.send(
        prepare('identitystore', 'DescribeUser', {
          IdentityStoreId: identityStoreId,
          UserId: id,
          Extensions: [ENTERPRISE],
        }),
      ),
      api.send(prepare('mayfly', 'DescribeUserAccess', { UserId: id })),
    ])
    return { user, access }
  }, [api, identityStoreId, id])
  const [loaded, reload] = useLoaded(load)
  return (
    <Show loaded={loaded} failed="The user cannot be shown" onRetry={reload}>
      {({ user, access }) => (
        <SpaceBetween size="l">
          <UserHeader user={user} access={access} onChange={reload} />
          <Tabs
            ariaLabel={`About ${user.UserName}`}
            tabs={[
              { id: 'access', label: 'Accounts', content: <AccessOfUser userId={id} /> },
              { id: 'groups', label: 'Groups', content: <UserGroups user={user} /> },
              { id: 'applications', label: 'Applications', content: <ApplicationsOf type="USER" id={id} /> },
              {
                id: 'attributes',
                label: 'Attributes',
                content: <UserAttributesPanel key={JSON.stringify(user)} user={user} onChange={reload} />,
              },
              {
                id: 'sign-in',
                label: 'Sign-in',
                content: <UserSignIn user={user} access={access} onChange={reload} />,
              },
              { id: 'sessions', label: 'Sessions', content: <UserSessions user={user} /> },
            ]}
          />
        </SpaceBetween>
      )}
    </Show>
  )
}
