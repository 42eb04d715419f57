/** Which secret belongs to which id. */

import type { IdEvent, KeyEvent, SecretEvent } from './key-events.ts'
import type { LayoutPlace } from './layout.ts'
import type { NameWeight } from './value-name.ts'

export type PlacedEvent = KeyEvent & { readonly at: LayoutPlace }
type PlacedId = IdEvent & { readonly at: LayoutPlace }
type PlacedSecret = SecretEvent & { readonly at: LayoutPlace }

export type Pairs = ReadonlyMap<PlacedEvent, PlacedEvent>

/**
 * Both ways, from an id to its secret and back. What is named well chooses first: a token beside an id takes not the
 * place of the secret two lines below.
 */
export function pairUp(events: readonly PlacedEvent[]): Pairs {
  const pairs = new Map<PlacedEvent, PlacedEvent>()
  pairSameLine(events, pairs)
  for (const weight of ['strong', 'medium', 'weak'] as const) {
    const left = events.filter((event) => !pairs.has(event) && (event.type === 'id' || event.name.weight === weight))
    if (weight !== 'weak') pairNamesakes(left, pairs)
    for (const section of sectionsOf(left.filter((event) => !pairs.has(event)))) pairNeighbours(section, weight, pairs)
  }
  pairLastOnes(events, pairs)
  return pairs
}

const keep = (pairs: Map<PlacedEvent, PlacedEvent>, one: PlacedEvent, other: PlacedEvent): void =>
  void pairs.set(one, other).set(other, one)

/** `id:secret`, `id,secret`, `id secret`: nothing but a separator and quotes between them. */
function pairSameLine(events: readonly PlacedEvent[], pairs: Map<PlacedEvent, PlacedEvent>): void {
  for (const [index, id] of events.entries()) {
    const secret = events[index + 1]
    if (id.type !== 'id' || secret?.type !== 'secret' || secret.name.text !== id.value) continue
    keep(pairs, id, secret)
  }
}

/** `PROD_KEY_ID` and `PROD_SECRET`, wherever they stand, when each is the only one of its kind. */
function pairNamesakes(events: readonly PlacedEvent[], pairs: Map<PlacedEvent, PlacedEvent>): void {
  for (const [stem, group] of Map.groupBy(events, (event) => event.name.stem)) {
    const ids = group.filter((event) => event.type === 'id')
    const secrets = group.filter((event) => event.type === 'secret')
    const [id, secret] = [ids[0], secrets[0]]
    if (stem !== '' && ids.length === 1 && secrets.length === 1 && id && secret) keep(pairs, id, secret)
  }
}

const sectionsOf = (events: readonly PlacedEvent[]): Iterable<readonly PlacedEvent[]> =>
  Map.groupBy(events, (event) => event.at.section).values()

function pairNeighbours(
  events: readonly PlacedEvent[],
  weight: NameWeight,
  pairs: Map<PlacedEvent, PlacedEvent>,
): void {
  const listed = zipLists(events)
  if (listed && weight !== 'weak') {
    for (const [id, secret] of listed) keep(pairs, id, secret)
    return
  }
  for (const [one, other] of chooseNeighbours(events, weight)) keep(pairs, one, other)
}

/** First all ids and then all secrets, or the other way: they belong together in their order. */
function zipLists(events: readonly PlacedEvent[]): readonly (readonly [PlacedEvent, PlacedEvent])[] | undefined {
  const half = events.length / 2
  const [first, second] = [events.slice(0, half), events.slice(half)]
  const isListed =
    half >= 2 &&
    Number.isInteger(half) &&
    [first, second].every((list) => new Set(list.map(({ type }) => type)).size === 1)
  if (!isListed || first[0]?.type === second[0]?.type) return undefined
  return first.flatMap((event, index) => {
    const other = second[index]
    return other ? [[event, other] as const] : []
  })
}

/** What a pair is worth, against what stands between the two. */
const WORTH = 100

/** The neighbours whose pairs are together worth most: one look at each event (each is alone, or paired with the one before). */
function chooseNeighbours(
  events: readonly PlacedEvent[],
  weight: NameWeight,
): readonly (readonly [PlacedEvent, PlacedEvent])[] {
  const best: { worth: number; isPaired: boolean }[] = []
  for (const [index, event] of events.entries()) {
    const before = events[index - 1]
    const alone = best[index - 1]?.worth ?? 0
    const cost = before ? costOf(before, event, weight) : undefined
    const paired = cost === undefined || cost >= WORTH ? -1 : (best[index - 2]?.worth ?? 0) + WORTH - cost
    best.push(paired > alone ? { worth: paired, isPaired: true } : { worth: alone, isPaired: false })
  }
  const chosen: [PlacedEvent, PlacedEvent][] = []
  for (let index = events.length - 1; index > 0; index -= 1) {
    const [one, other] = [events[index - 1], events[index]]
    if (!best[index]?.isPaired || !one || !other) continue
    chosen.push([one, other])
    index -= 1
  }
  return chosen
}

/** Lines and characters within which an unnamed secret stands beside its id; a named one may stand further. */
const NEAR = { lines: 3, letters: 400 }
const MEDIUM_REACH = 8000

function costOf(one: PlacedEvent, other: PlacedEvent, weight: NameWeight): number | undefined {
  if (one.type === other.type) return undefined
  const lines = other.at.line - one.at.line
  const letters = other.span.start - one.span.end
  if (weight === 'weak' && (lines > NEAR.lines || letters > NEAR.letters)) return undefined
  if (weight === 'medium' && letters > MEDIUM_REACH) return undefined
  const [stem, otherStem] = [one.name.stem, other.name.stem]
  const strangers = stem === otherStem ? 0 : stem !== '' && otherStem !== '' ? 25 : 6
  return (
    Math.min(lines, 40) * 0.5 +
    Math.min(letters / 400, 10) +
    Math.min(other.at.blanks - one.at.blanks, 3) * 6 +
    Math.min(other.at.closers - one.at.closers, 3) * 5 +
    strangers +
    (one.at.isComment === other.at.isComment ? 0 : 12) +
    // The id comes first, in nearly everything that writes both.
    (one.type === 'id' ? 0 : 0.5)
  )
}

/** A secret whose id stands in another section, when there is but one of either. */
function pairLastOnes(events: readonly PlacedEvent[], pairs: Map<PlacedEvent, PlacedEvent>): void {
  const paired = new Set([...pairs.keys()].map(({ value }) => value))
  const ids = events.filter((event): event is PlacedId => event.type === 'id' && !paired.has(event.value))
  const secrets = events.filter(
    (event): event is PlacedSecret => event.type === 'secret' && event.name.weight === 'strong' && !pairs.has(event),
  )
  const [id, secret] = [ids[0], secrets[0]]
  const isOnlyOne = new Set(ids.map(({ value }) => value)).size === 1 && secrets.length === 1
  if (id && secret && isOnlyOne) keep(pairs, id, secret)
}
