/** Shows what was fetched: a spinner before, the refusal instead. */
import type { ReactNode } from 'react'
import { Failure } from '../components/failure.tsx'
import type { Loaded } from '../components/loaded.ts'
import { Waiting } from '../components/waiting.tsx'

interface Props<T> {
  loaded: Loaded<T>
  /** "The user could not be shown" */
  failed: string
  onRetry(): void
  children(value: T): ReactNode
}

export function Show<T>({ loaded, failed, onRetry, children }: Props<T>) {
  if (loaded.status === 'loading') return <Waiting />
  if (loaded.status === 'failed') return <Failure failure={loaded.failure} header={failed} onRetry={onRetry} />
  return children(loaded.value)
}
