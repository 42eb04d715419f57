/** Lists for a table: fetched page by page as one turns them, or whole and turned here. */
import { useCallback, useEffect, useRef, useState } from 'react'

export interface Fetched<T> {
  items: T[]
  nextToken?: string | undefined
}

/** One page of a list, as a table shows it. */
export interface Shown<T> {
  items: readonly T[]
  loading: boolean
  failure: unknown
  /** From 1. */
  index: number
  count: number
  /** Whether there may be more pages than `count`. */
  openEnd: boolean
  turn(index: number): void
  reload(): void
}

interface State<T> {
  pages: readonly Fetched<T>[]
  index: number
  loading: boolean
  failure?: unknown
}

const NONE = { pages: [], index: 1, loading: true }

/** Fetches the first page when shown and when `load` changes (wrap it in `useCallback`), the others when turned to. */
export function usePages<T>(load: (nextToken?: string) => Promise<Fetched<T>>): Shown<T> {
  const [state, setState] = useState<State<T>>(NONE)
  const round = useRef(0)
  const fetchPage = useCallback(
    (before: readonly Fetched<T>[], index: number) => {
      round.current += 1
      const mine = round.current
      setState((was) => ({ pages: before.length === 0 ? was.pages.slice(0, 1) : before, index, loading: true }))
      load(before.at(-1)?.nextToken).then(
        (page) => mine === round.current && setState({ pages: [...before, page], index, loading: false }),
        (failure: unknown) =>
          mine === round.current &&
          setState({ pages: before, index: Math.max(1, before.length), loading: false, failure }),
      )
    },
    [load],
  )
  useEffect(() => {
    fetchPage([], 1)
    return () => {
      round.current += 1
    }
  }, [fetchPage])
  const { pages, index, loading, failure } = state
  return {
    items: pages[index - 1]?.items ?? [],
    loading,
    failure,
    index,
    count: Math.max(1, pages.length + (pages.at(-1)?.nextToken ? 1 : 0)),
    openEnd: pages.at(-1)?.nextToken !== undefined,
    turn: (to) => {
      if (to <= pages.length) setState((was) => ({ ...was, index: to }))
      else if (pages.at(-1)?.nextToken !== undefined) fetchPage(pages, pages.length + 1)
    },
    reload: () => fetchPage([], 1),
  }
}

/** Fetches a whole list when shown and when `load` changes (wrap it in `useCallback`), and turns its pages here. */
export function useWhole<T>(load: () => Promise<T[]>, size = 25): Shown<T> {
  const [state, setState] = useState<{ items: readonly T[]; loading: boolean; failure?: unknown }>({
    items: [],
    loading: true,
  })
  const [index, setIndex] = useState(1)
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round means: fetch again
  useEffect(() => {
    let shown = true
    setState((was) => ({ items: was.items, loading: true }))
    load().then(
      (items) => shown && setState({ items, loading: false }),
      (failure: unknown) => shown && setState({ items: [], loading: false, failure }),
    )
    return () => {
      shown = false
    }
  }, [load, round])
  const count = Math.max(1, Math.ceil(state.items.length / size))
  const at = Math.min(index, count)
  return {
    items: state.items.slice((at - 1) * size, at * size),
    loading: state.loading,
    failure: state.failure,
    index: at,
    count,
    openEnd: false,
    turn: setIndex,
    reload: useCallback(() => setRound((before) => before + 1), []),
  }
}
