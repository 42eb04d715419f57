/** A name and what is said of it, further lines below where the first begins. */

/** What a service or a file says moves no cursor. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Lines of at most `columns`, each with its end; a word that is longer stands alone. */
export function formatLead(lead: string, text: string, columns: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.replace(UNSEEN, ' ').split(/ +/)) {
    if (line !== '' && lead.length + line.length + 1 + word.length > columns) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  const [first = '', ...others] = [...lines, line]
  return [`${lead}${first}`, ...others.map((other) => ' '.repeat(lead.length) + other)]
    .map((each) => `${each.trimEnd()}\n`)
    .join('')
}
