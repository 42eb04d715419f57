/** One task for each of many, some at once. */

/** What became of one. */
export interface Ended<Item, Result> {
  readonly item: Item
  readonly result: Result
}

export interface ManyOptions<Result> {
  /** How many run at once. */
  readonly concurrency: number
  /** True when nothing more may be started: one has failed, or somebody interrupted. */
  readonly mayStart: () => boolean
  readonly onEnd: (result: Result) => void
}

/** Runs the task for every item, in order, and answers what ended; items that were never started are left out. */
export async function runMany<Item, Result>(
  items: readonly Item[],
  task: (item: Item, index: number) => Promise<Result>,
  { concurrency, mayStart, onEnd }: ManyOptions<Result>,
): Promise<readonly Ended<Item, Result>[]> {
  const ended: Ended<Item, Result>[] = []
  const queue = items.entries()
  const work = async (): Promise<void> => {
    while (mayStart()) {
      const next = queue.next()
      if (next.done) return
      const [index, item] = next.value
      const result = await task(item, index)
      ended.push({ item, result })
      onEnd(result)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work))
  return ended
}
