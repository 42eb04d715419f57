/**
 * `node bench/compare-key-scanners.ts [--only=NAME] [--held-out] [--verbose] [SEED…]`: seeds a home for each seed, asks every scanner on the PATH what it sees there,
 * and prints the rows of the table in docs/explanation/finding-keys.md. Other scanners are told nothing and installed by nobody.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { heldOut } from '../conformance/keys/seeds/held-out/held-out.ts'
import { type SeededHome, seedHome } from '../conformance/keys/seeds/home.ts'
import { type Alarm, type Scanner, scanners } from './key-scanners.ts'
import { median } from './whole-process.ts'

/** What became of one home. */
interface Judgement {
  readonly keys: number
  readonly found: number
  /** Of the four keys that only Git's objects have. */
  readonly inHistory: number | undefined
  /** Alarms of the rules for AWS where no key and no canary is. */
  readonly false: readonly Alarm[]
  /** Those among them that are about temporary keys, which other scanners look for with good reason. */
  readonly temporary: number
  /** Canaries that it reports like keys. */
  readonly canaries: number
  readonly seconds: number
}

const typed = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length) ?? ''
/** The places that nobody had in mind while our detector was written. */
const places = process.argv.includes('--held-out') ? heldOut : undefined
const isTalkative = process.argv.includes('--verbose')
const seeds = typed.length > 0 ? typed : Array.from({ length: 10 }, (_, index) => `comparison-${index}`)

console.log(
  '| scanner | version | looks at | keys found | in history | false alarms | of these temporary keys | canaries as keys | seconds |',
)
console.log('|---|---|---|---|---|---|---|---|---|')
for (const scanner of scanners.filter(({ name }) => name.includes(only))) {
  const version = scanner.version()
  if (version === undefined) {
    console.error(`${scanner.name}: not on the PATH`)
    continue
  }
  const all = seeds.map((seed) => judgeOn(seed, scanner))
  const sum = (of: (judgement: Judgement) => number): number => all.reduce((total, one) => total + of(one), 0)
  const found = `${((100 * sum(({ found }) => found)) / sum(({ keys }) => keys)).toFixed(1)} %`
  const reads = scanner.readHistory !== undefined
  const inHistory = reads ? `${((100 * sum((one) => one.inHistory ?? 0)) / (4 * all.length)).toFixed(0)} %` : 'not read'
  const each = (total: number): string => (total / all.length).toFixed(1)
  const counts = [
    each(sum((one) => one.false.length)),
    each(sum((one) => one.temporary)),
    each(sum((one) => one.canaries)),
  ]
  const seconds = median(all.map((one) => one.seconds)).toFixed(2)
  console.log(`| ${[scanner.name, version, scanner.looksAt, found, inHistory, ...counts, seconds].join(' | ')} |`)
}

function judgeOn(seed: string, scanner: Scanner): Judgement {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-scanned-'))
  try {
    const home = seedHome(folder, seed, places)
    const started = performance.now()
    const alarms = scanner.scan(folder)
    const seconds = (performance.now() - started) / 1000
    return { ...judge(folder, home, alarms), inHistory: countInHistory(folder, home, scanner), seconds }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A key is found when anything is reported on the line of its id or of its secret, by whatever rule. */
function judge(folder: string, home: SeededHome, alarms: readonly Alarm[]): Omit<Judgement, 'inHistory' | 'seconds'> {
  const about = (place: { path: string; line: number; lastFour?: string }, alarm: Alarm): boolean =>
    alarm.path === place.path && (alarm.line === place.line || holdsSecret(folder, alarm, home, place.lastFour))
  const keys = home.expected()
  const missed = keys.filter((key) => !alarms.some((alarm) => about(key, alarm)))
  const wrong = alarms.filter(
    (alarm) => alarm.isAws && ![...keys, ...home.canaries()].some((place) => about(place, alarm)),
  )
  const temporary = wrong.filter((alarm) => isTemporary(folder, alarm)).length
  const canaries = home
    .canaries()
    .filter((canary) => alarms.some((alarm) => alarm.isAws && about(canary, alarm))).length
  if (isTalkative) {
    for (const { kind, path, line } of missed) console.error(`  missed: ${kind}, ${path}:${line}`)
    for (const { path, line } of wrong) {
      const why = home.lookAlikes().find((one) => one.path === path && Math.abs(one.line - line) < 2)?.why
      console.error(`  false alarm: ${path}:${line} (${why ?? 'beside a look-alike'})`)
    }
  }
  return { keys: keys.length, found: keys.length - missed.length, false: wrong, temporary, canaries }
}

function countInHistory(folder: string, home: SeededHome, { readHistory }: Scanner): number | undefined {
  return (
    readHistory &&
    home
      .expectedInHistory()
      .filter(({ repository, accessKeyId }) => readHistory(join(folder, repository)).includes(accessKeyId)).length
  )
}

/** The secret itself, however the format writes it. */
function holdsSecret(folder: string, alarm: Alarm, home: SeededHome, lastFour: string | undefined): boolean {
  if (lastFour === undefined) return false
  const text = lineOf(folder, alarm)
    .replaceAll('\\/', '/')
    .replaceAll(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) =>
      String.fromCharCode(parseInt(code, hex ? 16 : 10)),
    )
    .replaceAll(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
  const base64 = (secret: string): string => Buffer.from(secret).toString('base64').slice(0, 40)
  return home
    .secrets()
    .some((secret) => secret.endsWith(lastFour) && (text.includes(secret) || text.includes(base64(secret))))
}

/** On its line or on one beside it stands an id that begins with ASIA. */
function isTemporary(folder: string, { path, line }: Alarm): boolean {
  return [line - 1, line, line + 1].some((near) => lineOf(folder, { path, line: near }).includes('ASIA'))
}

function lineOf(folder: string, { path, line }: { path: string; line: number }): string {
  const bytes = readFileSync(join(folder, path))
  const text = bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString()
  return text.split('\n')[line - 1] ?? ''
}
