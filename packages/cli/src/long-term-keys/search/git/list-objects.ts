/** The hashes of all objects of a repository whose content is worth a look, in pieces. */

import type { OwnRepository } from './own-repository.ts'

export interface ListedObjects {
  /** Pieces of hashes; how many were too big so far. */
  readonly ids: readonly string[]
  readonly tooBig: number
}

/** How listing ended. */
export type ListEnd = 'whole' | 'damaged' | 'git-too-old'

const PIECE = 10_000
const LINE = /^([0-9a-f]{40,64}) (blob|commit|tag) (\d+)$/

/** Unreachable objects too. `size` is the most that an object may have. */
export async function* listObjects(
  repository: OwnRepository,
  size: number,
): AsyncGenerator<ListedObjects, ListEnd, void> {
  const program = await repository.run([
    'cat-file',
    '--batch-all-objects',
    '--unordered',
    '--buffer',
    '--batch-check=%(objectname) %(objecttype) %(objectsize)',
  ])
  let rest = ''
  let ids: string[] = []
  let tooBig = 0
  for await (const chunk of program.output) {
    const lines = (rest + Buffer.from(chunk).toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const [, id, , bytes] = LINE.exec(line) ?? []
      if (id === undefined) continue
      if (Number(bytes) > size) tooBig += 1
      else ids.push(id)
    }
    if (ids.length < PIECE) continue
    yield { ids, tooBig }
    ids = []
    tooBig = 0
  }
  yield { ids, tooBig }
  const { how, said } = await program.end
  if (how.ended === 'by-itself' && how.exitCode === 129) return 'git-too-old'
  return how.ended === 'by-itself' && how.exitCode === 0 && said === '' ? 'whole' : 'damaged'
}

/** Of these objects, those that are there and no bigger. */
export async function listSmall(
  repository: OwnRepository,
  ids: readonly string[],
  size: number,
): Promise<ListedObjects> {
  if (ids.length === 0) return { ids: [], tooBig: 0 }
  const program = await repository.run([
    'cat-file',
    '--buffer',
    '--batch-check=%(objectname) %(objecttype) %(objectsize)',
  ])
  const asking = program.write(`${ids.join('\n')}\n`).then(program.endInput)
  let text = ''
  for await (const chunk of program.output) text += Buffer.from(chunk).toString('latin1')
  await asking
  const there = text.split('\n').map((line) => LINE.exec(line))
  const small = there.flatMap((line) => (line && Number(line[3]) <= size ? [line[1] ?? ''] : []))
  return { ids: small, tooBig: there.filter((line) => line && Number(line[3]) > size).length }
}
