/** Short words for regions: `ue1` or `use1` for us-east-1. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { partitionOf } from '../endpoints/partition.ts'
import { SSO_OIDC_REGIONS } from '../endpoints/regions.ts'

/** The region that a person means; a name that looks like a region is taken as it is. Refuses a word that means several. */
export function parseRegion(word: string): string {
  const typed = word.toLowerCase()
  const meant = SSO_OIDC_REGIONS.filter((region) => shortForms(region).includes(typed))
  const [only, ...others] = meant
  if (only !== undefined && others.length === 0) return only
  if (only === undefined && partitionOf(typed).regions.test(typed)) return typed
  const hint =
    only === undefined ? 'A region looks like us-east-1, or ue1 for short.' : `Say which: ${meant.join(', ')}`
  const problem = only === undefined ? 'is no region' : 'means several regions'
  throw new Refusal('invalid', `"${word}" ${problem}.`, { hint })
}

/** us-east-1: `use1`, `ue1`; ap-southeast-2: `apse2`, `ase2`; us-gov-west-1: `usgw1`, `ugw1`. */
function shortForms(region: string): readonly string[] {
  const [place = '', ...rest] = region.split('-')
  const tail = rest.map(shorten).join('')
  return [place + tail, place.charAt(0) + tail]
}

/** `southeast` is `se`; a number stays whole. */
const shorten = (part: string): string =>
  /^\d+$/.test(part) ? part : part.replace(/^(\w)\w*?(?:th(e|w)\w*)?$/, '$1$2')
