/** A picker: a person types to filter thousands of rows, moves with the arrow keys, and takes one with Enter. */

import type { Key, Keyboard } from './keyboard.ts'
import { EndOfInput, Interrupted } from './question.ts'
import { cutText, textWidth } from './screen.ts'

export type Colour = 'red' | 'yellow' | 'green' | 'blue' | 'magenta' | 'cyan'

/** Part of a line, in one look. */
export interface Piece {
  readonly text: string
  readonly colour?: Colour | undefined
  readonly style?: 'bold' | 'faint'
}

export interface Picker {
  /** Said in the first line: `Which profile?` */
  readonly title: string
  /** How many rows there are. */
  readonly total: number
  /** What stands in the filter at first. */
  readonly query?: string
  /** The indexes of the rows that fit, the best first; all of them for an empty query. */
  filter(query: string): readonly number[]
  /** A row that takes at most `columns`. */
  row(index: number, columns: number): readonly Piece[]
}

/** The whole terminal, lent to a picker. */
export interface PickerScreen {
  readonly columns: number
  readonly rows: number
  /** `redraw` is called whenever the size changes. */
  open(redraw: () => void): void
  /** Draws these lines from the top; the cursor goes behind `cursor` columns of line `at`. */
  draw(lines: readonly (readonly Piece[])[], cursor: { readonly column: number; readonly at: number }): void
  /** What the terminal showed before is there again. */
  close(): void
}

export interface PickerPlace {
  readonly screen: PickerScreen
  openKeyboard(): Keyboard
  /** Stops this process until the shell brings it back. */
  suspend(): Promise<unknown>
}

interface State {
  readonly query: string
  readonly fitting: readonly number[]
  /** Which of the fitting rows is marked, and which is drawn first. */
  readonly marked: number
  readonly first: number
}

/** Lets a person take a row; answers its index. Rejects with Interrupted on Esc or Ctrl-C, and with EndOfInput. */
export async function pickRow(picker: Picker, { screen, openKeyboard, suspend }: PickerPlace): Promise<number> {
  let keyboard = openKeyboard()
  let state = filtered(picker, picker.query ?? '')
  const draw = (): void => {
    state = scrolled(state, roomFor(screen))
    drawPicker(picker, state, screen)
  }
  screen.open(draw)
  try {
    for (;;) {
      if (!keyboard.hasNext()) draw()
      const key = await keyboard.read()
      const index = state.fitting[state.marked]
      if (key.type === 'enter' && index !== undefined) return index
      if (key.type === 'escape' || key.type === 'interrupt') throw new Interrupted()
      if (key.type === 'end-of-input') throw new EndOfInput('The input ended before the choice.')
      if (key.type === 'suspend') {
        screen.close()
        keyboard.close()
        await suspend()
        keyboard = openKeyboard()
        screen.open(draw)
      } else state = press(picker, state, key, roomFor(screen))
    }
  } finally {
    screen.close()
    keyboard.close()
  }
}

const filtered = (picker: Picker, query: string): State => ({
  query,
  fitting: picker.filter(query),
  marked: 0,
  first: 0,
})

/** The picker after a key. */
function press(picker: Picker, state: State, key: Key, room: number): State {
  const { query, marked } = state
  const last = Math.max(0, state.fitting.length - 1)
  switch (key.type) {
    case 'text':
      return filtered(picker, query + key.text)
    case 'backspace':
      return query === '' ? state : filtered(picker, [...query].slice(0, -1).join(''))
    case 'delete-word':
      return filtered(picker, query.replace(/\S*\s*$/, ''))
    case 'delete-to-start':
      return filtered(picker, '')
    case 'down':
    case 'tab':
      return { ...state, marked: marked === last ? 0 : marked + 1 }
    case 'up':
    case 'back-tab':
      return { ...state, marked: marked === 0 ? last : marked - 1 }
    case 'page-down':
      return { ...state, marked: Math.min(last, marked + room) }
    case 'page-up':
      return { ...state, marked: Math.max(0, marked - room) }
    case 'home':
      return { ...state, marked: 0 }
    case 'end':
      return { ...state, marked: last }
    default:
      return state
  }
}

/** The marked row is always to be seen. */
const scrolled = (state: State, room: number): State => ({
  ...state,
  first: Math.min(Math.max(state.first, state.marked - room + 1), state.marked),
})

const HELP = 'Type to filter   ↑ ↓ move   Enter take   Esc leave'
/** A terminal with fewer rows shows rows to choose from instead of help. */
const ROOMY = 8

const hasHelp = ({ rows, columns }: PickerScreen): boolean => rows >= ROOMY && columns > textWidth(HELP)

/** How many rows to choose from fit below the title and the filter. */
const roomFor = (screen: PickerScreen): number => Math.max(1, screen.rows - 2 - (hasHelp(screen) ? 1 : 0))

function drawPicker(picker: Picker, { query, fitting, marked, first }: State, screen: PickerScreen): void {
  const width = screen.columns - 1
  const count = `${fitting.length}/${picker.total}`
  const typed = endOf(query, Math.max(1, width - 2 - textWidth(count) - 1))
  const gap = ' '.repeat(Math.max(1, width - 2 - textWidth(typed) - textWidth(count)))
  const shown = fitting.slice(first, first + roomFor(screen))
  const lines: (readonly Piece[])[] = [
    [{ text: cutText(picker.title, width), style: 'bold' }],
    [{ text: '> ' }, { text: typed }, { text: `${gap}${count}`, style: 'faint' }],
    ...shown.map((index, place) => {
      const isMarked = first + place === marked
      const row = picker.row(index, width - 2)
      return [{ text: isMarked ? '▌ ' : '  ' }, ...(isMarked ? row.map(emphasized) : row)]
    }),
  ]
  if (shown.length === 0) lines.push([{ text: cutText('  Nothing fits. Backspace widens it.', width), style: 'faint' }])
  if (hasHelp(screen)) {
    while (lines.length < screen.rows - 1) lines.push([])
    lines.push([{ text: HELP, style: 'faint' }])
  }
  screen.draw(lines, { column: 2 + textWidth(typed), at: 1 })
}

const emphasized = (piece: Piece): Piece => ({ ...piece, style: 'bold' })

/** The end of a text that is too long for its place: what is being typed stays in sight. */
function endOf(text: string, columns: number): string {
  let end = [...text]
  while (textWidth(end.join('')) > columns) end = end.slice(1)
  return end.join('')
}
