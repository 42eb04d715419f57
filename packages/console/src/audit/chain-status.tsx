/** Whether the audit record is whole: every event carries the hash of the one before it. */
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { useCallback } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Failure } from '../components/failure.tsx'
import { useLoaded } from '../components/loaded.ts'
import { formatSeconds } from '../components/moments.ts'

export function ChainStatus() {
  const { api } = useAdministration()
  const [loaded, reload] = useLoaded(useCallback(() => api.send(prepare('mayfly', 'GetAuditChainStatus', {})), [api]))
  if (loaded.status === 'loading') return null
  if (loaded.status === 'failed') {
    return <Failure failure={loaded.failure} header="The chain could not be checked" onRetry={reload} />
  }
  const { State, Events, LastEventAt, LastHash, BrokenAt } = loaded.value
  const again = <Button onClick={reload}>Check again</Button>
  if (State === 'BROKEN') {
    return (
      <Alert type="error" header="The audit record was changed" action={again}>
        {`The chain breaks at event ${BrokenAt ?? 'unknown'}. What stands there was changed, removed or moved after it was written.`}
      </Alert>
    )
  }
  return (
    <Alert type="success" header={`The chain of ${Events.toLocaleString()} events is whole`} action={again}>
      {LastEventAt === undefined
        ? 'Nothing is recorded yet.'
        : `The last is of ${formatSeconds(LastEventAt)}; keep its hash elsewhere to notice a cut end: ${LastHash ?? ''}`}
    </Alert>
  )
}
