/** Says what was refused or went wrong, and offers to try again. */
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { OperationRefused } from '../operations.ts'

export function Failure({ failure, header, onRetry }: { failure: unknown; header?: string; onRetry?: () => void }) {
  if (failure === undefined) return null
  const hint = failure instanceof OperationRefused ? failure.hint : undefined
  return (
    <div role="alert">
      <Alert
        type="error"
        statusIconAriaLabel="Error"
        {...(header ? { header } : {})}
        {...(onRetry ? { action: <Button onClick={onRetry}>Try again</Button> } : {})}
      >
        {messageOf(failure)}
        {hint ? <div>{hint}</div> : null}
      </Alert>
    </div>
  )
}

/** The sentence of a failure. A fault of the console itself shows no inner text. */
export function messageOf(failure: unknown): string {
  return failure instanceof OperationRefused
    ? failure.message
    : 'Something went wrong in this page. Reload it and try again.'
}
