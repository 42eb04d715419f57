/** Does many things, a few at a time, and remembers how each one ended so that the failed ones can be tried again. */

export type Outcome = { status: 'waiting' | 'running' | 'done' } | { status: 'failed'; reason: string }

interface Options<Item> {
  items: readonly Item[]
  keyOf(item: Item): string
  /** Rejects with what went wrong. */
  run(item: Item): Promise<void>
  /** Called whenever something begins or ends. */
  onChange(key: string, outcome: Outcome): void
  /** How many at a time. */
  atOnce: number
  /** Asked before each: whether to go on. */
  mayGoOn(): boolean
}

export async function runAll<Item>({ items, keyOf, run, onChange, atOnce, mayGoOn }: Options<Item>): Promise<void> {
  const waiting = [...items]
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && mayGoOn(); item = waiting.shift()) {
      const key = keyOf(item)
      onChange(key, { status: 'running' })
      try {
        await run(item)
        onChange(key, { status: 'done' })
      } catch (error) {
        onChange(key, { status: 'failed', reason: error instanceof Error ? error.message : 'No reason was given.' })
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
