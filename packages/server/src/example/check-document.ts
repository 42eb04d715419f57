/** Whether a document has the keys it should have, and in each what it takes. What refers to what is not asked here. */

import { isRequired, type Keys, type Value } from './document-key.ts'
import type { Place } from './place.ts'

/** Throws `invalid` at the first fault, with its place. */
export function checkMembers(place: Place, keys: Keys): void {
  place.only(Object.keys(keys))
  for (const [name, key] of Object.entries(keys)) {
    const member = isRequired(key) ? place.get(name, key.example) : place.find(name)
    if (member) checkValue(member, key.value)
  }
}

function checkValue(place: Place, value: Value): unknown {
  switch (value.type) {
    case 'members':
      return checkMembers(place, value.keys)
    case 'list':
      return place.list().map((item) => checkValue(item, value.of))
    case 'text':
      return place.matching(value.pattern, value.what)
    case 'choice':
      return place.oneOf(...value.choices)
    case 'flag':
      return place.flag()
    case 'duration':
      return place.duration(value.least, value.most)
    case 'policy':
      return place.policy()
  }
}
