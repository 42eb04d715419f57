/** A line that a person types, with completion, a check on Enter, and lines below it. */

import type { Key, Keyboard } from './keyboard.ts'
import { type Completion, EndOfInput, Interrupted, type Question } from './question.ts'
import { cutText, type Line, type Screen, textWidth } from './screen.ts'

/** The line being typed: its characters, where the cursor stands, and which completion was taken. */
interface Edit {
  readonly characters: readonly string[]
  readonly cursor: number
  /** What was typed before Tab took a completion, and which one it took. */
  readonly completing?: { readonly typed: string; readonly index: number }
  readonly complaint?: string
}

/** The rows of the completion list. */
const MOST_COMPLETIONS = 7

/** Asks one question; answers the line, trimmed, once its check has nothing to say. */
export async function editLine(question: Question, keyboard: Keyboard, screen: Screen): Promise<string> {
  let edit: Edit = { characters: [], cursor: 0 }
  for (;;) {
    if (!keyboard.hasNext())
      screen.draw(
        linesOf(question, edit, screen.columns),
        [...question.prompt].length + (question.isSecret ? 0 : edit.cursor),
      )
    const key = await keyboard.read()
    const text = edit.characters.join('')
    if (key.type === 'interrupt' || (key.type === 'end-of-input' && text === '')) {
      screen.finish(question.prompt + shownOf(question, text))
      throw key.type === 'interrupt' ? new Interrupted() : new EndOfInput('The input ended before the answer.')
    }
    if (key.type === 'enter') {
      const complaint = question.check?.(text.trim()) ?? (await question.verify?.(text.trim()))
      if (complaint === undefined) {
        screen.finish(question.prompt + shownOf(question, text))
        return text.trim()
      }
      // Nobody can correct what is not shown.
      const characters = question.isSecret ? [] : edit.characters
      edit = { characters, cursor: characters.length, complaint }
    } else edit = press(edit, key, question.completions ?? [])
  }
}

const shownOf = ({ isSecret }: Question, text: string): string => (isSecret ? '' : text)

/** The line after a key. */
function press(edit: Edit, key: Key, completions: readonly Completion[]): Edit {
  const { characters, cursor } = edit
  const at = (position: number): Edit => ({
    characters,
    cursor: Math.min(Math.max(position, 0), characters.length),
  })
  const without = (start: number, end: number): Edit => ({
    characters: characters.toSpliced(start, Math.max(0, end - start)),
    cursor: start,
  })
  switch (key.type) {
    case 'text': {
      const typed = [...key.text]
      return { characters: characters.toSpliced(cursor, 0, ...typed), cursor: cursor + typed.length }
    }
    case 'tab':
    case 'down':
      return complete(edit, completions, 1)
    case 'back-tab':
    case 'up':
      return complete(edit, completions, -1)
    case 'backspace':
      return without(Math.max(0, cursor - 1), cursor)
    case 'delete':
    case 'end-of-input':
      return without(cursor, Math.min(characters.length, cursor + 1))
    case 'left':
      return at(cursor - 1)
    case 'right':
      return at(cursor + 1)
    case 'home':
      return at(0)
    case 'end':
      return at(characters.length)
    case 'delete-to-start':
      return without(0, cursor)
    case 'delete-to-end':
      return without(cursor, characters.length)
    case 'delete-word':
      return without(startOfWord(characters, cursor), cursor)
    default:
      return at(cursor)
  }
}

function startOfWord(characters: readonly string[], cursor: number): number {
  let start = cursor
  while (start > 0 && characters[start - 1] === ' ') start -= 1
  while (start > 0 && characters[start - 1] !== ' ') start -= 1
  return start
}

/** Takes the next completion, or the one before; past the last stands what was typed. */
function complete(edit: Edit, completions: readonly Completion[], step: 1 | -1): Edit {
  const typed = edit.completing?.typed ?? edit.characters.join('')
  const fitting = fittingCompletions(typed, completions)
  if (fitting.length === 0) return edit
  const places = fitting.length + 1
  const index = ((edit.completing?.index ?? fitting.length) + step + places) % places
  const characters = [...(fitting[index]?.value ?? typed)]
  return { characters, cursor: characters.length, completing: { typed, index } }
}

/** What begins with the text comes first, then what holds it. */
function fittingCompletions(typed: string, completions: readonly Completion[]): readonly Completion[] {
  const part = typed.trim().toLowerCase()
  const starting = completions.filter(({ value }) => value.toLowerCase().startsWith(part))
  const holding = completions.filter((each) => each.value.toLowerCase().includes(part) && !starting.includes(each))
  return [...starting, ...holding]
}

function linesOf(question: Question, edit: Edit, columns: number): readonly Line[] {
  const text = edit.characters.join('')
  const typed = edit.completing?.typed ?? text
  const offered = typed === '' && !edit.completing ? [] : fittingCompletions(typed, question.completions ?? [])
  const preview = question.preview?.(text.trim())
  return [
    { text: question.prompt + shownOf(question, text) },
    ...completionLines(offered, edit.completing?.index, text, columns),
    ...(edit.complaint === undefined
      ? []
      : [{ text: cutText(edit.complaint, columns - 1), style: 'reverse' as const }]),
    ...(preview ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ text: cutText(line, columns - 1), style: 'faint' as const })),
  ]
}

function completionLines(
  offered: readonly Completion[],
  taken: number | undefined,
  text: string,
  columns: number,
): readonly Line[] {
  if (offered.length === 1 && offered[0]?.value === text) return []
  const first = Math.max(0, Math.min((taken ?? 0) - MOST_COMPLETIONS + 1, offered.length - MOST_COMPLETIONS))
  const shown = offered.slice(first, first + MOST_COMPLETIONS)
  const width = Math.max(0, ...shown.map(({ value }) => textWidth(value)))
  return shown.map(({ value, about }, index) => ({
    text: cutText(`  ${value}${about ? `${' '.repeat(width - textWidth(value))}  ${about}` : ''}`, columns - 1),
    style: first + index === taken ? ('reverse' as const) : ('faint' as const),
  }))
}
