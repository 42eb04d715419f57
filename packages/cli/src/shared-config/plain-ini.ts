/** The values of a file that needs no understanding, read in one pass: thousands of profiles that programs wrote. */

import type { IniValue } from './ini.ts'

const HASH = 35
const SEMICOLON = 59
const OPEN = 91
const CLOSE = 93

/**
 * What `listValues(parseIni(…))` answers, for ASCII with headers, NAME = VALUE from the first column, comments and empty
 * lines. Undefined for everything else, wrong files included: they are for `parseIni`, which knows more and says more.
 */
export function listPlainValues(bytes: Uint8Array): ReadonlyMap<string, ReadonlyMap<string, IniValue>> | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  // Beyond ASCII, and where a blank is no space: form feeds, tabs, carriage returns, Python's further line breaks.
  if (/[^\n\x20-\x7e]/.test(text)) return undefined
  const sections = new Map<string, Map<string, IniValue>>()
  let section: Map<string, IniValue> | undefined
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start)
    if (end === -1) end = text.length
    const first = text.charCodeAt(start)
    if (end === start || first === HASH || first === SEMICOLON) continue
    // An indented line belongs to the one above.
    if (first === 0x20) return undefined
    if (first === OPEN) {
      if (text.charCodeAt(end - 1) !== CLOSE || end - start < 3) return undefined
      const header = text.slice(start + 1, end - 1)
      if (header === 'DEFAULT' || sections.has(header)) return undefined
      section = new Map()
      sections.set(header, section)
    } else if (!section || !readOption(section, text.slice(start, end))) return undefined
  }
  return sections
}

/** False for what is no NAME = VALUE, comes twice, or has no value: a block may follow. */
function readOption(section: Map<string, IniValue>, line: string): boolean {
  const [equals, colon] = [line.indexOf('='), line.indexOf(':')]
  const delimiter = equals === -1 || (colon !== -1 && colon < equals) ? colon : equals
  if (delimiter < 1) return false
  const name = line.slice(0, delimiter).trimEnd().toLowerCase()
  const value = line.slice(delimiter + 1).trim()
  if (value === '' || section.has(name)) return false
  section.set(name, value)
  return true
}
