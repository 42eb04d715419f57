/** Adds an authenticator: show the QR code, check a code, hand out recovery codes with the first one. */
import Box from '@cloudscape-design/components/box'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { Dialog } from '../components/dialog.tsx'
import { Failure } from '../components/failure.tsx'
import { CodeField, isCode } from '../components/fields.tsx'
import { useAction, useLoaded } from '../components/loaded.ts'
import { CopyValue } from '../components/text-block.tsx'
import type { Enrolment } from '../operations.ts'
import { useSignedIn } from '../signed-in.ts'
import { NewRecoveryCodes } from './new-recovery-codes.tsx'

interface Props {
  /** How many there are already; it makes the suggested name. */
  taken: number
  onClose(): void
  onAdded(): void
}

export function AddAuthenticator({ taken, onClose, onAdded }: Props) {
  const { operations } = useSignedIn()
  const [enrolment, reload] = useLoaded(operations.beginEnrolment)
  const [name, setName] = useState(taken === 0 ? 'Authenticator app' : `Authenticator app ${taken + 1}`)
  const [code, setCode] = useState('')
  const [recoveryCodes, setRecoveryCodes] = useState<string[]>()
  const { running, failure, run } = useAction()
  const ready = enrolment.status === 'loaded' && isCode(code) && name.trim() !== ''
  const confirm = () =>
    run(async () => {
      if (enrolment.status !== 'loaded') return
      const answer = await operations.confirmEnrolment(enrolment.value.enrolment, name.trim(), code)
      onAdded()
      if (answer.recoveryCodes) setRecoveryCodes(answer.recoveryCodes)
      else onClose()
    })
  if (recoveryCodes) return <NewRecoveryCodes codes={recoveryCodes} onClose={onClose} />
  return (
    <Dialog
      header="Add an authenticator app"
      action="Add"
      ready={ready}
      running={running}
      failure={failure}
      onSubmit={() => void confirm()}
      onClose={onClose}
    >
      {enrolment.status === 'loading' && <StatusIndicator type="loading">Preparing</StatusIndicator>}
      {enrolment.status === 'failed' && <Failure failure={enrolment.failure} onRetry={reload} />}
      {enrolment.status === 'loaded' && <Scan enrolment={enrolment.value} />}
      <FormField label="Name" description="So that you know it from your others.">
        <Input value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <CodeField label="Code" description="The six digits that the app shows now." value={code} onChange={setCode} />
    </Dialog>
  )
}

function Scan({ enrolment }: { enrolment: Enrolment }) {
  return (
    <SpaceBetween size="s">
      <Box>Scan this with your authenticator app, or type the key into it.</Box>
      {/* As an image the SVG cannot run anything, and needs no exception from the policy. */}
      <img
        className="qr"
        alt="QR code for the authenticator app"
        src={`data:image/svg+xml,${encodeURIComponent(enrolment.qrSvg)}`}
      />
      <CopyValue label="the key" value={enrolment.secret} instead={enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')} />
    </SpaceBetween>
  )
}
