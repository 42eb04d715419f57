/**
 * Cross-builds the native helper for every system that has a package of it, byte for byte the same wherever Debian's Go
 * 1.19.8 is. As a program: `node tools/build/native.ts` writes their hashes to packages/cli/native/sha256.json.
 */

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './target.ts'

/** Debian 12's, and no other: another compiler makes other bytes. */
const GO_ROOT = '/usr/lib/go-1.19'
const GO = join(GO_ROOT, 'bin/go')
const GO_VERSION = 'go1.19.8'

export interface HelperSystem {
  /** As Node names it: `win32-x64`. */
  readonly system: string
  readonly os: 'linux' | 'darwin' | 'windows'
  readonly cpu: 'amd64' | 'arm64'
  readonly file: string
}

export const HELPER_SYSTEMS: readonly HelperSystem[] = (['linux', 'darwin', 'windows'] as const).flatMap((os) =>
  (['amd64', 'arm64'] as const).map((cpu) => ({
    system: `${os === 'windows' ? 'win32' : os}-${cpu === 'amd64' ? 'x64' : 'arm64'}`,
    os,
    cpu,
    file: os === 'windows' ? 'mayfly-credentials.exe' : 'mayfly-credentials',
  })),
)

export const HASHES = join(root, 'packages/cli/native/sha256.json')

/** Why the helper cannot be built here; undefined when it can. */
export function whyNoHelper(): string | undefined {
  if (!existsSync(GO)) return `there is no ${GO} (Debian: apt-get install golang-1.19-go)`
  const version = execFileSync(GO, ['env', 'GOVERSION'], { encoding: 'utf8', env: environment('/nonexistent') }).trim()
  return version === GO_VERSION ? undefined : `${GO} is ${version}, not ${GO_VERSION}`
}

/** What the machine that builds can run itself. */
const ownSystem = (): readonly HelperSystem[] =>
  HELPER_SYSTEMS.filter(({ system }) => system === `${process.platform}-${process.arch}`)

/** Fills the folder with one folder for each of the systems. Where there is no such Go, it does nothing. */
export async function buildNative(into: string, systems: readonly HelperSystem[] = ownSystem()): Promise<void> {
  if (whyNoHelper() !== undefined) return
  const cache = mkdtempSync(join(tmpdir(), 'mayfly-go-'))
  try {
    for (const { system, os, cpu, file } of systems) {
      mkdirSync(join(into, system), { recursive: true })
      const output = join(into, system, file)
      const flags = ['-trimpath', '-buildvcs=false', '-ldflags', '-s -w -buildid=']
      execFileSync(GO, ['build', ...flags, '-o', output, '.'], {
        cwd: join(root, 'packages/cli/native'),
        env: { ...environment(cache), GOOS: os, GOARCH: cpu },
        stdio: ['ignore', 'inherit', 'inherit'],
      })
    }
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}

/** Nothing of the machine's own settings reaches the compiler, and it asks no network. */
const environment = (cache: string): Record<string, string> => ({
  PATH: '/usr/bin:/bin',
  HOME: cache,
  GOROOT: GO_ROOT,
  GOCACHE: join(cache, 'cache'),
  GOPATH: join(cache, 'path'),
  GOENV: 'off',
  GOFLAGS: '',
  GOPROXY: 'off',
  GOAMD64: 'v1',
  CGO_ENABLED: '0',
})

/** SHA-256 of every helper in the folder, by system. */
export function hashHelpers(folder: string): Record<string, string> {
  return Object.fromEntries(
    HELPER_SYSTEMS.filter(({ system }) => readdirSync(folder).includes(system)).map(({ system, file }) => [
      system,
      createHash('sha256')
        .update(readFileSync(join(folder, system, file)))
        .digest('hex'),
    ]),
  )
}

if (process.argv[1] === import.meta.filename) {
  const reason = whyNoHelper()
  if (reason !== undefined) throw new Error(reason)
  const into = mkdtempSync(join(tmpdir(), 'mayfly-native-'))
  await buildNative(into, HELPER_SYSTEMS)
  writeFileSync(HASHES, `${JSON.stringify(hashHelpers(into), undefined, 2)}\n`)
  rmSync(into, { recursive: true, force: true })
}
