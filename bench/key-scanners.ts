/** Scanners for secrets that are on the PATH, asked for what they see in a folder. None of them is a dependency. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
import { MAYFLY } from '../conformance/harness/mayfly.ts'

/** One thing that a scanner reports. */
export interface Alarm {
  /** Relative to the folder. */
  readonly path: string
  /** Begins with 1. */
  readonly line: number
  /** Of a rule for keys of AWS, and not for tokens of others or for random text in general. */
  readonly isAws: boolean
}

export interface Scanner {
  readonly name: string
  readonly looksAt: string
  /** Undefined when it is not there. */
  version(): string | undefined
  scan(folder: string): Alarm[]
  /** What it says about the history of a repository; absent when it reads none. */
  readHistory?(repository: string): string
}

const RECOMMENDED = '@secretlint/secretlint-rule-preset-recommend'

export const scanners: readonly Scanner[] = [
  mayfly(),
  gitleaks(),
  gitSecrets(),
  detectSecrets(),
  secretlint('secretlint, recommended rules', { id: RECOMMENDED }),
  // Ids are no secrets for it unless it is told so.
  secretlint('secretlint, and ids', {
    id: RECOMMENDED,
    rules: [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }],
  }),
]

function mayfly(): Scanner {
  return {
    name: 'mayfly keys find',
    looksAt: 'files, Git history, long-term keys of AWS only',
    version: () => run(process.execPath, [MAYFLY, '--version'])?.trim(),
    scan: (folder) => {
      const { found } = JSON.parse(findKeys(folder)) as MayflyFound
      return found.flatMap(({ place, isCanary }) =>
        isCanary || place.type !== 'file'
          ? []
          : [{ path: relative(folder, place.path), line: place.line, isAws: true }],
      )
    },
    readHistory: findKeys,
  }
}

function findKeys(folder: string): string {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, MAYFLY_AGENT: 'never' }
  const output = run(process.execPath, [MAYFLY, 'keys', 'find', '--json'], { env, cwd: folder })
  if (!output) throw new Error('mayfly said nothing: npm run build')
  return output
}

interface MayflyFound {
  readonly found: readonly {
    readonly isCanary: boolean
    readonly place: { readonly type: string; readonly path: string; readonly line: number }
  }[]
}

function gitleaks(): Scanner {
  return {
    name: 'gitleaks',
    looksAt: 'files or Git history, 200 kinds of secrets',
    version: () => installed('gitleaks', ['version']),
    scan: (folder) =>
      withReport((report) => {
        run('gitleaks', ['dir', folder, '--no-banner', '--exit-code=0', '-f=json', `-r=${report}`])
        const leaks = JSON.parse(readFileSync(report, 'utf8')) as { RuleID: string; File: string; StartLine: number }[]
        return leaks.map(({ RuleID, File, StartLine }) => ({
          path: relative(folder, File),
          line: StartLine,
          isAws: RuleID.startsWith('aws'),
        }))
      }),
    readHistory: (repository) =>
      withReport((report) => {
        run('gitleaks', ['git', repository, '--no-banner', '--exit-code=0', '-f=json', `-r=${report}`])
        return readFileSync(report, 'utf8')
      }),
  }
}

function secretlint(name: string, rule: object): Scanner {
  return {
    name,
    looksAt: 'files, 30 kinds of secrets',
    version: () => installed('secretlint', ['--version']),
    scan: (folder) =>
      withReport((report) => {
        writeFileSync(report, JSON.stringify({ rules: [rule] }))
        // What it prints into a pipe it cuts off at its end.
        const answer = `${report}.answer`
        run('secretlint', ['--secretlintrc', report, '--format', 'json', '--output', answer, '**/*'], { cwd: folder })
        const files = JSON.parse(readFileSync(answer, 'utf8')) as SecretlintFile[]
        return files.flatMap(({ filePath, messages }) =>
          messages.map(({ ruleId, loc }) => ({
            path: relative(folder, filePath),
            line: loc.start.line,
            isAws: ruleId.endsWith('rule-aws'),
          })),
        )
      }),
  }
}

interface SecretlintFile {
  readonly filePath: string
  readonly messages: readonly { readonly ruleId: string; readonly loc: { readonly start: { readonly line: number } } }[]
}

/** Without `--no-verify` it asks AWS whether each key works, which uses every canary there is. */
function detectSecrets(): Scanner {
  return {
    name: 'detect-secrets',
    looksAt: 'files, 27 kinds of secrets and random text',
    version: () => installed('detect-secrets', ['--version']),
    scan: (folder) => {
      const output = run('detect-secrets', ['scan', '--all-files', '--no-verify', '.'], { cwd: folder })
      const { results } = JSON.parse(output ?? '{"results":{}}') as {
        results: Record<string, { type: string; line_number: number }[]>
      }
      return Object.entries(results).flatMap(([path, secrets]) =>
        secrets.map(({ type, line_number }) => ({ path, line: line_number, isAws: type.startsWith('AWS') })),
      )
    },
  }
}

/** With the patterns of `--register-aws`, which are all that it has. */
function gitSecrets(): Scanner {
  return {
    name: 'git-secrets, --register-aws',
    looksAt: 'files or Git history, keys of AWS',
    version: () => (onPath('git-secrets') ? 'no --version' : undefined),
    scan: (folder) =>
      [...withPatterns(folder, ['--scan', '-r', '.']).matchAll(/^(?:\.\/)?([^:\n]+):(\d+):/gm)].map(
        ([, path = '', line]) => ({
          path,
          line: Number(line),
          isAws: true,
        }),
      ),
    readHistory: (repository) => withPatterns(repository, ['--scan-history']),
  }
}

function withPatterns(folder: string, words: readonly string[]): string {
  const settings = mkdtempSync(join(tmpdir(), 'mayfly-scanner-'))
  const env = { PATH: process.env['PATH'] ?? '', HOME: settings, LANG: 'C.UTF-8' }
  try {
    run('git-secrets', ['--register-aws', '--global'], { env, cwd: settings })
    return run('git-secrets', words, { env, cwd: folder }) ?? ''
  } finally {
    rmSync(settings, { recursive: true, force: true })
  }
}

function withReport<T>(use: (report: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-scanner-'))
  try {
    return use(join(folder, 'report.json'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

const installed = (program: string, words: readonly string[]): string | undefined =>
  onPath(program) ? (run(program, words)?.trim().split('\n')[0] ?? 'unknown') : undefined

/** What it printed on stdout and stderr; scanners end with a failure when they find something. */
function run(file: string, words: readonly string[], options: { env?: NodeJS.ProcessEnv; cwd?: string } = {}) {
  const { error, stdout, stderr } = spawnSync(file, words, { ...options, encoding: 'utf8', maxBuffer: 2 ** 30 })
  if (error) return undefined
  return file === 'git-secrets' ? stdout + stderr : stdout
}
