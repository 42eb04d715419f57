/** Forms: the form itself, its fields, its buttons. */

import { type HtmlValue, html, type Markup } from './html.ts'

export interface Form {
  readonly action: string
  readonly antiForgery: string
  /** Values that travel with the form unseen. */
  readonly hidden?: Readonly<Record<string, string>>
  readonly body: HtmlValue
}

/** A form that is sent by POST and carries the anti-forgery token. */
export const form = ({ action, antiForgery, hidden = {}, body }: Form): Markup => html`
<form method="post" action="${action}" autocomplete="on">
<input type="hidden" name="antiForgery" value="${antiForgery}">
${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${body}
</form>`

export interface Field {
  readonly name: string
  readonly label: HtmlValue
  readonly type?: 'text' | 'password' | 'email'
  readonly value?: string
  /** What browsers and password managers fill in (HTML autofill field names). */
  readonly autocomplete: string
  readonly hint?: HtmlValue
  readonly errors?: readonly string[]
  readonly autofocus?: boolean
  readonly optional?: boolean
  /** Digits only: phones then show the number keys. */
  readonly numeric?: boolean
  /** A code that is read letter by letter. */
  readonly code?: boolean
  readonly maxLength?: number
}

/** A labelled field, with its hint and what is wrong with it. */
export function field(of: Field): Markup {
  const errors = of.errors ?? []
  const describedBy = [of.hint ? `${of.name}-hint` : '', errors.length > 0 ? `${of.name}-error` : '']
    .filter(Boolean)
    .join(' ')
  return html`<div class="field">
<label for="${of.name}">${of.label}${of.optional === true && html` <span class="quiet">(optional)</span>`}</label>
${of.hint !== undefined && html`<p class="hint" id="${of.name}-hint">${of.hint}</p>`}
<input id="${of.name}" name="${of.name}" type="${of.type ?? 'text'}" autocomplete="${of.autocomplete}"${attributes(of)}${
    describedBy !== '' && html` aria-describedby="${describedBy}"`
  }${errors.length > 0 && html` aria-invalid="true"`}>
${
  errors.length > 0 &&
  html`<ul class="wrong" id="${of.name}-error">${errors.map((error) => html`<li>${error}</li>`)}</ul>`
}
</div>`
}

const attributes = (of: Field): HtmlValue => [
  of.optional !== true && html` required`,
  of.value !== undefined && html` value="${of.value}"`,
  of.autofocus === true && html` autofocus`,
  of.numeric === true && html` inputmode="numeric"`,
  (of.numeric === true || of.code === true) && html` class="code"`,
  of.type !== 'password' && html` autocapitalize="${of.code === true ? 'characters' : 'none'}" spellcheck="false"`,
  html` maxlength="${of.maxLength ?? 1024}"`,
]

export interface Button {
  readonly label: HtmlValue
  readonly kind?: 'primary' | 'normal'
  readonly name?: string
  readonly value?: string
}

/** A button that sends its form. */
export const button = ({ label, kind = 'primary', name, value }: Button): Markup =>
  html`<button class="${kind}" type="submit"${
    name !== undefined && html` name="${name}" value="${value ?? ''}"`
  }>${label}</button>`

/** Something went wrong: read out at once, and first on the page. */
export const alert = (message: HtmlValue): Markup | undefined =>
  message === undefined || message === false ? undefined : html`<div class="alert" role="alert">${message}</div>`

/** Something the reader should weigh before going on. */
export const caution = (message: HtmlValue): Markup => html`<div class="caution" role="note">${message}</div>`

/** Names and what they stand for. */
export const facts = (of: readonly (readonly [string, HtmlValue])[]): Markup =>
  html`<dl class="facts">${of.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
