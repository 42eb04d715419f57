/** Whether somebody may sign in. */
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { formatMoment } from '../components/moments.ts'

interface Props {
  status: 'ENABLED' | 'DISABLED' | undefined
  /** Seconds since 1970. */
  lockedUntil?: number | undefined
}

export function UserStatus({ status, lockedUntil }: Props) {
  if (status === 'DISABLED') return <StatusIndicator type="stopped">Disabled</StatusIndicator>
  if (lockedUntil === undefined) return <StatusIndicator type="success">Enabled</StatusIndicator>
  return (
    <StatusIndicator type="warning">{`Locked until ${formatMoment(new Date(lockedUntil * 1000))}`}</StatusIndicator>
  )
}
