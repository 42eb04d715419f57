/** The mark: a mayfly at rest, its wings upright over a curved body and three tail filaments. */

import { html, type Markup } from './html.ts'

const DRAWING = html`<g fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">
<path stroke-width="2.2" d="M7.5 19.2c5 2.4 11 2.2 15.7-1.2"/>
<path stroke-width="1.5" d="M12.8 20.4C10.5 14 11.8 7.3 17 2.8c3.6 5 3.8 11.4.6 17"/>
<path stroke-width="1.2" d="M16.9 20.4c1.1-5.4 3.9-9.2 8.3-11 .8 4.3-.9 7.9-4.7 10.1"/>
<path stroke-width="1.2" d="M23.2 18c2.3-1.8 4.3-2.4 6.6-2.3M23.2 18c2.6-.5 4.5-.2 6.6 1M23.2 18c2.3.8 3.9 2 5.3 4"/>
<path stroke-width="1.2" d="M7.5 19.2C5.7 18.3 4 16.8 2.8 14.8"/>
</g>`

/** The mark, in the colour of the text around it. Decoration: the name stands beside it. */
export const mark = (size: number): Markup =>
  html`<svg class="mark" viewBox="0 0 32 24" width="${size}" height="${Math.round(size * 0.75)}" aria-hidden="true" focusable="false">${DRAWING}</svg>`

/** The mark as an address, for the browser's tab. */
export const iconAddress = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -4 32 32" color="#0f766e">${DRAWING.text}</svg>`,
)}`
