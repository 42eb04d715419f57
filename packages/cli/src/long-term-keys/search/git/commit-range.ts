/** The commits that a range names, and what each of them changed. */

import { type ChangedBlob, createCommitCutter } from './commit-stream.ts'
import { LOG_WORDS } from './locate-objects.ts'
import type { OwnRepository } from './own-repository.ts'

/**
 * `A..B`, `A...B`, `A..`, `..B` as git reads them (an end that is left out is HEAD); one commit; `REMOTE/*..B`: what B has
 * and no branch of the remote that is known here; and `*..B`: what no remote has.
 */
export type CommitRange =
  | { readonly type: 'one'; readonly commit: string }
  | { readonly type: 'between'; readonly from: string; readonly to: string; readonly dots: '..' | '...' }
  | { readonly type: 'not-on'; readonly remote: string | undefined; readonly to: string }

export function parseRange(text: string): CommitRange {
  const [, from, dots, to] = /^(.*?)(\.{2,3})(.*)$/s.exec(text) ?? []
  if (dots !== '..' && dots !== '...') return { type: 'one', commit: text }
  const end = to === '' ? 'HEAD' : (to ?? 'HEAD')
  if (from === '*' && dots === '..') return { type: 'not-on', remote: undefined, to: end }
  if (from?.endsWith('/*') && dots === '..') return { type: 'not-on', remote: from.slice(0, -2), to: end }
  return { type: 'between', from: from === '' ? 'HEAD' : (from ?? 'HEAD'), to: end, dots }
}

/** The names of commits in it. */
const namesOf = (range: CommitRange): readonly string[] => {
  if (range.type === 'one') return [range.commit]
  return range.type === 'between' ? [range.from, range.to] : [range.to]
}

/** The words by which `git log` knows the range, or the name that no commit has. */
export async function resolveRange(
  repository: OwnRepository,
  range: CommitRange,
): Promise<{ readonly words: readonly string[] } | { readonly unknown: string }> {
  const names = namesOf(range)
  const unsayable = names.find((name) => /[\n\0]/.test(name) || name === '')
  if (unsayable !== undefined) return { unknown: unsayable }
  const program = await repository.run(['cat-file', '--batch-check=%(objectname) %(objecttype)'])
  const asking = program.write(names.map((name) => `${name}^{commit}\n`).join('')).then(program.endInput)
  let text = ''
  for await (const chunk of program.output) text += Buffer.from(chunk).toString('latin1')
  await asking
  const hashes = text.split('\n').map((line) => /^([0-9a-f]{40,64}) commit$/.exec(line)?.[1])
  for (const [index, name] of names.entries()) if (hashes[index] === undefined) return { unknown: name }
  const [first = '', second = ''] = hashes
  if (range.type === 'one') return { words: ['--no-walk', first] }
  if (range.type === 'between') return { words: [`${first}${range.dots}${second}`] }
  if (range.remote === undefined) return { words: [first, '--not', '--remotes'] }
  return { words: [first, '--not', `--glob=refs/remotes/${range.remote.replace(/[*?[\\]/g, '\\$&')}/*`] }
}

export interface CommittedBlob {
  readonly commit: string
  readonly change: ChangedBlob
}

export interface ListedRange {
  readonly commits: readonly string[]
  readonly changes: readonly CommittedBlob[]
  /** What git said when it could not go through all of them. */
  readonly failed?: string
}

/** The youngest commit first. */
export async function listRange(repository: OwnRepository, words: readonly string[]): Promise<ListedRange> {
  // What was renamed and changed is compared by its content, which a partial clone may not have.
  const renames = repository.isPartial ? '-M100%' : '-M'
  const program = await repository.run([...LOG_WORDS, renames, '-l400', ...words, '--'])
  const commits: string[] = []
  const changes: CommittedBlob[] = []
  const cutter = createCommitCutter({
    commit: (id) => void commits.push(id),
    change: (change, commit) => void changes.push({ commit, change }),
  })
  for await (const chunk of program.output) cutter.take(chunk)
  const { how, said } = await program.end
  const isWhole = how.ended === 'by-itself' && how.exitCode === 0
  return { commits, changes, ...(!isWhole && { failed: said.split('\n')[0] ?? '' }) }
}
