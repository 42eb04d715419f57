/** Opens a page in the person's browser. */

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { splitCommand } from './command-words.ts'
import { findPlace, gatherTraces, mayRunWindowsPrograms, type Place, type Traces } from './surroundings.ts'

/** Opens pages. Never rejects: whoever asks has printed the address before, and need not wait for the outcome. */
export interface Browser {
  /** `signal` ends the watching over a program that was started, not the program. */
  open(url: string, signal?: AbortSignal): Promise<Opening>
}

/** What came of it. A program that goes on for a while, or ends well, counts as one that has opened the page. */
export type Opening =
  | { readonly is: 'opened'; readonly by: string }
  | { readonly is: 'not-opened'; readonly place: Place; readonly tried: readonly FailedLaunch[] }

/** A program that did not open the page: `is not there`, `ended with 3`. */
export interface FailedLaunch {
  readonly file: string
  readonly reason: string
}

/** One program to try, with its arguments; the next one is tried when it cannot be started or fails at once. */
export interface Launch {
  readonly file: string
  readonly args: readonly string[]
}

/**
 * The programs that may open the address, best first; none when nothing here can show a page. `BROWSER` is read as
 * Python's webbrowser reads it, because the AWS CLI does: several commands apart by the path separator, `%s` for
 * the address, otherwise the address is the last argument.
 */
export function browserLaunches(address: string, traces: Traces): readonly Launch[] {
  const { platform, env } = traces
  // The address may come from a server: nothing but a web page is ever handed to a program.
  if (!isWebPage(address)) return []
  const url = withoutShellSigns(address)
  const chosen = env['BROWSER'] ?? ''
  const separator = platform === 'win32' ? ';' : ':'
  const own = splitCommands(chosen, separator).map((command) => launchOf(command, url, platform))
  return [...own.filter((launch) => launch !== undefined), ...usualLaunches(url, traces)]
}

function usualLaunches(url: string, traces: Traces): readonly Launch[] {
  const { platform, env } = traces
  if (platform === 'darwin') return [{ file: 'open', args: [url] }]
  // `start` would send the address through cmd.exe, where & and % mean something.
  const handler = { file: 'rundll32.exe', args: ['url.dll,FileProtocolHandler', url] }
  if (platform === 'win32') return [handler]
  // Where the path of Windows is not appended to PATH, its programs are still at their usual place.
  const windows: Launch[] = mayRunWindowsPrograms(traces)
    ? [{ file: 'wslview', args: [url] }, handler, { ...handler, file: '/mnt/c/Windows/System32/rundll32.exe' }]
    : []
  // Without a display these would start a text browser in the terminal that the person is typing in.
  const hasDisplay = Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
  const desktop: Launch[] = hasDisplay
    ? [
        { file: 'xdg-open', args: [url] },
        { file: 'gio', args: ['open', url] },
        { file: 'x-www-browser', args: [url] },
      ]
    : []
  return [...windows, ...desktop]
}

/**
 * Percent-encoded but for the characters that an address needs: some programs hand it to a shell (wslview to PowerShell, and
 * many a person's own BROWSER).
 */
const withoutShellSigns = (url: string): string =>
  url.replace(/[^\w\-.~:/?#[\]@!*+,=%&]/gu, (sign) =>
    [...Buffer.from(sign)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )

function isWebPage(url: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol)
  } catch {
    return false
  }
}

/** Apart by the separator, except where it is a drive letter's colon or stands in quotes. */
function splitCommands(text: string, separator: string): readonly string[] {
  const commands: string[] = []
  let command = ''
  let quote = ''
  for (const character of text) {
    if (quote) quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    if (character === separator && !quote) {
      commands.push(command)
      command = ''
    } else command += character
  }
  return [...commands, command].map((each) => each.trim()).filter((each) => each !== '')
}

function launchOf(command: string, url: string, platform: Traces['platform']): Launch | undefined {
  const typed = splitCommand(command, platform) ?? []
  const words = typed.at(-1) === '&' ? typed.slice(0, -1) : typed
  const [file, ...args] = words
  if (!file) return undefined
  if (!args.some((arg) => arg.includes('%s'))) return { file, args: [...args, url] }
  return { file, args: args.map((arg) => arg.replaceAll('%s', () => url)) }
}

/** How long a program may take to say that it cannot open the page, before it counts as opened. */
const SOON = 4000

/** The browser of this machine. */
export const createBrowser = ({ platform, env }: Pick<Traces, 'platform' | 'env'>): Browser => ({
  async open(url, signal) {
    const traces = gatherTraces(platform, env)
    const tried: FailedLaunch[] = []
    for (const launch of browserLaunches(url, traces)) {
      const reason = await tryLaunch(launch, traces, signal)
      if (reason === undefined) return { is: 'opened', by: launch.file }
      tried.push({ file: launch.file, reason })
    }
    return { is: 'not-opened', place: findPlace(traces), tried }
  },
})

/** Why the program does not open the page; nothing when it seems to. */
function tryLaunch(launch: Launch, { platform, env }: Traces, signal?: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const opened = setTimeout(() => end(undefined), SOON)
    const end = (reason: string | undefined): void => {
      clearTimeout(opened)
      resolve(reason)
    }
    signal?.addEventListener('abort', () => end(undefined), { once: true })
    try {
      // Its own session and no terminal: it outlives this process and cannot write between its lines.
      const child = spawn(launch.file, launch.args, {
        detached: platform !== 'win32',
        stdio: 'ignore',
        env,
        windowsHide: true,
        cwd: existsSync('/') ? '/' : undefined,
      })
      child.once('error', (error: NodeJS.ErrnoException) =>
        end(error.code === 'ENOENT' ? 'is not there' : `cannot be started (${error.code ?? error.message})`),
      )
      child.once('exit', (code, signal) => end(code === 0 ? undefined : `ended with ${code ?? signal}`))
      child.unref()
    } catch (error) {
      end(`cannot be started (${error instanceof Error ? error.message : String(error)})`)
    }
  })
}
