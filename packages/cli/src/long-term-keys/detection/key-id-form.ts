/** Whether twenty letters are the id of a long-term key that AWS may have handed out, by themselves. */

import { accountOfKeyId } from '../key/access-key-id.ts'

// Of chance alone, a word of five letters is in one id of three million; one of four, in one of a hundred thousand.
const WORDS =
  /EXAMPLE|PLACEHOLDER|SAMPLE|DUMMY|REDACTED|CHANGEME|NOTREAL|INVALID|REPLACE|FAKEKEY|YOURKEY|YOURACCESS|KEYHERE|XXXXXX/
const EDGE_WORDS = /^(?:YOUR|FAKE|TEST|MOCK|DEMO|XXXX)|(?:FAKE|TEST|MOCK|DEMO|XXXX|HERE)$/
/** Letters that differ, of sixteen: chance leaves six in one of a million. */
const LEAST_VARIETY = 6
/** An account that emulators of AWS take. */
const NOBODY = '000000000000'

/** False for an account that cannot be, for an id of a documentation, and for a word that is to be replaced. */
export function isKeyId(accessKeyId: string): boolean {
  const rest = accessKeyId.slice(4)
  if (WORDS.test(rest) || EDGE_WORDS.test(rest) || isMonotonous(rest, LEAST_VARIETY)) return false
  // Ids of the first generation begin with I or J, carry no account, and are still valid.
  if (/^[IJ]/.test(rest)) return true
  // That generation has 0 for the first bit (labs.withsecure.com, "A bitwise analysis of AWS access key identifiers").
  // Nobody has shown one with another letter, and nobody says that there is none: such an id counts, and its account too.
  const account = accountOfKeyId(accessKeyId)
  return account !== undefined && account !== NOBODY
}

/** One letter six times in a row, six neighbours of the alphabet, or few different letters. */
export function isMonotonous(text: string, leastVariety: number): boolean {
  if (new Set(text).size < leastVariety) return true
  let [same, rising, falling] = [1, 1, 1]
  for (let index = 1; index < text.length; index += 1) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1)
    same = step === 0 ? same + 1 : 1
    rising = step === 1 ? rising + 1 : 1
    falling = step === -1 ? falling + 1 : 1
    if (same >= 6 || rising >= 6 || falling >= 6) return true
  }
  return false
}
