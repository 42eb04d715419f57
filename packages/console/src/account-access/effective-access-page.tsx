/** Who can get in, with what, and through which group: for any user or any account. */
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { AccountField } from '../admin/account-field.tsx'
import { type ChosenPrincipal, PrincipalField } from '../admin/principal-field.tsx'
import { AccessOfUser } from './access-of-user.tsx'
import { AccessToAccount } from './access-to-account.tsx'

export default function EffectiveAccessPage() {
  const [about, setAbout] = useState<'account' | 'user'>('account')
  const [accountId, setAccountId] = useState('')
  const [user, setUser] = useState<ChosenPrincipal>()
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description="Who can get in, with what, and through which group.">
        Effective access
      </Header>
      <Container>
        <SpaceBetween size="m">
          <SegmentedControl
            label="About"
            selectedId={about}
            options={[
              { id: 'account', text: 'Into an account' },
              { id: 'user', text: 'Of a user' },
            ]}
            onChange={({ detail }) => setAbout(detail.selectedId as 'account' | 'user')}
          />
          {about === 'account' ? (
            <AccountField onChange={setAccountId} />
          ) : (
            <PrincipalField label="User" kinds={['USER']} chosen={user} onChange={setUser} />
          )}
        </SpaceBetween>
      </Container>
      {about === 'account' && accountId !== '' && <AccessToAccount key={accountId} accountId={accountId} />}
      {about === 'user' && user && <AccessOfUser key={user.id} userId={user.id} />}
    </SpaceBetween>
  )
}
