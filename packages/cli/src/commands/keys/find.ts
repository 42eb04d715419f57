/** keys find: the long-term access keys that lie on this computer. */

import { resolve } from 'node:path'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { KeySearch } from '../../long-term-keys/search/key-search.ts'
import { searchForKeys } from '../../long-term-keys/search/search-for-keys.ts'
import type { Machine } from '../../machine/machine.ts'
import { ArgumentRefusal } from '../../problems/argument-refusal.ts'
import { EXIT } from '../../problems/exit-codes.ts'
import { type Command, findOption, jsonOption, type OptionValues } from '../command.ts'
import { describeSearch } from './find/find-json.ts'
import { formatSearch } from './find/find-report.ts'
import { createProgressLine } from './find/progress-line.ts'

/** Seconds. A home of a million files is gone through in a minute; histories take longer. */
const SECONDS = 300

export const keysFind: Command = {
  words: 'keys find',
  summary: 'find the long-term access keys that lie on this computer',
  options: [
    {
      name: '--seconds',
      value: 'SECONDS',
      summary: `how long it may take (${SECONDS}; 0 takes what it needs)`,
      isNumber: true,
    },
    { name: '--no-history', summary: 'leave out the histories of Git repositories' },
    { name: '--everything', summary: 'look at dependencies, caches, archives and other binary files too' },
    { name: '--any-owner', summary: "look at other users' files too" },
    jsonOption(
      '{ found: [{ accessKeyId, accountId, isCanary, secret, kind, place, uses: [{ tool, name }], access }], looked: { files, bytes, folders }, passedOver: [{ why, what, count, examples }], ended }; of a secret the last four characters; ended is whole, time, memory or interrupted',
    ),
    { name: '--sarif', summary: 'print SARIF 2.1.0, for code scanning' },
  ],
  parameters: { usage: '[PATH …]', most: 100 },
  example: 'mayfly keys find',
  async run(options, machine, { parameters }) {
    if (options['json'] === true && options['sarif'] === true)
      throw new ArgumentRefusal('argument --sarif: not allowed with argument --json', 'See: mayfly keys find --help')
    const roots = parameters.length > 0 ? await getRoots(machine, parameters) : undefined
    const before = machine.clock.now()
    const search = await searchUntilStopped(machine, options, roots)
    const took = machine.clock.now().getTime() - before.getTime()
    if (options['json'] === true) writeJson(machine, describeSearch(search))
    else if (options['sarif'] === true) {
      const { formatSarif } = await import('./find/sarif.ts')
      writeJson(
        machine,
        formatSarif(search, {
          base: roots?.length === 1 ? (roots[0] ?? '/') : machine.home,
          platform: machine.platform,
        }),
      )
    } else {
      const { terminal, home } = machine
      terminal.write(
        formatSearch(search, { home, milliseconds: took, columns: terminal.shown ? terminal.size.columns : 80 }),
      )
    }
    return exitCodeOf(search)
  },
}

const writeJson = (machine: Machine, value: object): void =>
  machine.terminal.write(`${JSON.stringify(value, undefined, 2)}\n`)

/** 1 where a key was found; else 0 when all was looked at, and otherwise nobody knows. */
function exitCodeOf({ found, ended }: KeySearch): number {
  if (ended === 'interrupted') return EXIT.interrupted
  if (found.length > 0) return EXIT.found
  return ended === 'whole' ? EXIT.ok : EXIT.other
}

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
  const seconds = Number(findOption(options, 'seconds') ?? SECONDS)
  const stop = new AbortController()
  void machine.stopSignals.next().then(() => stop.abort())
  const line = createProgressLine(machine)
  try {
    return await searchForKeys(
      machine,
      {
        ...(roots && { roots }),
        ...(seconds > 0 && { seconds }),
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
