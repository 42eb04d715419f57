/** The steps in which a document is read. */

import type { OrganizationAccount } from './organization.ts'
import type { Place } from './place.ts'

export const listIn = (place: Place, name: string): Place[] => place.find(name)?.list() ?? []
export const textIn = (place: Place, name: string): string => place.get(name).text()

/** An optional text, as a member to spread. */
export function optional<Name extends string>(place: Place, name: Name): { [N in Name]?: string } {
  const text = place.find(name)?.text()
  return (text === undefined ? {} : { [name]: text }) as { [N in Name]?: string }
}

/** One item a place; refuses the second of two with the same key. */
export function uniquely<Item>(places: Place[], read: (place: Place) => Item, keyOf: (item: Item) => string): Item[] {
  const keys = new Set<string>()
  return places.map((place) => {
    const item = read(place)
    const key = keyOf(item)
    if (keys.has(key)) place.refuse(`repeats ${key}`, 'Give it another one, or remove one of the two.')
    keys.add(key)
    return item
  })
}

/** By id or by name. */
export function readAccountName(place: Place, accounts: readonly OrganizationAccount[]): string {
  const text = place.text()
  const account = accounts.find(({ id, name }) => id === text || name === text)
  if (account) return account.id
  return place.nameAmong(
    accounts.flatMap(({ id, name }) => [name, id]),
    'accounts',
  )
}
