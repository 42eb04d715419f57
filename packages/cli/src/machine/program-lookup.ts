/** Where a program lies, and how it is started there: as the shell of each system finds and quotes. */

import { posix, win32 } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** A program file with its arguments. `isVerbatim`: the arguments are quoted already (Windows). */
export interface ProgramLaunch {
  readonly file: string
  readonly args: readonly string[]
  readonly isVerbatim?: true
}

/** Every place to look at, in order. A name with a separator in it is a path and lies nowhere else. */
export function listCandidates(program: string, { platform, env }: { platform: string; env: Environment }): string[] {
  return platform === 'win32' ? listWindowsCandidates(program, env) : listPosixCandidates(program, env)
}

function listPosixCandidates(program: string, env: Environment): string[] {
  if (program === '') return []
  if (program.includes('/')) return [program]
  // Without PATH, execvp looks here. An empty part of it is the folder one is in.
  const folders = (env['PATH'] ?? '/bin:/usr/bin').split(':')
  return folders.map((folder) => (folder === '' ? `./${program}` : posix.join(folder, program)))
}

const USUAL_EXTENSIONS = '.COM;.EXE;.BAT;.CMD'

/**
 * As PowerShell looks: never in the folder one is in unless it is said (`.\tool`), where anybody's download may lie. A
 * name with an extension of PATHEXT is looked for as it stands first.
 */
function listWindowsCandidates(program: string, env: Environment): string[] {
  if (program === '') return []
  const extensions = (findVariable(env, 'PATHEXT') || USUAL_EXTENSIONS).split(';').filter((each) => each !== '')
  const isWhole = extensions.some((extension) => program.toLowerCase().endsWith(extension.toLowerCase()))
  const names = [...(isWhole ? [program] : []), ...extensions.map((extension) => program + extension.toLowerCase())]
  if (/[\\/]|^[a-z]:/i.test(program)) return names
  const folders = (findVariable(env, 'PATH') ?? '').split(';').map((folder) => folder.replace(/^"(.*)"$/, '$1'))
  return folders.filter((folder) => folder !== '').flatMap((folder) => names.map((name) => win32.join(folder, name)))
}

/** Windows takes `Path` and `PATH` for the same variable. */
export function findVariable(env: Environment, name: string): string | undefined {
  const key = Object.keys(env).find((each) => each.toUpperCase() === name)
  return key === undefined ? undefined : env[key]
}

/** How a program that was found is started. Nothing when a batch file cannot be given these arguments safely. */
export function launchOfProgram(
  path: string,
  parameters: readonly string[],
  { platform, env }: { platform: string; env: Environment },
): ProgramLaunch | undefined {
  if (platform !== 'win32' || !/\.(bat|cmd)$/i.test(path)) return { file: path, args: parameters }
  // A line end would end the command line, whatever quotes stand around it.
  if ([path, ...parameters].some((word) => /[\r\n\0]/.test(word))) return undefined
  const words = [escapeForCmd(win32.normalize(path)), ...parameters.map((word) => escapeForCmd(quoteArgument(word)))]
  const shell = findVariable(env, 'COMSPEC') || 'cmd.exe'
  return { file: shell, args: ['/d', '/s', '/c', `"${words.join(' ')}"`], isVerbatim: true }
}

/** A word as the C runtime reads it: backslashes count by twos before a quote. */
const quoteArgument = (word: string): string => `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, '$1$1')}"`

/** Every character that cmd.exe takes for more than itself, behind a caret: the quotes too, so that none of them count. */
const escapeForCmd = (word: string): string => word.replace(/[()\][%!^"`<>&|;, *?]/g, '^$&')
