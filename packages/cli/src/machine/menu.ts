/** A menu: rows, arrow keys, Enter. */

import type { Keyboard } from './keyboard.ts'
import { EndOfInput, Interrupted } from './question.ts'
import { cutText, type Line, type Screen, textWidth } from './screen.ts'

/** Rows that are shown at once, as the AWS CLI does. */
const MOST_ROWS = 10

/** Lets a person pick a row; answers its index. The menu is gone afterwards. */
export async function chooseRow(rows: readonly string[], keyboard: Keyboard, screen: Screen): Promise<number> {
  let index = 0
  let first = 0
  for (;;) {
    first = Math.min(Math.max(first, index - MOST_ROWS + 1), index)
    if (!keyboard.hasNext()) screen.draw(linesOf(rows, index, first, screen.columns))
    const key = await keyboard.read()
    const last = rows.length - 1
    if (key.type === 'enter') {
      screen.clear()
      return index
    }
    if (key.type === 'interrupt' || key.type === 'end-of-input') {
      screen.clear()
      throw key.type === 'interrupt' ? new Interrupted() : new EndOfInput('The input ended before the choice.')
    }
    if (key.type === 'down') index = index === last ? 0 : index + 1
    else if (key.type === 'up') index = index === 0 ? last : index - 1
    else if (key.type === 'home') index = 0
    else if (key.type === 'end') index = last
    else if (key.type === 'page-down') index = Math.min(last, index + MOST_ROWS)
    else if (key.type === 'page-up') index = Math.max(0, index - MOST_ROWS)
  }
}

function linesOf(rows: readonly string[], index: number, first: number, columns: number): readonly Line[] {
  const shown = rows.slice(first, first + MOST_ROWS)
  const scrolls = rows.length > MOST_ROWS
  const width = Math.min(columns - 5, Math.max(...shown.map(textWidth)))
  return shown.map((row, place) => {
    const text = `${first + place === index ? '>' : ' '} ${cutText(row, columns - 5)}`
    if (!scrolls) return { text }
    return { text: `${text}${' '.repeat(Math.max(0, width + 2 - textWidth(text)))} ${scrollbar(place, first, rows)}` }
  })
}

/** The scrollbar's character beside a row. */
function scrollbar(place: number, first: number, rows: readonly string[]): string {
  const thumb = Math.round((first / Math.max(1, rows.length - MOST_ROWS)) * (MOST_ROWS - 1))
  return place === thumb ? '█' : '│'
}
