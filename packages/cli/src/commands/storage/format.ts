/** The storage in words, at eighty columns. */

import type { Trap } from '../../shared-config/precedence-traps.ts'
import type { KeyState, StorageDescription } from './describe.ts'
import type { MoveReport } from './move.ts'

const KEY_STATES: Readonly<Record<KeyState, string>> = {
  'at-hand': 'at hand',
  locked: 'locked; unlock it: mayfly storage unlock',
  gone: 'gone',
  'out-of-reach': 'out of reach',
  'passphrase-needed': 'locked',
}

export function formatDescription({
  storage,
  keyState,
  keyProblem,
  held,
  profiles,
  interrupted,
  unsealed,
  retirements,
  traps,
}: StorageDescription): string {
  const isSealed = storage.mode === 'sealed'
  const rows: (readonly [string, string])[] = [
    ['Storage', isSealed ? 'sealed' : "shared with AWS's tools, in plain text"],
  ]
  if (isSealed) {
    const place = storage.key.keptIn === 'keychain' ? 'in the keychain' : 'behind a passphrase'
    rows.push(['Key', `${place}, ${keyState === undefined ? '' : KEY_STATES[keyState]}`])
  }
  rows.push(
    ['Holds', `${count(held.sso, 'token')} and registrations, credentials of ${count(held.cli, 'role')}`],
    ['Profiles', `${profiles.sealed} sealed, ${profiles.shared} shared`],
  )
  if (retirements > 0)
    rows.push(['Backups', `of ${count(retirements, 'key')} being retired, sealed: mayfly keys status`])
  const lines = rows.map(([name, value]) => `${name.padEnd(9)} ${value}`)
  if (keyProblem !== undefined) lines.push('', keyProblem)
  return `${foldLines(lines)}${formatUnfinished({ interrupted, unsealed })}${formatTraps(traps)}`
}

/** What `mayfly storage sealed` or `shared` has yet to do; nothing when all is done. */
export function formatUnfinished({
  interrupted,
  unsealed,
}: {
  readonly interrupted: string | undefined
  readonly unsealed: number
}): string {
  const lines: string[] = []
  if (interrupted !== undefined)
    lines.push('', `A change to ${interrupted} was cut off. To end it: mayfly storage ${interrupted}`)
  if (unsealed > 0)
    lines.push(
      '',
      `${count(unsealed, 'file')} in plain text came since (aws sso login leaves such), read by nobody. To take them in: mayfly storage sealed`,
    )
  return foldLines(lines)
}

const COLUMNS = 80

/** Lines for a terminal, broken between words; what a broken line goes on with is indented as deep as its beginning. */
export function foldLines(lines: readonly string[]): string {
  return lines.map((line) => `${line.split('\n').flatMap(foldLine).join('\n')}\n`).join('')
}

function foldLine(line: string): readonly string[] {
  const [begin = ''] = /^ *(- )?/.exec(line) ?? []
  const indent = begin.replace('-', ' ')
  const rows: string[] = []
  let row = begin
  for (const word of line
    .slice(begin.length)
    .trim()
    .split(/(?<=\S) (?=\S)/)) {
    if (row !== begin && row !== indent && row.length + 1 + word.length > COLUMNS) {
      rows.push(row)
      row = indent
    }
    row += row === begin || row === indent ? word : ` ${word}`
  }
  return [...rows, row]
}

export const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`

const TRAP_LIMIT = 20

/** Traps one below the other; nothing when there are none. */
export function formatTraps(traps: readonly Trap[]): string {
  const shown = traps
    .slice(0, TRAP_LIMIT)
    .map(({ message, evidence, hint }) => foldLines(['', message, `  ${evidence}`, `  ${hint}`]))
  const more = traps.length > TRAP_LIMIT ? `\nand ${traps.length - TRAP_LIMIT} more: mayfly storage check --json\n` : ''
  return shown.join('') + more
}

export function formatMove(mode: 'sealed' | 'shared', report: MoveReport): string {
  const { moved, kept, carried, left, foreign, key, problems } = report
  const what = mode === 'sealed' ? 'Sealed' : "Shared with AWS's tools"
  const place =
    key === undefined ? '' : key.keptIn === 'keychain' ? ', its key in the keychain' : ', its key behind the passphrase'
  const lines = [
    `${what}${place}: ${count(carried, 'file')} carried over, ${count(moved.length, 'profile')} rewritten.`,
  ]
  for (const { profile, reason } of kept) lines.push(`The profile "${profile}" stays as it is: ${reason}.`)
  if (left.length > 0 && mode === 'shared') lines.push(`${count(left.length, 'record')} could not be opened: lost.`)
  else if (left.length > 0)
    lines.push('Could not be carried over, and stay in plain text:', ...left.map((path) => `  ${path}`))
  if (foreign.length > 0)
    lines.push(
      "Left in plain text, being other tools', or of sessions that the config file does not name:",
      ...foreign.map((path) => `  ${path}`),
    )
  return foldLines([...lines, ...problems])
}
