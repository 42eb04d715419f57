/** Settings of the instance: signing in, the portal, attributes for access control, and who else administers. */
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useCallback } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Show } from '../admin/show.tsx'
import { TagsPanel } from '../admin/tags-panel.tsx'
import { useLoaded } from '../components/loaded.ts'
import { AccessControlAttributes } from './access-control-attributes.tsx'
import { DelegatedAdministrators } from './delegated-administrators.tsx'
import { SignInSettings } from './sign-in-settings.tsx'

export default function SettingsPage() {
  const { api, instanceArn } = useAdministration()
  const [loaded, reload] = useLoaded(useCallback(() => api.send(prepare('mayfly', 'GetSettings', {})), [api]))
  return (
    <SpaceBetween size="l">
      <Header variant="h1">Settings</Header>
      <Tabs
        ariaLabel="Settings"
        tabs={[
          {
            id: 'sign-in',
            label: 'Sign-in and portal',
            content: (
              <Show loaded={loaded} failed="The settings cannot be shown" onRetry={reload}>
                {(settings) => <SignInSettings key={JSON.stringify(settings)} before={settings} onChange={reload} />}
              </Show>
            ),
          },
          { id: 'attributes', label: 'Attributes for access control', content: <AccessControlAttributes /> },
          { id: 'delegated', label: 'Delegated administrators', content: <DelegatedAdministrators /> },
          { id: 'tags', label: 'Tags', content: <TagsPanel service="sso-admin" id={instanceArn} /> },
        ]}
      />
    </SpaceBetween>
  )
}
