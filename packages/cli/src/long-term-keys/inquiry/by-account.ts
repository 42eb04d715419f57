/** The order and the number in which keys are asked about. */

import { accountOfKeyId } from '../key/access-key-id.ts'

/** Keys that are asked about at once. */
const WORKERS = 8

/** Asks about some at a time, of each account one after the other; answers in the order of the keys. */
export async function askByAccount<Key extends { readonly accessKeyId: string }, Answer>(
  keys: readonly Key[],
  ask: (key: Key) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: { readonly index: number; readonly answer: Answer }[] = []
  const queue = takeTurns([...keys.entries()], ([, { accessKeyId }]) => accountOfKeyId(accessKeyId) ?? '').values()
  let hasFailed = false
  async function work(): Promise<void> {
    for (const [index, key] of queue) {
      // One that rejects ends it: nobody hears what the others would still find.
      if (hasFailed) return
      try {
        answers.push({ index, answer: await ask(key) })
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(WORKERS, keys.length) }, work))
  return answers.sort((one, other) => one.index - other.index).map(({ answer }) => answer)
}

/** One of each group after the other: each account has a pace of its own, so that none need wait for another. */
function takeTurns<Item>(items: readonly Item[], groupOf: (item: Item) => string): readonly Item[] {
  const groups = [...Map.groupBy(items, groupOf).values()]
  const longest = Math.max(0, ...groups.map(({ length }) => length))
  return Array.from({ length: longest }, (_, turn) => groups.flatMap((group) => group.slice(turn, turn + 1))).flat()
}
