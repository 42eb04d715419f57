/** HTML that escapes whatever is put into it. */

/** A piece of HTML that is finished: it is put into others as it stands. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = string | number | undefined | Html | readonly Html[]

/** The text of the template is HTML; whatever stands in it is text, unless it is HTML itself. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(parts.map((part, index) => part + (index < values.length ? format(values[index]) : '')).join(''))

function format(value: Value): string {
  if (value === undefined) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'object') return value.map(({ text }) => text).join('')
  return escapeSigns(String(value))
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Signs that turn the writing round, or that nobody sees, could make one name look like another. */
const escapeSigns = (text: string): string =>
  text
    .replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u061c]/gu, '\ufffd')
    .replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '')
