/** A tagged template that escapes by default. */

/** Text that is markup already. Only `html` and the few constants beside it make one. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** What may stand in a template: absent values and `false` write nothing, lists are written one after another. */
export type HtmlValue = string | number | Markup | undefined | false | readonly HtmlValue[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

// Controls, and the marks that turn the reading direction: a client name could use them to look like another text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters that must not reach a page
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Text as it may stand between tags and inside quoted attributes. */
const escapeHtml = (text: string): string =>
  text.replace(INVISIBLE, '\ufffd').replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

const textOf = (value: HtmlValue): string => {
  if (value === undefined || value === false) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'object') return value.map(textOf).join('')
  return escapeHtml(String(value))
}

/** Markup from a template; every value is escaped unless it is `Markup`. Attributes must be quoted. */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Markup =>
  new Markup(
    strings.reduce((text, part, index) => text + part + (index < values.length ? textOf(values[index]) : ''), ''),
  )
