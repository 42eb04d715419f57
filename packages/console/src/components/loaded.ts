/** Something that is fetched: on its way, here, or refused. */
import { useCallback, useEffect, useState } from 'react'

export type Loaded<T> = { status: 'loading' } | { status: 'loaded'; value: T } | { status: 'failed'; failure: unknown }

/** Fetches when shown and when `load` changes (wrap it in `useCallback`); `reload` fetches again, keeping what is shown. */
export function useLoaded<T>(load: () => Promise<T>): [Loaded<T>, reload: () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ status: 'loading' })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round means: fetch again
  useEffect(() => {
    let shown = true
    load().then(
      (value) => shown && setLoaded({ status: 'loaded', value }),
      (failure: unknown) => shown && setLoaded({ status: 'failed', failure }),
    )
    return () => {
      shown = false
    }
  }, [load, round])
  return [loaded, useCallback(() => setRound((before) => before + 1), [])]
}

/** One action at a time: whether it runs, what refused it, and a way to start it. */
export function useAction(): {
  running: boolean
  failure: unknown
  run: (action: () => Promise<void>) => Promise<void>
  clear: () => void
} {
  const [state, setState] = useState<{ running: boolean; failure?: unknown }>({ running: false })
  const run = useCallback(async (action: () => Promise<void>) => {
    setState({ running: true })
    try {
      await action()
      setState({ running: false })
    } catch (failure) {
      setState({ running: false, failure })
    }
  }, [])
  return {
    running: state.running,
    failure: state.failure,
    run,
    clear: useCallback(() => setState({ running: false }), []),
  }
}
