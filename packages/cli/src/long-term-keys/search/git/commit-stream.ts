/** What commits changed, cut out of `git log --raw -c -z`. */

export interface ChangedBlob {
  /** The hash of the new content. */
  readonly id: string
  /** The hashes of what it was before, one a parent that had something there. */
  readonly before: readonly string[]
  readonly path: string
  readonly mode: string
  /** `M`, `A`, `R100`; a letter a parent for a merge. */
  readonly status: string
}

export interface CommitCutter {
  /** Takes what came; hands over each change with the commit that made it. */
  take(chunk: Uint8Array): void
}

/** As `--format` has it: no name and no message can look like it, for it stands where a change or a commit must. */
export const COMMIT_FORMAT = 'tformat:%x01%H'

const META = /^(:+)((?:\d{6} )+)((?:[0-9a-f]{40,64} )+)([A-Z]+\d*)$/
/** A path is no longer on any system. */
const LONGEST = 100_000

export interface CommitHearer {
  commit?(id: string): void
  change(change: ChangedBlob, commit: string): void
}

export function createCommitCutter(hear: CommitHearer): CommitCutter {
  let rest = Buffer.alloc(0)
  let commit = ''
  let meta: RegExpExecArray | undefined
  let paths: string[] = []
  const see = (token: Buffer): void => {
    if (meta) {
      paths.push(token.toString())
      if (paths.length < pathsOf(meta)) return
      const change = readChange(meta, paths.at(-1) ?? '')
      meta = undefined
      paths = []
      if (change) hear.change(change, commit)
      return
    }
    const text = token.toString('latin1').replace(/^\n/, '')
    if (text.startsWith('\x01')) {
      commit = text.slice(1)
      hear.commit?.(commit)
    } else meta = META.exec(text) ?? undefined
  }
  return {
    take(chunk) {
      const whole = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk)
      let start = 0
      for (let end = whole.indexOf(0); end >= 0; end = whole.indexOf(0, start)) {
        see(whole.subarray(start, end))
        start = end + 1
      }
      rest = Buffer.from(whole.subarray(start))
      if (rest.length > LONGEST) throw new Error('git log printed what is no change.')
    },
  }
}

/** A rename has two; of a merge only the name that it has now is shown. */
const pathsOf = ([, colons = '', , , status = '']: RegExpExecArray): number =>
  colons.length === 1 && /^[RC]/.test(status) ? 2 : 1

/** Nothing for what went away, and for submodules: they have no content here. */
function readChange([, colons = '', modes = '', hashes = '', status = '']: RegExpExecArray, path: string) {
  const parents = colons.length
  const ids = hashes.trim().split(' ')
  const mode = modes.trim().split(' ')
  const [id, kind] = [ids[parents] ?? '', mode[parents] ?? '']
  if (/^0*$/.test(id) || kind === '160000' || kind === '000000') return undefined
  const before = ids.slice(0, parents).filter((each, index) => !/^0+$/.test(each) && mode[index] !== '160000')
  return { id, before, path, mode: kind, status }
}
