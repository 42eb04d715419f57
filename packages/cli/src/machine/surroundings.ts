/** Where this program runs, told from traces that the system leaves: in WSL, in a container, behind SSH. */

import { existsSync, readFileSync } from 'node:fs'

/** What was looked at. None of it decides whether a browser can be opened: that is tried. */
export interface Traces {
  readonly platform: 'linux' | 'darwin' | 'win32'
  readonly env: Readonly<Record<string, string | undefined>>
  /** /proc/version; empty where there is none. */
  readonly kernel: string
  /** What binfmt_misc says of Windows programs, `enabled` at its start; empty where there is no such entry. */
  readonly interop: string
  /** Whether a file lies there by which Docker or Podman mark a container. */
  readonly hasContainerMark: boolean
}

/** `ssh` is behind a connection from another computer; `here` is anything that left no trace. */
export type Place = 'wsl' | 'container' | 'ssh' | 'here'

/** Where that is, for the words in which a person is told what to do; the innermost place counts. */
export function findPlace(traces: Traces): Place {
  const { env, hasContainerMark } = traces
  if (hasContainerMark || env['container']) return 'container'
  if (env['SSH_CONNECTION'] || env['SSH_TTY']) return 'ssh'
  return isWsl(traces) ? 'wsl' : 'here'
}

/** Whether this is Linux inside Windows. `sudo` drops the variables; the kernel still says so. */
export const isWsl = ({ platform, env, kernel }: Traces): boolean =>
  platform === 'linux' && (/microsoft/i.test(kernel) || Boolean(env['WSL_DISTRO_NAME'] || env['WSL_INTEROP']))

/** Whether programs of Windows are worth a try: not where somebody has switched them off. */
export const mayRunWindowsPrograms = (traces: Traces): boolean =>
  isWsl(traces) && !traces.interop.startsWith('disabled')

/** Looks at this computer. */
export const gatherTraces = (platform: Traces['platform'], env: Traces['env']): Traces => ({
  platform,
  env,
  kernel: platform === 'linux' ? readIfThere('/proc/version') : '',
  interop:
    platform === 'linux'
      ? readIfThere('/proc/sys/fs/binfmt_misc/WSLInterop') || readIfThere('/proc/sys/fs/binfmt_misc/WSLInterop-late')
      : '',
  hasContainerMark: platform === 'linux' && ['/.dockerenv', '/run/.containerenv'].some((path) => existsSync(path)),
})

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
