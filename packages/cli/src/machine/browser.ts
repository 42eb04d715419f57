/** Opens a page in the person's browser. */

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { splitCommand } from './command-words.ts'

/** Opens pages. Never waits for the browser, and never fails: whoever asks has printed the address before. */
export interface Browser {
  open(url: string): void
}

export type Platform = 'linux' | 'darwin' | 'win32'

/** One program to try, with its arguments; the next one is tried when it cannot be started or fails at once. */
export interface Launch {
  readonly file: string
  readonly args: readonly string[]
}

export interface BrowserChoice {
  readonly platform: Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The programs that may open `url`, best first; none when nothing here can show a page. `BROWSER` is read as
 * Python's webbrowser reads it, because the AWS CLI does: several commands apart by the path separator, `%s` for
 * the address, otherwise the address is the last argument.
 */
export function browserLaunches(url: string, { platform, env }: BrowserChoice): readonly Launch[] {
  // The address may come from a server: nothing but a web page is ever handed to a program.
  if (!isWebPage(url)) return []
  const chosen = env['BROWSER'] ?? ''
  const separator = platform === 'win32' ? ';' : ':'
  const own = splitCommands(chosen, separator).map((command) => launchOf(command, url, platform))
  return [...own.filter((launch) => launch !== undefined), ...usualLaunches(url, platform, env)]
}

function usualLaunches(url: string, platform: Platform, env: BrowserChoice['env']): readonly Launch[] {
  if (platform === 'darwin') return [{ file: 'open', args: [url] }]
  // `start` would send the address through cmd.exe, where & and % mean something.
  if (platform === 'win32') return [{ file: 'rundll32.exe', args: ['url.dll,FileProtocolHandler', url] }]
  const windows: Launch[] =
    env['WSL_DISTRO_NAME'] || env['WSL_INTEROP']
      ? [
          { file: 'wslview', args: [url] },
          { file: 'rundll32.exe', args: ['url.dll,FileProtocolHandler', url] },
        ]
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

function launchOf(command: string, url: string, platform: Platform): Launch | undefined {
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
export function createBrowser(choice: BrowserChoice): Browser {
  return { open: (url) => tryNext(browserLaunches(url, choice), choice) }
}

function tryNext([launch, ...rest]: readonly Launch[], choice: BrowserChoice): void {
  if (!launch) return
  const started = Date.now()
  let settled = false
  const next = (): void => {
    if (settled) return
    settled = true
    tryNext(rest, choice)
  }
  try {
    // Its own session and no terminal: it outlives this process and cannot write between its lines.
    const child = spawn(launch.file, launch.args, {
      detached: choice.platform !== 'win32',
      stdio: 'ignore',
      env: choice.env,
      windowsHide: true,
      cwd: existsSync('/') ? '/' : undefined,
    })
    child.once('error', next)
    child.once('exit', (code) => {
      if (code !== 0 && Date.now() - started < SOON) next()
    })
    child.unref()
  } catch {
    next()
  }
}
