/** Secrets that no terminal is told, wherever they stand: people name folders, profiles and jobs after anything. */

/** AWS gives every secret access key this length. */
const LENGTH = 40
/** Shorter ones are not asked for: a word of so few letters may be one of ours. */
const SHOWN = 4

const unspoken = new Set<string>()

/** From now on it is `…wXyZ` in whatever this process prints. */
export function neverPrint(secret: string): void {
  // A copy: a piece of a long text would keep all of that in memory.
  if (secret.length === LENGTH) unspoken.add(Buffer.from(secret).toString())
}

// A URI writes two of the letters in three.
const RUN = /(?:[A-Za-z0-9/+]|%2[BF]){40,}/gi

/** A text as it may be printed. */
export const withoutUnspoken = (text: string): string => (unspoken.size === 0 ? text : text.replace(RUN, coverRun))

function coverRun(run: string): string {
  const letters = run.includes('%') ? (run.match(/%2[BF]|[\s\S]/gi) ?? []) : [...run]
  const plain = letters.map((letter) => (letter.length === 1 ? letter : decodeURIComponent(letter))).join('')
  let covered = ''
  for (let at = 0; at < letters.length; at += 1) {
    if (!unspoken.has(plain.slice(at, at + LENGTH))) covered += letters[at]
    else {
      at += LENGTH - 1
      covered += `…${letters.slice(at + 1 - SHOWN, at + 1).join('')}`
    }
  }
  return covered
}
