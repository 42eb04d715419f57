/** The objects that `git cat-file --batch` prints, cut out of the stream. */

export interface GitObject {
  readonly id: string
  readonly type: 'blob' | 'commit' | 'tag' | 'tree'
  readonly bytes: Buffer
}

export interface ObjectCutter {
  /** Takes what came; hands over what is whole. Throws for what `cat-file` does not print. */
  take(chunk: Uint8Array): void
  /** How many answers came, `missing` ones among them. */
  readonly answers: number
}

const HEADER = /^([0-9a-f]{40,64}) (?:(blob|commit|tag|tree) (\d+)|missing|ambiguous)$/
const LINE_END = 0x0a
/** Longer than any header. */
const LONGEST_HEADER = 4096

/** `<hash> <type> <size>`, a line end, the bytes, a line end; or `<hash> missing`. */
export function createObjectCutter(hear: (object: GitObject) => void): ObjectCutter {
  let answers = 0
  let held: Buffer[] = []
  let length = 0
  /** Bytes of the object that is coming, and of the line end behind it. */
  let wanted: { readonly id: string; readonly type: GitObject['type']; readonly size: number } | undefined
  const join = (): Buffer => {
    const whole = held.length === 1 && held[0] ? held[0] : Buffer.concat(held)
    held = [whole]
    return whole
  }
  const next = (): boolean => {
    if (wanted) {
      if (length <= wanted.size) return false
      const whole = join()
      hear({ id: wanted.id, type: wanted.type, bytes: whole.subarray(0, wanted.size) })
      drop(whole, wanted.size + 1)
      wanted = undefined
      answers += 1
      return true
    }
    const whole = join()
    const end = whole.indexOf(LINE_END)
    if (end < 0 && whole.length < LONGEST_HEADER) return false
    const [, id = '', type, size] = HEADER.exec(whole.toString('latin1', 0, Math.max(0, end))) ?? []
    if (id === '') throw new Error('git cat-file printed what is no answer.')
    drop(whole, end + 1)
    if (type === undefined) answers += 1
    else wanted = { id, type: type as GitObject['type'], size: Number(size) }
    return true
  }
  const drop = (whole: Buffer, count: number): void => {
    held = whole.length > count ? [whole.subarray(count)] : []
    length = whole.length - count
  }
  return {
    take(chunk) {
      held.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      length += chunk.byteLength
      while (length > 0 && next());
    },
    get answers() {
      return answers
    },
  }
}
