/** Text in lines that fit, with an indentation. What comes from a file or a service moves no cursor. */

/** Lines of at most `columns`, each with a line end; a word that is longer stands alone. */
export function wrapText(text: string, columns: number, first: string, indent = ' '.repeat(first.length)): string {
  const lines: string[] = []
  let line = first
  for (const word of printable(text).split(/ +/)) {
    const isStart = line === first || line === indent
    if (!isStart && line.length + 1 + word.length > columns) {
      lines.push(line.trimEnd())
      line = indent + word
    } else line += isStart ? word : ` ${word}`
  }
  return [...lines, line.trimEnd()].map((each) => `${each}\n`).join('')
}

/** The same for a sentence that ends with a command: that has its own line, which nobody breaks. */
export function wrapAdvice(text: string, columns: number, first: string): string {
  const [, sentence, command] = /^([\s\S]*?:) ((?:mayfly|chmod|unset|set) [\s\S]*)$/.exec(text) ?? []
  if (sentence === undefined || command === undefined || first.length + text.length <= columns)
    return wrapText(text, columns, first)
  return `${wrapText(sentence, columns, first)}${' '.repeat(first.length)}  ${printable(command)}\n`
}

/** One line, cut with `…` where it does not fit. */
export function cutText(text: string, columns: number): string {
  const shown = printable(text)
  return shown.length > columns ? `${shown.slice(0, Math.max(0, columns - 1))}…` : shown
}

const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')
