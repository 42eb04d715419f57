/** Security: the password, the authenticators and the recovery codes of the person. */
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { Failure } from '../components/failure.tsx'
import { useLoaded } from '../components/loaded.ts'
import { useSignedIn } from '../signed-in.ts'
import { Authenticators } from './authenticators.tsx'
import { Password } from './password.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

export default function Security() {
  const { operations } = useSignedIn()
  const [listed, reload] = useLoaded(operations.listMfaDevices)
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description="How you prove that you are you.">
        Security
      </Header>
      <Password />
      {listed.status === 'loading' && <StatusIndicator type="loading">Loading authenticators</StatusIndicator>}
      {listed.status === 'failed' && (
        <Failure header="Your authenticators could not be listed" failure={listed.failure} onRetry={reload} />
      )}
      {listed.status === 'loaded' && (
        <SpaceBetween size="l">
          <Authenticators devices={listed.value.devices} onChange={reload} />
          <RecoveryCodes
            unused={listed.value.unusedRecoveryCodes}
            hasDevice={listed.value.devices.length > 0}
            onChange={reload}
          />
        </SpaceBetween>
      )}
    </SpaceBetween>
  )
}
