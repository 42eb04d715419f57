/** A word that can be pasted into a shell. */

import type { Platform } from '../machine/machine.ts'
import { quoteWord } from './section-header.ts'

/** The word itself when no shell takes any of its characters for something else, otherwise quoted for the platform's. */
export function shellWord(word: string, platform: Platform): string {
  if (/^[\w@%+=:,./-]+$/.test(word) && !(platform === 'win32' && word.includes('%'))) return word
  if (platform !== 'win32') return quoteWord(word)
  // To the C runtime, backslashes count by twos before a quote, and only there.
  return `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`
}
