/** Names like the one that was typed. */

/** Rows in order of how few letters of their names differ from `like`; others stay as they are. */
export const rankByName = <Row extends { readonly name: string }>(rows: readonly Row[], like: string): readonly Row[] =>
  rows
    .map((row, index) => ({ row, index, distance: countChanges(like.toLowerCase(), row.name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance || one.index - other.index)
    .map(({ row }) => row)

/** At most three names of which no more than a third differs, or that hold what was typed; the nearest first. */
export function listNearest(names: readonly string[], like: string): readonly string[] {
  const typed = like.toLowerCase()
  const isNear = (name: string): boolean =>
    countChanges(typed, name) * 3 <= Math.max(typed.length, name.length) || (typed.length > 2 && name.includes(typed))
  return rankByName(
    names.filter((name) => isNear(name.toLowerCase())).map((name) => ({ name })),
    like,
  )
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Letters to add, drop, change, or swap with a neighbour (restricted Damerau–Levenshtein). */
function countChanges(one: string, other: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      const swaps = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const swap = swaps ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    ;[before, row] = [row, next]
  }
  return row[other.length] ?? 0
}
