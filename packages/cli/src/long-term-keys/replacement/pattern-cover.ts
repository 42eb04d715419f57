/** Patterns with `*` and `?` held against each other: what one says of all texts that the other means. */

/**
 * Whether every text that `specific` means is meant by `general` too. Never true where it is not so; false in rare cases
 * where it takes several stars together to see it. Takes at most the product of the two lengths.
 */
export function covers(general: string, specific: string): boolean {
  if (general === '*' || general === specific) return true
  let [at, star, retry] = [0, -1, 0]
  let index = 0
  while (index < specific.length) {
    const wanted = general[at]
    const sign = specific[index]
    // A star of the specific pattern is any text: only a star of the general one takes that.
    if (wanted === '*') {
      star = at
      retry = index
      at += 1
    } else if (sign !== '*' && wanted !== undefined && (wanted === '?' || wanted === sign)) {
      at += 1
      index += 1
    } else if (star !== -1) {
      at = star + 1
      retry += 1
      index = retry
    } else return false
  }
  while (general[at] === '*') at += 1
  return at === general.length
}

/** Whether there is a text that both mean. */
export function overlaps(one: string, other: string): boolean {
  if (one === '*' || other === '*') return true
  if (!mayBeginAlike(one, other)) return false
  // For each place in `other`: whether both can have got so far.
  let row = startRow(other)
  for (const sign of one) {
    const next = new Uint8Array(other.length + 1)
    next[0] = sign === '*' ? (row[0] ?? 0) : 0
    for (let index = 1; index <= other.length; index += 1) {
      const wanted = other[index - 1]
      const isStar = sign === '*' || wanted === '*'
      const isSame = sign === wanted || sign === '?' || wanted === '?'
      const reached = isStar ? row[index] || next[index - 1] || row[index - 1] : isSame ? row[index - 1] : 0
      next[index] = reached ? 1 : 0
    }
    row = next
  }
  return row[other.length] === 1
}

/** Before the first sign of the other pattern, only stars are got over. */
function startRow(pattern: string): Uint8Array {
  const row = new Uint8Array(pattern.length + 1)
  row[0] = 1
  for (let index = 1; index <= pattern.length && pattern[index - 1] === '*'; index += 1) row[index] = 1
  return row
}

/** Most pairs differ before the first wildcard of either: another service, another verb. */
function mayBeginAlike(one: string, other: string): boolean {
  for (let index = 0; index < one.length && index < other.length; index += 1) {
    const [sign, wanted] = [one[index], other[index]]
    if (sign === '*' || wanted === '*' || sign === '?' || wanted === '?') return true
    if (sign !== wanted) return false
  }
  return true
}
