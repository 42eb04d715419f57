/** The three questions about an authenticator that is there: its name, its clock, its end. */
import Box from '@cloudscape-design/components/box'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { Confirm } from '../components/confirm.tsx'
import { CodeField, isCode, SecretField } from '../components/fields.tsx'
import type { MfaDevice } from '../operations.ts'
import { useSignedIn } from '../signed-in.ts'

interface Props {
  device: MfaDevice
  onClose(): void
  onDone(): void
}

export function RenameAuthenticator({ device, onClose, onDone }: Props) {
  const { operations } = useSignedIn()
  const [name, setName] = useState(device.name)
  return (
    <Confirm
      header={`Rename ${device.name}`}
      action="Rename"
      disabled={name.trim() === '' || name.trim() === device.name}
      onConfirm={async () => {
        await operations.renameMfaDevice(device.id, name.trim())
        onDone()
      }}
      onClose={onClose}
    >
      <FormField label="Name">
        <Input value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
    </Confirm>
  )
}

export function ResyncAuthenticator({ device, onClose, onDone }: Props) {
  const { operations } = useSignedIn()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  return (
    <Confirm
      header={`Resync ${device.name}`}
      action="Resync"
      disabled={!isCode(first) || !isCode(second) || first === second}
      onConfirm={async () => {
        await operations.resyncMfaDevice(device.id, first, second)
        onDone()
      }}
      onClose={onClose}
    >
      <Box>When its codes are refused, the clock of the device has drifted. Two codes in a row show by how much.</Box>
      <CodeField label="First code" value={first} onChange={setFirst} />
      <CodeField
        label="The code after it"
        description="Wait until the app shows a new one."
        value={second}
        onChange={setSecond}
        {...(second !== '' && second === first ? { error: 'This is the first code again.' } : {})}
      />
    </Confirm>
  )
}

export function RemoveAuthenticator({ device, onClose, onDone }: Props) {
  const { operations } = useSignedIn()
  const [password, setPassword] = useState('')
  return (
    <Confirm
      header={`Remove ${device.name}?`}
      action="Remove"
      disabled={password === ''}
      onConfirm={async () => {
        await operations.deleteMfaDevice(device.id, password)
        onDone()
      }}
      onClose={onClose}
    >
      <Box>Its codes stop working at once. Remove it from the app as well.</Box>
      <SecretField label="Current password" value={password} onChange={setPassword} autoComplete="current-password" />
    </Confirm>
  )
}
