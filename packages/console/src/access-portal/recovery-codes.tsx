/** How many recovery codes are left, and new ones. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { Confirm } from '../components/confirm.tsx'
import { SecretField } from '../components/fields.tsx'
import { useSignedIn } from '../signed-in.ts'
import { NewRecoveryCodes } from './new-recovery-codes.tsx'

export function RecoveryCodes(props: { unused: number; hasDevice: boolean; onChange: () => void }) {
  const { unused, hasDevice, onChange } = props
  const { operations } = useSignedIn()
  const [asking, setAsking] = useState(false)
  const [password, setPassword] = useState('')
  const [codes, setCodes] = useState<string[]>()
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="For the day your authenticator is lost. Each code works once."
          actions={
            <Button disabled={!hasDevice} onClick={() => setAsking(true)}>
              Create new codes
            </Button>
          }
        >
          Recovery codes
        </Header>
      }
    >
      <Left unused={unused} hasDevice={hasDevice} />
      {asking && (
        <Confirm
          header="Create new recovery codes?"
          action="Create codes"
          disabled={password === ''}
          onConfirm={async () => {
            setCodes(await operations.createRecoveryCodes(password))
            onChange()
          }}
          onClose={() => {
            setAsking(false)
            setPassword('')
          }}
        >
          <Box>The codes you have now stop working.</Box>
          <SecretField
            label="Current password"
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
          />
        </Confirm>
      )}
      {codes && !asking && <NewRecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </Container>
  )
}

function Left({ unused, hasDevice }: { unused: number; hasDevice: boolean }) {
  if (!hasDevice) return <Box color="text-body-secondary">You get them with your first authenticator.</Box>
  if (unused === 0) return <StatusIndicator type="warning">None left. Create new ones.</StatusIndicator>
  return (
    <StatusIndicator type={unused <= 2 ? 'warning' : 'success'}>
      {unused === 1 ? '1 code left' : `${unused} codes left`}
    </StatusIndicator>
  )
}
