/**
 * A home folder with long-term access keys in every kind of place, and beside them what only looks like one.
 *
 * **What counts as a key**: an id of the form and with a decodable account (or of the years before ids carried one),
 * in a file that a person or a tool of theirs keeps – used, commented out, or without its secret; or a secret whose name
 * says what it is. **What "no false alarm" means**: nothing else is reported as a key. What AWS publishes as an example,
 * what expires by itself, what is encrypted or only referred to, other vendors' keys and secrets, placeholders, digests
 * and other random text, ids that AWS cannot have given out, and test data inside installed dependencies are none; each
 * carries its reason. A key of a known canary account is reported, as a canary and never as a key.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Chance } from './chance.ts'
import { type Draft, Draw, encode, type Format, type Marked, type MarkedPlace, readMarks } from './draft.ts'
import { awsFiles } from './formats/aws-files.ts'
import { ci } from './formats/ci.ts'
import { containers } from './formats/containers.ts'
import { editors } from './formats/editors.ts'
import { histories } from './formats/histories.ts'
import { infrastructure } from './formats/infrastructure.ts'
import { programs } from './formats/programs.ts'
import { shellStartup } from './formats/shell-startup.ts'
import { tools } from './formats/tools.ts'
import { type ExpectedInHistory, seedHistories } from './git-histories.ts'
import { canaries, lookAlikes } from './look-alikes/look-alikes.ts'

const formats: readonly Format[] = [
  ...awsFiles,
  ...shellStartup,
  ...histories,
  ...containers,
  ...infrastructure,
  ...ci,
  ...editors,
  ...tools,
  ...programs,
]

/** A key in a file; without `accessKeyId` a secret alone, without `lastFour` an id alone. */
export interface ExpectedInFile {
  readonly kind: string
  /** Relative to the home. */
  readonly path: string
  /** Of the id, or of a secret without id. Begins with 1. */
  readonly line: number
  readonly accessKeyId?: string
  /** Of the secret. */
  readonly lastFour?: string
}

export interface LookAlike {
  readonly path: string
  readonly line: number
  /** Why it is no key. */
  readonly why: string
}

export interface SeededHome {
  readonly seed: string
  /** Of the home's files. */
  expected(): readonly ExpectedInFile[]
  expectedInHistory(): readonly ExpectedInHistory[]
  lookAlikes(): readonly LookAlike[]
  /** Expected too, apart from keys. */
  canaries(): readonly ExpectedInFile[]
  /** Every secret there is: none may appear in what a program says. */
  secrets(): readonly string[]
}

/** The seed of this run: `MAYFLY_SEED`, or a new one. */
export const chooseSeed = (): string => process.env['MAYFLY_SEED'] ?? String(Math.floor(Math.random() * 1e9))

/** Fills `folder`. The same seed writes the same bytes. `places` instead of those that every home has. */
export function seedHome(folder: string, seed: string, places: readonly Format[] = formats): SeededHome {
  const chance = new Chance(seed)
  const marks: Marked[] = []
  const draw = new Draw(chance, marks)
  const bait = new Draw(chance, marks)
  const writer = new HomeWriter(folder, marks, chance)
  const inFiles = chance.shuffled(places).flatMap((format) => writer.write(format(draw)))
  const inHistory = seedHistories(folder, draw)
  const alike = lookAlikes(draw).flatMap((draft) => writer.write(draft))
  const baits = canaries(bait).flatMap((draft) => writer.write(draft))
  return {
    seed,
    expected: () => inFiles.map(({ why: _, ...place }) => place),
    expectedInHistory: () => inHistory,
    lookAlikes: () => alike.map(({ path, line, why = '' }) => ({ path, line, why })),
    canaries: () => baits.map(({ why: _, ...place }) => place),
    secrets: () => [...draw.keys, ...bait.keys].map(({ secretAccessKey }) => secretAccessKey),
  }
}

class HomeWriter {
  readonly #folder: string
  readonly #marks: readonly Marked[]
  readonly #chance: Chance
  readonly #paths = new Set<string>()

  constructor(folder: string, marks: readonly Marked[], chance: Chance) {
    this.#folder = folder
    this.#marks = marks
    this.#chance = chance
  }

  write(draft: Draft): (MarkedPlace & { kind: string; path: string })[] {
    const path = this.#unused(draft.path)
    const { text, places } = readMarks(draft.text, this.#marks)
    mkdirSync(join(this.#folder, dirname(path)), { recursive: true })
    writeFileSync(join(this.#folder, path), encode(draft, text, this.#chance), { mode: draft.mode ?? 0o644 })
    return places.map((place) => ({ ...place, kind: draft.kind, path }))
  }

  #unused(path: string): string {
    let free = path
    while (this.#paths.has(free)) free = join(dirname(free), this.#chance.name(), basename(free))
    this.#paths.add(free)
    return free
  }
}
