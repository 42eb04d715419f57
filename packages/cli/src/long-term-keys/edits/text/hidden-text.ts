/** A text in which nothing can be read of a secret but its last four characters. */

/** Stands for one character that is not shown. No text that is edited has it. */
const HIDDEN = '\0'

const KEY_ID = /^AKIA[A-Z2-7]{16}$/
// Long runs of what secrets are made of, in the ways in which formats escape them.
const RUN = /(?:[A-Za-z0-9/+%\\]|&#[0-9A-Fa-fx]{2,6};){16,}={0,2}/g

/**
 * Of the same length, so that offsets keep their meaning. Known secrets are hidden, and whatever might be another one:
 * a diff shows whole lines of files that hold more than one secret.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  let hidden = text
  for (const secret of secrets) if (secret.length > 4) hidden = hidden.replace(spellingsOf(secret), cover)
  return hidden.replace(RUN, (run) => (KEY_ID.test(run) || isWords(run) ? run : cover(run)))
}

/** A secret as any format may spell it: `/` is also `\/`, `\u002f`, `%2F`, `&#47;` and `&#x2f;`. */
const spellingsOf = (secret: string): RegExp => new RegExp([...secret].map(spellingOf).join(''), 'giu')

function spellingOf(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16).padStart(2, '0')
  return `(?:\\\\?\\u{${hex}}|\\\\u00${hex}|%${hex}|&#${code};|&#x0*${hex};)`
}

const cover = (secret: string): string => HIDDEN.repeat(secret.length - 4) + secret.slice(-4)

/** Letters of one case, as in a path or the name of a variable: a secret of 40 characters has both and digits. */
const isWords = (run: string): boolean => /^(?:[a-z/]+|[A-Z/]+)$/.test(run)

/** A line of a hidden text as a person sees it. */
export const showHidden = (line: string): string =>
  line
    .replaceAll(/\0+/g, '…')
    .replaceAll('\t', '  ')
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
