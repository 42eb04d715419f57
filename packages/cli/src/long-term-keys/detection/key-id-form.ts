/** Whether twenty letters are the id of a long-term key that AWS may have handed out, by themselves. */

import { accountOfKeyId } from '../key/access-key-id.ts'

/**
 * `key`: an id that AWS may have handed out. `doubtful`: of the form alone, and nobody has been seen with one like it;
 * a secret beside it decides. `none`: of an account that cannot be, from a documentation, or a word to be replaced.
 */
export type KeyIdForm = 'key' | 'doubtful' | 'none'

// Of chance alone, a word of five letters is in one id of three million; one of four, in one of a hundred thousand.
const WORDS =
  /EXAMPLE|PLACEHOLDER|SAMPLE|DUMMY|REDACTED|CHANGEME|NOTREAL|INVALID|REPLACE|FAKEKEY|YOURKEY|YOURACCESS|KEYHERE|XXXXXX/
const EDGE_WORDS = /^(?:YOUR|FAKE|TEST|MOCK|DEMO|XXXX)|(?:FAKE|TEST|MOCK|DEMO|XXXX|HERE)$/
/** Letters that differ, of sixteen: chance leaves six in one of a million. */
const LEAST_VARIETY = 6
/** An account that emulators of AWS take. */
const NOBODY = '000000000000'

export function judgeKeyId(accessKeyId: string): KeyIdForm {
  const rest = accessKeyId.slice(4)
  if (WORDS.test(rest) || EDGE_WORDS.test(rest) || isMonotonous(rest, LEAST_VARIETY)) return 'none'
  // The first bit tells the generation. Ids of before March 2019 have 0 there, carry no account, and all that were ever
  // published begin with AKIAI or AKIAJ; they are still valid (labs.withsecure.com, "A bitwise analysis of AWS access
  // key identifiers").
  if (/^[A-P]/.test(rest)) return /^[IJ]/.test(rest) ? 'key' : 'doubtful'
  const account = accountOfKeyId(accessKeyId)
  return account === undefined || account === NOBODY ? 'none' : 'key'
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
