/** Keeps the frame standing when a page breaks, or when a part of it cannot be fetched. */
import { Component, type ReactNode } from 'react'
import { Failure } from './failure.tsx'

export class ErrorBoundary extends Component<{ children: ReactNode }, { failure?: unknown }> {
  override state: { failure?: unknown } = {}

  static getDerivedStateFromError(failure: unknown): { failure: unknown } {
    return { failure }
  }

  override render(): ReactNode {
    if (!('failure' in this.state)) return this.props.children
    return <Failure header="This page cannot be shown" failure={this.state.failure} onRetry={() => location.reload()} />
  }
}
