/** The search that was asked for: of this computer, of folders, of what is staged, or of what commits bring. */

import { resolve } from 'node:path'
import { seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { detectKeys } from '../../../long-term-keys/detection/detect-keys.ts'
import type { KeySearch } from '../../../long-term-keys/search/key-search.ts'
import { kindOfPath } from '../../../long-term-keys/search/place-kind.ts'
import { searchForKeys } from '../../../long-term-keys/search/search-for-keys.ts'
import type { StagedSearch } from '../../../long-term-keys/search/staged.ts'
import type { Machine } from '../../../machine/machine.ts'
import { ArgumentRefusal } from '../../../problems/argument-refusal.ts'
import { findOption, listOption, type OptionValues } from '../../command.ts'
import { createProgressLine } from './progress-line.ts'

/** Seconds that a search may take when nothing is said: a million files take a minute, histories take longer. */
export const SECONDS = 300
/** Somebody waits for the commit. */
export const STAGED_SECONDS = 60

export interface AskedSearch {
  readonly search: KeySearch
  /** The folder that everything found lies in, where there is one. Absolute. */
  readonly base: string
  /** What was looked at, in one word: `file`, or `object` of Git. */
  readonly noun: 'file' | 'object'
}

export async function runSearch(
  machine: Machine,
  options: OptionValues,
  typed: readonly string[],
): Promise<AskedSearch> {
  const ranges = listOption(options, 'range')
  const isStaged = options['staged'] === true
  if (isStaged || ranges.length > 0) {
    refuseTogether(options, isStaged && ranges.length > 0 ? ['range', ...OF_FOLDERS] : OF_FOLDERS)
    return searchGit(machine, options, { ranges, typed })
  }
  const roots = typed.length > 0 ? await getRoots(machine, typed) : undefined
  const search = await searchUntilStopped(machine, options, roots)
  return { search, base: roots?.length === 1 ? (roots[0] ?? machine.home) : machine.home, noun: 'file' }
}

const OF_FOLDERS = ['no-history', 'everything', 'any-owner']

function refuseTogether(options: OptionValues, names: readonly string[]): void {
  const one = options['staged'] === true ? '--staged' : '--range'
  const other = names.find((name) => options[name] !== undefined)
  if (other === undefined) return
  throw new ArgumentRefusal(`argument --${other}: not allowed with argument ${one}`, 'See: mayfly keys find --help')
}

/** Without ranges, what is staged. */
async function searchGit(
  machine: Machine,
  options: OptionValues,
  { ranges, typed }: { readonly ranges: readonly string[]; readonly typed: readonly string[] },
): Promise<AskedSearch> {
  if (typed.length > 1) throw new ArgumentRefusal('Name one repository alone.', 'See: mayfly keys find --help')
  const { searchRange, searchStaged } = await import('../../../long-term-keys/search/staged.ts')
  const isNamed = typed.length > 0
  const wish = Number(findOption(options, 'seconds') ?? (ranges.length > 0 ? SECONDS : STAGED_SECONDS))
  const time = wish > 0 ? { time: seconds(wish) } : {}
  const asked = { detect: detectKeys, folder: resolve(typed[0] ?? '.'), isNamed, ...time }
  const found = await (ranges.length > 0 ? searchRange(machine, ranges, asked) : searchStaged(machine, asked))
  return { search: asKeySearch(found, machine.home), base: found.repository, noun: 'object' }
}

const asKeySearch = ({ found, looked, passedOver, ended }: StagedSearch, home: string): KeySearch => ({
  found: found.map((key) => (key.place.type === 'file' ? { ...key, kind: kindOfPath(key.place.path, home) } : key)),
  looked: { files: looked.objects, bytes: looked.bytes, folders: 0 },
  passedOver,
  ended,
})

/** What was typed, from the working folder; refuses what is not there. */
async function getRoots(machine: Machine, typed: readonly string[]): Promise<readonly string[]> {
  const tree = await machine.openTree()
  return typed.map((path) => {
    const whole = resolve(path)
    if (tree.describe(whole, { followsLinks: true })) return whole
    throw new Refusal('not-found', `There is no file or folder ${path}.`, { hint: 'See: mayfly keys find --help' })
  })
}

/** Ctrl-C ends it with what was found so far; a second one ends the process. */
async function searchUntilStopped(
  machine: Machine,
  options: OptionValues,
  roots: readonly string[] | undefined,
): Promise<KeySearch> {
  const wish = Number(findOption(options, 'seconds') ?? SECONDS)
  const stop = new AbortController()
  void machine.stopSignals.next().then(() => stop.abort())
  const line = createProgressLine(machine)
  try {
    return await searchForKeys(
      machine,
      {
        ...(roots && { roots }),
        ...(wish > 0 && { seconds: wish }),
        everything: options['everything'] === true,
        anyOwner: options['any-owner'] === true,
        withHistory: options['no-history'] !== true,
        signal: stop.signal,
      },
      line.show,
    )
  } finally {
    line.clear()
  }
}
