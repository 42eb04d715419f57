/** The calls that this page has made since it was opened: what was sent and how it ended, never what was answered. */
import type { Call } from './call.ts'

export interface LoggedCall {
  readonly id: number
  readonly at: Date
  readonly call: Call
  readonly status: 'running' | 'done' | 'refused'
  readonly requestId?: string
  /** What the server said when it refused. */
  readonly refusal?: string
}

export interface CallLog {
  /** For `useSyncExternalStore`: calls back after every change until the answer is called. */
  subscribe(listener: () => void): () => void
  /** Newest first. */
  calls(): readonly LoggedCall[]
  begin(call: Call, at: Date): number
  end(id: number, outcome: Pick<LoggedCall, 'status' | 'requestId' | 'refusal'>): void
}

const MOST = 1000

export function createCallLog(): CallLog {
  const listeners = new Set<() => void>()
  let calls: readonly LoggedCall[] = []
  let last = 0
  const change = (next: readonly LoggedCall[]) => {
    calls = next
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    calls: () => calls,
    begin(call, at) {
      last += 1
      change([{ id: last, at, call, status: 'running' as const }, ...calls].slice(0, MOST))
      return last
    },
    end(id, outcome) {
      change(calls.map((one) => (one.id === id ? { ...one, ...outcome } : one)))
    },
  }
}
