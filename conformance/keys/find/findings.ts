/** What `mayfly keys find` says about a seeded home, held against what the home has. */

import { join } from 'node:path'
import type { ExpectedInHistory } from '../seeds/git-histories.ts'
import type { ExpectedInFile, SeededHome } from '../seeds/home.ts'

/** As `--json` prints it. */
export interface Finding {
  readonly accessKeyId: string | null
  readonly accountId: string | null
  readonly isCanary: boolean
  /** `…wXyZ` */
  readonly secret: string | null
  readonly place: {
    readonly type: 'file' | 'environment' | 'history'
    readonly path?: string
    readonly repository?: string
    readonly line?: number
  }
}

/** All of it is empty when the search was right. Each entry is a line that a person can act on. */
export interface Differences {
  readonly missed: readonly string[]
  /** Found, with another secret than its own or none. */
  readonly secrets: readonly string[]
  readonly falseAlarms: readonly string[]
  /** Canaries that were not found, or not recognised. */
  readonly canaries: readonly string[]
}

export const noDifferences: Differences = { missed: [], secrets: [], falseAlarms: [], canaries: [] }

export function compareFindings(folder: string, home: SeededHome, found: readonly Finding[]): Differences {
  const inFile = (expected: ExpectedInFile, { place, accessKeyId }: Finding): boolean =>
    place.type === 'file' &&
    place.path === join(folder, expected.path) &&
    place.line === expected.line &&
    (accessKeyId ?? undefined) === expected.accessKeyId
  const inHistory = (expected: ExpectedInHistory, { place, accessKeyId }: Finding): boolean =>
    place.type === 'history' &&
    place.repository === join(folder, expected.repository) &&
    place.line === expected.line &&
    (accessKeyId ?? undefined) === expected.accessKeyId
  const keys = [
    ...home.expected().map((expected) =>
      describe(
        expected,
        expected.path,
        found.filter((one) => inFile(expected, one)),
      ),
    ),
    ...home.expectedInHistory().map((expected) =>
      describe(
        expected,
        expected.repository,
        found.filter((one) => inHistory(expected, one)),
      ),
    ),
  ]
  const baits = home.canaries().map((expected) =>
    describe(
      expected,
      expected.path,
      found.filter((one) => inFile(expected, one) && one.isCanary),
    ),
  )
  const explained = new Set([...keys, ...baits].flatMap(({ findings }) => findings))
  return {
    missed: keys.filter(({ findings }) => findings.length === 0).map(({ what }) => what),
    secrets: keys.filter(({ hasSecret }) => !hasSecret).map(({ what }) => what),
    falseAlarms: found.filter((one) => !explained.has(one)).map((one) => describeAlarm(folder, home, one)),
    canaries: baits.filter(({ findings }) => findings.length === 0).map(({ what }) => what),
  }
}

interface Described {
  readonly what: string
  readonly findings: readonly Finding[]
  /** As it should be: its own one where the place has it, none where it has not. */
  readonly hasSecret: boolean
}

function describe(
  { kind, line, accessKeyId, lastFour }: ExpectedInFile | (ExpectedInHistory & { path?: string }),
  place: string,
  findings: readonly Finding[],
): Described {
  const what = `${kind}: ${place}:${line} ${accessKeyId ?? ''} …${lastFour ?? ''}`
  const hasSecret = findings.every(({ secret }) => secret?.slice(-4) === lastFour)
  return { what: `${what} (said: ${findings.map(({ secret }) => secret ?? 'no secret')})`, findings, hasSecret }
}

function describeAlarm(folder: string, home: SeededHome, { place, accessKeyId, isCanary }: Finding): string {
  const why = home
    .lookAlikes()
    .filter(({ path }) => join(folder, path) === place.path)
    .sort((one, other) => Math.abs(one.line - (place.line ?? 0)) - Math.abs(other.line - (place.line ?? 0)))[0]?.why
  const where = `${place.path ?? place.repository ?? place.type}:${place.line}`
  return `${where} ${accessKeyId ?? 'a secret'}${isCanary ? ' as a canary' : ''} (${why ?? 'no look-alike'})`
}

const PIECE = 7

/** Pieces of secrets that a text gives away: more than the last four characters, as they are or in another form. */
export function findLeaks(text: string, secrets: readonly string[]): string[] {
  const pieces = new Map<string, string>()
  for (const secret of secrets) {
    for (const [form, whole] of formsOf(secret)) {
      for (let at = 0; at + PIECE <= whole.length; at += 1)
        pieces.set(whole.slice(at, at + PIECE), `${form} of …${secret.slice(-4)}`)
    }
  }
  const leaks = new Set<string>()
  for (let at = 0; at + PIECE <= text.length; at += 1) {
    const leak = pieces.get(text.slice(at, at + PIECE))
    if (leak) leaks.add(leak)
  }
  return [...leaks]
}

/** Base64 in its three alignments, without the characters at the ends that hang on what stands beside. */
function formsOf(secret: string): [form: string, text: string][] {
  const base64 = ['', 'x', 'xx'].map((before): [string, string] => [
    'base64',
    Buffer.from(before + secret)
      .toString('base64')
      .slice(4, 52),
  ])
  return [['text', secret], ['URL', encodeURIComponent(secret)], ['JSON', secret.replaceAll('/', '\\/')], ...base64]
}
