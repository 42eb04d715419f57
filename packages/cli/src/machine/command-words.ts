/** A command's words, as the shell of the platform makes them. */

/** Words as a POSIX shell makes them; on Windows as the C runtime does, where a backslash is part of a path. */
export function splitCommand(command: string, platform: string): readonly string[] | undefined {
  if (platform !== 'win32') return splitWords(command)
  const words = command.match(WINDOWS_WORD) ?? []
  return words.map((word) => word.replace(/(\\*)"/g, (_, slashes: string) => unquote(slashes)))
}

// A quote behind an odd number of backslashes is a letter like any other, inside of quotes and outside.
const LITERAL_QUOTE = String.raw`(?<!\\)(?:\\\\)*\\"`
const QUOTED = String.raw`"(?:[^"\\]|\\+(?!["\\])|${LITERAL_QUOTE})*(?:\\\\)*"`
const WINDOWS_WORD = new RegExp(String.raw`(?:${LITERAL_QUOTE}|${QUOTED}|[^\s"])+`, 'g')

/** Backslashes before a quote count by twos; an odd one makes the quote literal. */
const unquote = (slashes: string): string => '\\'.repeat(slashes.length >> 1) + (slashes.length % 2 === 1 ? '"' : '')

/** Words as Python's shlex.split finds them (POSIX rules); nothing when a quote or a backslash is left open. */
export function splitWords(text: string): readonly string[] | undefined {
  // Nothing to understand but blanks: most commands, and every header of a config file with thousands of them.
  if (!/['"\\]/.test(text)) return text.match(/[^ \t\r\n]+/g) ?? []
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (quote !== '' && character === quote) quote = ''
    else if (character === '\\' && quote !== "'") {
      index += 1
      if (index === text.length) return undefined
      const next = text.charAt(index)
      const escapes = quote === '' || next === '"' || next === '\\'
      word = (word ?? '') + (escapes ? next : `\\${next}`)
    } else if (quote !== '') word = (word ?? '') + character
    else if (character === "'" || character === '"') {
      quote = character
      word ??= ''
    } else if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (quote !== '') return undefined
  if (word !== undefined) words.push(word)
  return words
}
