/** Reads objects of a repository by their hashes, past those that cannot be read. */

import type { StreamedProgram } from '../../../machine/child-process.ts'
import { createObjectCutter, type GitObject } from './object-stream.ts'
import type { OwnRepository } from './own-repository.ts'

/** How often git is started anew behind an object at which it died. */
const MOST_DEATHS = 20

export interface ReadObjects {
  /** Objects that git could not read. */
  readonly broken: number
  /** False when git died too often, or was stopped: the rest was not read. */
  readonly isWhole: boolean
}

export interface ReadWish {
  readonly ids: readonly string[]
  /** Asked after every piece: false stops it. */
  readonly goesOn: () => boolean
}

/** Hands over the objects in the order asked for. Those that are not there are left out. */
export async function readObjects(
  repository: OwnRepository,
  { ids, goesOn }: ReadWish,
  hear: (object: GitObject) => void,
): Promise<ReadObjects> {
  let rest = ids
  if (rest.length === 0) return { broken: 0, isWhole: true }
  for (let deaths = 0; ; deaths += 1) {
    // Where git has died once, what it printed before must not be lost in its memory a second time.
    const answers = await readOnce(repository, { ids: rest, goesOn }, { hear, isBuffered: deaths === 0 })
    if (answers >= rest.length) return { broken: deaths, isWhole: true }
    if (!goesOn() || deaths >= MOST_DEATHS) return { broken: deaths, isWhole: false }
    rest = rest.slice(answers + 1)
    if (rest.length === 0) return { broken: deaths + 1, isWhole: true }
  }
}

async function readOnce(
  repository: OwnRepository,
  { ids, goesOn }: ReadWish,
  { hear, isBuffered }: { hear: (object: GitObject) => void; isBuffered: boolean },
): Promise<number> {
  const program = await repository.run(['cat-file', '--batch', ...(isBuffered ? ['--buffer'] : [])])
  const cutter = createObjectCutter(hear)
  const asking = ask(program, ids)
  try {
    for await (const chunk of program.output) {
      cutter.take(chunk)
      if (!goesOn()) break
    }
  } finally {
    program.stop()
    await asking
  }
  return cutter.answers
}

const LINES = 1000

async function ask(program: StreamedProgram, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += LINES) {
    await program.write(`${ids.slice(start, start + LINES).join('\n')}\n`)
  }
  program.endInput()
}
