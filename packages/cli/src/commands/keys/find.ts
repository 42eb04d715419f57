/** keys find: the long-term access keys that lie on this computer. */

import { readKnownKeys } from '../../long-term-keys/inquiry/known-keys.ts'
import { listRetirements } from '../../long-term-keys/retirement/journal.ts'
import type { Retirement } from '../../long-term-keys/retirement/retirement.ts'
import type { KeySearch } from '../../long-term-keys/search/key-search.ts'
import type { Machine } from '../../machine/machine.ts'
import { ArgumentRefusal } from '../../problems/argument-refusal.ts'
import { EXIT } from '../../problems/exit-codes.ts'
import { type Command, jsonOption } from '../command.ts'
import { runSearch, SECONDS, STAGED_SECONDS } from './find/asked-search.ts'
import { describeSearch } from './find/find-json.ts'
import { formatSearch } from './find/find-report.ts'
import { formatJson } from './json-text.ts'

export const keysFind: Command = {
  words: 'keys find',
  summary: 'find the long-term access keys that lie on this computer',
  options: [
    { name: '--staged', summary: 'look at what the next commit would bring, and at nothing else' },
    {
      name: '--range',
      value: 'A..B',
      summary: 'look at what the commits from A to B bring, and at nothing else',
      isRepeatable: true,
    },
    { name: '--no-history', summary: 'leave out the histories of Git repositories' },
    { name: '--everything', summary: 'look at dependencies, caches, archives and other binary files too' },
    { name: '--any-owner', summary: "look at other users' files too" },
    {
      name: '--seconds',
      value: 'SECONDS',
      summary: `how long it may take (${SECONDS}, with --staged ${STAGED_SECONDS}; 0 takes what it needs)`,
      isNumber: true,
    },
    jsonOption(
      '{ found: [{ accessKeyId, accountId, isCanary, secret, kind, place, uses: [{ tool, name, note }], access: { mode, readableBy }, lastUsed: { at, service, region, isOurs, askedAt } }], looked: { files, bytes, folders }, passedOver: [{ why, what, count, examples }], ended }; of a secret the last four characters; lastUsed is what keys check was last told; ended is whole, time, memory or interrupted',
    ),
    { name: '--sarif', summary: 'print SARIF 2.1.0, for code scanning' },
  ],
  parameters: { usage: '[PATH …]', most: 1000 },
  example: 'mayfly keys find',
  loadAhead: () => Promise.all([import('./find/sarif.ts'), import('../../long-term-keys/search/git-history.ts')]),
  async run(options, machine, { parameters }) {
    if (options['json'] === true && options['sarif'] === true)
      throw new ArgumentRefusal('argument --sarif: not allowed with argument --json', 'See: mayfly keys find --help')
    const before = machine.clock.now()
    const { search, base, noun } = await runSearch(machine, options, parameters)
    const milliseconds = machine.clock.now().getTime() - before.getTime()
    const known = await readKnownKeys(machine)
    const retirements = await findRetirements(machine)
    if (options['json'] === true) writeJson(machine, describeSearch(search, known))
    else if (options['sarif'] === true) {
      const { formatSarif } = await import('./find/sarif.ts')
      writeJson(machine, formatSarif(search, { base, platform: machine.platform }))
    } else
      machine.terminal.write(
        formatSearch(search, { home: machine.home, milliseconds, noun, known, retirements, now: before }),
      )
    return exitCodeOf(search)
  },
}

/** By key id; a journal that cannot be understood keeps no search from its end, and `keys status` names it. */
async function findRetirements(machine: Machine): Promise<ReadonlyMap<string, Retirement>> {
  const { retirements } = await listRetirements(machine)
  return new Map(retirements.map((each) => [each.accessKeyId, each]))
}

const writeJson = (machine: Machine, value: object): void => machine.terminal.write(formatJson(value))

/** 1 where a key was found; else 0 when all was looked at, and otherwise nobody knows. */
function exitCodeOf({ found, ended }: KeySearch): number {
  if (ended === 'interrupted') return EXIT.interrupted
  if (found.length > 0) return EXIT.found
  return ended === 'whole' ? EXIT.ok : EXIT.other
}
