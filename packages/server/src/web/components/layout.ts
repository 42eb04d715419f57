/** The page around every page. */

import { iconAddress, mark } from './brand.ts'
import { type HtmlValue, html, type Markup } from './html.ts'
import { stylesheetPath } from './stylesheet.ts'

export interface Page {
  /** The heading, and the name of the browser's tab. */
  readonly title: string
  readonly body: HtmlValue
  /** Who is signed in, as the foot of the page says it. */
  readonly userName?: string | undefined
  /** The organization whose pages these are. */
  readonly instanceName?: string | undefined
  /** Room for tables of facts and long texts. */
  readonly wide?: boolean
  /** A sign above the heading. */
  readonly sign?: 'done' | 'stop'
}

const SIGNS = {
  done: html`<path d="M5 12.5l4.5 4.5L19 7.5"/>`,
  stop: html`<path d="M12 6v7.5M12 17.5v.1"/>`,
}

const sign = (kind: 'done' | 'stop'): Markup =>
  html`<div class="sign ${kind}" aria-hidden="true"><svg viewBox="0 0 24 24" width="26" height="26" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">${SIGNS[kind]}</svg></div>`

/** A whole page, as text. */
export const layout = (page: Page): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${page.title} · ${page.instanceName ?? 'Mayfly'}</title>
<link rel="icon" href="${iconAddress}">
<link rel="stylesheet" href="${stylesheetPath}">
</head>
<body>
<header>${mark(42)}<span>${page.instanceName ?? 'Mayfly'}</span></header>
<main${page.wide === true && html` class="wide"`}>
${page.sign !== undefined && sign(page.sign)}
<h1>${page.title}</h1>
${page.body}
</main>
<footer>${
    page.userName === undefined
      ? html`Credentials that live for a day.`
      : html`Signed in as <strong>${page.userName}</strong> · <a href="/sign-out">Sign out</a>`
  }</footer>
</body>
</html>
`.text
