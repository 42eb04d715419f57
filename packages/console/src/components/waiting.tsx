/** Something larger is on its way. */
import Spinner from '@cloudscape-design/components/spinner'

export function Waiting() {
  return (
    <div className="waiting" role="status" aria-label="Loading">
      <Spinner size="large" />
    </div>
  )
}
