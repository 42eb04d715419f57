/** Credentials of one role, for a program that cannot sign in: fetched when asked, masked until asked again. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useCallback, useEffect, useRef, useState } from 'react'
import { currentTime, every } from '../clock.ts'
import { Failure } from '../components/failure.tsx'
import { useAction } from '../components/loaded.ts'
import { formatTime, formatTimeLeft } from '../components/moments.ts'
import type { RoleAddress } from '../fragment.ts'
import type { RoleCredentials } from '../operations.ts'
import { useSignedIn } from '../signed-in.ts'
import { CredentialForms } from './credential-forms.tsx'
import type { ShellChoice } from './shell-choice.tsx'

/** Credentials are replaced this long before they end, so that what is copied works for a while. */
const RENEW_BEFORE_END = 5 * 60_000

export function ShortLivedCredentials({ role, choice }: { role: RoleAddress; choice: ShellChoice }) {
  const { operations } = useSignedIn()
  const { accountId, roleName } = role
  const [credentials, setCredentials] = useState<RoleCredentials>()
  const [unmasked, setUnmasked] = useState(false)
  const { running, failure, run } = useAction()
  const fetchCredentials = useCallback(
    () => run(async () => setCredentials(await operations.getRoleCredentials(accountId, roleName))),
    [run, operations, accountId, roleName],
  )
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="For a program that cannot sign in. They end by themselves; anybody who has them can use them until then."
          {...(credentials
            ? {
                actions: (
                  <SpaceBetween direction="horizontal" size="xs">
                    <Button iconName={unmasked ? 'lock-private' : 'unlocked'} onClick={() => setUnmasked(!unmasked)}>
                      {unmasked ? 'Hide values' : 'Show values'}
                    </Button>
                    <Button iconName="refresh" loading={running} loadingText="Renewing" onClick={fetchCredentials}>
                      Renew
                    </Button>
                  </SpaceBetween>
                ),
              }
            : {})}
        >
          Short-lived credentials
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Failure header="No credentials were issued" failure={failure} />
        {credentials ? (
          <>
            <TimeLeft expiration={credentials.expiration} onNearEnd={fetchCredentials} failed={failure !== undefined} />
            <CredentialForms role={role} credentials={credentials} unmasked={unmasked} choice={choice} />
          </>
        ) : (
          <Box textAlign="center" padding="m">
            <Button iconName="key" loading={running} loadingText="Asking for credentials" onClick={fetchCredentials}>
              Get credentials
            </Button>
          </Box>
        )}
      </SpaceBetween>
    </Container>
  )
}

function TimeLeft(props: { expiration: number; onNearEnd: () => void; failed: boolean }) {
  const { expiration, onNearEnd, failed } = props
  const [now, setNow] = useState(currentTime)
  const renewedFor = useRef<number>(undefined)
  useEffect(() => every(1000, () => setNow(currentTime())), [])
  const end = new Date(expiration)
  const nearEnd = end.getTime() - now.getTime() < RENEW_BEFORE_END
  useEffect(() => {
    // Once for each set of credentials: a refusal is shown, not repeated every second.
    if (!nearEnd || renewedFor.current === expiration || document.hidden) return
    renewedFor.current = expiration
    onNearEnd()
  }, [nearEnd, expiration, onNearEnd])
  if (now >= end) return <StatusIndicator type="error">These credentials have ended. Renew them.</StatusIndicator>
  return (
    <StatusIndicator type={nearEnd && failed ? 'warning' : 'success'}>
      {`Valid for ${formatTimeLeft(end, now)}, until ${formatTime(end)}`}
    </StatusIndicator>
  )
}
