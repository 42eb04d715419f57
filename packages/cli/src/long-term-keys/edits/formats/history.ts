/** Histories of shells and consoles: the entries that hold the key go, and nothing else. */

import { listLines } from '../text/lines.ts'
import type { Splice } from '../text/splice.ts'
import type { Format } from './format.ts'

/** How a history writes an entry of several lines. */
type HistoryForm = 'bash' | 'zsh' | 'fish' | 'powershell' | 'lines'

export const editHistory =
  (form: HistoryForm): Format =>
  ({ text, accessKeyId, secrets }) => {
    const hunted = [accessKeyId, ...secrets]
    const splices: Splice[] = []
    for (const { start, end } of listEntries(text, form)) {
      const entry = text.slice(start, end)
      if (hunted.some((needle) => entry.includes(needle))) splices.push({ start, end, text: '' })
    }
    const notes =
      splices.length === 0 ? [] : ['A shell that is open still has the entry, and may write it again when it ends.']
    return { splices, notes }
  }

function listEntries(text: string, form: HistoryForm): readonly { readonly start: number; readonly end: number }[] {
  const entries: { start: number; end: number }[] = []
  let isOpen = false
  for (const { start, end, next } of listLines(text)) {
    const line = text.slice(start, end)
    const last = entries.at(-1)
    // A line of time above a command of bash, and the lines below `- cmd:` of fish, belong to it.
    const belongs = form === 'fish' ? /^\s/.test(line) : isOpen
    if (last && belongs) last.end = next
    else entries.push({ start, end: next })
    isOpen =
      (form === 'zsh' && /(?<!\\)(?:\\\\)*\\$/.test(line)) ||
      (form === 'powershell' && line.endsWith('`')) ||
      (form === 'bash' && /^#\d{9,}$/.test(line))
  }
  return entries
}

/** By the name of the file; what is not known has an entry on each line. */
export function historyForm(name: string): HistoryForm {
  if (/^\.?bash_history/.test(name)) return 'bash'
  if (/^\.?(?:zsh_history|zhistory|histfile)/.test(name)) return 'zsh'
  if (/fish_history/.test(name)) return 'fish'
  return /ConsoleHost_history/i.test(name) ? 'powershell' : 'lines'
}
