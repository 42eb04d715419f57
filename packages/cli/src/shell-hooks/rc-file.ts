/** Mayfly's lines in a file that a shell reads when it starts: put in, found, taken out, every other byte left alone. */

import type { Platform } from '../machine/machine.ts'
import type { Shell } from './shells.ts'

const BEGIN = '# >>> mayfly >>>'
const END = '# <<< mayfly <<<'
const EXPLAINED = '# Written by mayfly hook install; mayfly hook remove takes it away.'

/** Bytes as text and back, whatever their encoding: a file of thirty years may hold several. */
const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const toBytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

/** The block that reads the script, without a line end behind it. */
export function formatBlock(shell: Shell, script: string): string {
  return [BEGIN, EXPLAINED, LINES[shell](script), END].join('\n')
}

const LINES: Readonly<Record<Shell, (script: string) => string>> = {
  // A login shell's file may be read by sh as well.
  bash: (script) => `if [ -n "\${BASH_VERSION-}" ] && [ -r ${script} ]; then . ${script}; fi`,
  zsh: (script) => `if [ -r ${script} ]; then . ${script}; fi`,
  fish: (script) => `if status is-interactive; and test -r ${script}; source ${script}; end`,
  powershell: (script) => `if (Test-Path -LiteralPath ${script}) { . ${script} }`,
}

/** How a script below the home is named in the words of all four shells, so that a home that moves keeps its lines. */
export const scriptWord = (name: string): string => `"$HOME/.mayfly/shell/${name}"`

/** The file with the block in it: in the place of the former one, else at the end. */
export function insertBlock(former: Uint8Array | undefined, block: string): Uint8Array {
  const text = toText(former ?? new Uint8Array())
  const own = toText(Buffer.from(block.replaceAll('\n', text.includes('\r\n') ? '\r\n' : '\n')))
  const found = findBlock(text)
  if (found) return toBytes(text.slice(0, found.start) + own + text.slice(found.end))
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  // A file whose last line has no end gets a block without one, so that taking it out gives the same bytes.
  return toBytes(text === '' || text.endsWith('\n') ? `${text}${own}${end}` : `${text}${end}${own}`)
}

/** The file without any block of ours; undefined when there is none. */
export function removeBlocks(former: Uint8Array): Uint8Array | undefined {
  let text = toText(former)
  let removed = false
  for (let found = findBlock(text); found; found = findBlock(text)) {
    removed = true
    const [before, after] = [text.slice(0, found.start), text.slice(found.end)]
    const end = /^\r?\n/.exec(after)?.[0] ?? ''
    text = end === '' && after === '' ? before.replace(/\r?\n$/, '') : before + after.slice(end.length)
  }
  return removed ? toBytes(text) : undefined
}

/** From the first marker to the end of the last; a block whose end somebody deleted is left to its owner. */
function findBlock(text: string): { readonly start: number; readonly end: number } | undefined {
  const found = /^# >>> mayfly >>>[ \t]*\r?\n[\s\S]*?^# <<< mayfly <<<(?=[ \t]*\r?$)/m.exec(text)
  return found ? { start: found.index, end: found.index + found[0].length } : undefined
}

export interface ShellPlace {
  readonly home: string
  readonly platform: Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The files that this shell may read when it starts, the usual one first. bash on macOS starts as a login shell, which
 * reads the first of three files that is there and no other: making one would hide the next.
 */
export function listRcFiles(shell: Shell, { home, platform, env }: ShellPlace): readonly string[] {
  const join = (...parts: readonly string[]): string => parts.join(platform === 'win32' ? '\\' : '/')
  const config = env['XDG_CONFIG_HOME'] || join(home, '.config')
  switch (shell) {
    case 'bash': {
      const login = ['.bash_profile', '.bash_login', '.profile'].map((name) => join(home, name))
      const interactive = join(home, '.bashrc')
      return platform === 'darwin' ? [...login, interactive] : [interactive, ...login]
    }
    case 'zsh': {
      const usual = join(home, '.zshrc')
      const own = env['ZDOTDIR'] ? join(env['ZDOTDIR'], '.zshrc') : usual
      return own === usual ? [usual] : [own, usual]
    }
    case 'fish':
      return [join(config, 'fish', 'conf.d', 'mayfly.fish')]
    case 'powershell': {
      const name = 'Microsoft.PowerShell_profile.ps1'
      if (platform !== 'win32') return [join(config, 'powershell', name)]
      const documents = [env['OneDrive'] ? join(env['OneDrive'], 'Documents') : '', join(home, 'Documents')]
      return documents
        .filter((folder) => folder !== '')
        .flatMap((folder) => ['PowerShell', 'WindowsPowerShell'].map((edition) => join(folder, edition, name)))
    }
  }
}

/** The one to write into: the usual one, but the first that is there where several may be. */
export function chooseRcFile(shell: Shell, place: ShellPlace, isThere: (path: string) => boolean): string {
  const files = listRcFiles(shell, place)
  const choosesFirstThere = (shell === 'bash' && place.platform === 'darwin') || shell === 'powershell'
  const there = choosesFirstThere ? files.find(isThere) : undefined
  return there ?? files.at(shell === 'powershell' && place.platform === 'win32' ? -2 : 0) ?? ''
}
