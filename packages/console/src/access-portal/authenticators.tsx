/** The authenticators of the person: add, rename, resync, remove. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useState } from 'react'
import { formatMoment } from '../components/moments.ts'
import type { MfaDevice } from '../operations.ts'
import { AddAuthenticator } from './add-authenticator.tsx'
import { RemoveAuthenticator, RenameAuthenticator, ResyncAuthenticator } from './change-authenticator.tsx'

type Change = { what: 'rename' | 'resync' | 'remove'; device: MfaDevice }

export function Authenticators({ devices, onChange }: { devices: MfaDevice[]; onChange: () => void }) {
  const [adding, setAdding] = useState(false)
  const [change, setChange] = useState<Change>()
  const close = () => setChange(undefined)
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${devices.length})`}
          description="A second factor: a code from an app on your phone or in your password manager."
          actions={<Button onClick={() => setAdding(true)}>Add authenticator</Button>}
        >
          Authenticators
        </Header>
      }
    >
      {devices.length === 0 ? (
        <Box textAlign="center" padding="m">
          <Box variant="strong">No authenticator yet</Box>
          <Box color="text-body-secondary">With one, a stolen password alone opens nothing.</Box>
        </Box>
      ) : (
        <ul className="clients" aria-label="Authenticators">
          {devices.map((device) => (
            <Device key={device.id} device={device} onChange={(what) => setChange({ what, device })} />
          ))}
        </ul>
      )}
      {adding && <AddAuthenticator taken={devices.length} onClose={() => setAdding(false)} onAdded={onChange} />}
      {change?.what === 'rename' && <RenameAuthenticator device={change.device} onClose={close} onDone={onChange} />}
      {change?.what === 'resync' && <ResyncAuthenticator device={change.device} onClose={close} onDone={onChange} />}
      {change?.what === 'remove' && <RemoveAuthenticator device={change.device} onClose={close} onDone={onChange} />}
    </Container>
  )
}

function Device({ device, onChange }: { device: MfaDevice; onChange: (what: Change['what']) => void }) {
  return (
    <li>
      <div>
        <Box fontWeight="bold">{device.name}</Box>
        <Box color="text-body-secondary" fontSize="body-s">
          {`Authenticator app · added ${formatMoment(device.createdAt)} · last used ${formatMoment(device.lastUsedAt)}`}
        </Box>
      </div>
      <ButtonDropdown
        ariaLabel={`Change ${device.name}`}
        items={[
          { id: 'rename', text: 'Rename' },
          { id: 'resync', text: 'Resync' },
          { id: 'remove', text: 'Remove' },
        ]}
        onItemClick={({ detail }) => {
          if (detail.id === 'rename' || detail.id === 'resync' || detail.id === 'remove') onChange(detail.id)
        }}
      >
        Change
      </ButtonDropdown>
    </li>
  )
}
