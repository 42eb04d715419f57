/** Looks into one file: in one piece where it is small, else in pieces that overlap. */

import type { OpenFile } from '../../machine/file-tree.ts'
import { isNamedSecret } from '../detection/detect-keys.ts'
import type { Detected, DetectKeys } from '../detection/detected.ts'
import { type ByteForm, decode, formOf, mayHoldKeys } from './bytes.ts'

export interface FileLook {
  /** What was detected, with the text around it. */
  readonly seen: readonly { readonly detected: Detected; readonly text: string }[]
  readonly bytes: number
  /** Why not all of it was looked at. */
  readonly passedOver?: 'binary' | 'too-big'
}

export interface LookOptions {
  readonly path: string
  readonly detect: DetectKeys
  readonly bytesPerFile: number
  /** Looks at what is no text too. */
  readonly everything: boolean
  /** Is asked before each piece of a big file. */
  readonly goesOn: () => boolean
}

/** Bytes that are looked at in one piece. */
const PIECE = 1 << 20
/** Bytes that a piece has in common with the one before: an id and its secret stand closer together. */
const OVERLAP = 1 << 16

/** More than these are not wanted of one file: their texts would fill the memory. */
const MOST_SEEN = 10_000

/** One place in memory for all files of a search. */
export const createLookBuffer = (): Buffer => Buffer.allocUnsafeSlow(PIECE)

export function lookInto(file: OpenFile, buffer: Buffer, options: LookOptions): FileLook {
  const bytes = fill(file, buffer, 0)
  const form = formOf(buffer.subarray(0, bytes))
  if (form === 'binary' && !options.everything) return { seen: [], bytes, passedOver: 'binary' }
  if (bytes === buffer.length) return lookInPieces(file, buffer, { ...options, form })
  const all = buffer.subarray(0, bytes)
  if (!mayHoldKeys(all) && !isNamedSecret(options.path)) return { seen: [], bytes }
  const text = decode(all, form)
  return { seen: options.detect(text, { path: options.path }).map((detected) => ({ detected, text })), bytes }
}

/** Reads until the buffer is full or the file ends, and answers where. */
function fill(file: OpenFile, buffer: Buffer, from: number): number {
  let end = from
  while (end < buffer.length) {
    const read = file.read(buffer, end)
    if (read === 0) break
    end += read
  }
  return end
}

function lookInPieces(file: OpenFile, buffer: Buffer, options: LookOptions & { readonly form: ByteForm }): FileLook {
  const { bytesPerFile, goesOn } = options
  const seen: { detected: Detected; text: string }[] = []
  let position: LinePosition = { line: 1, units: 0 }
  for (let [end, bytes, isFirst] = [buffer.length, buffer.length, true]; ; isFirst = false) {
    const isLast = end < buffer.length || bytes >= bytesPerFile || seen.length >= MOST_SEEN || !goesOn()
    const own = { from: isFirst ? 0 : OVERLAP / 2, to: isLast ? end : end - OVERLAP / 2 }
    seen.push(...lookAtPiece(buffer.subarray(0, end), own, { ...options, position }))
    if (isLast) {
      const isCut = end === buffer.length && file.read(Buffer.alloc(1), 0) > 0
      return { seen, bytes, ...(isCut && { passedOver: 'too-big' as const }) }
    }
    position = passOver(buffer.subarray(0, end - OVERLAP), options.form, position)
    buffer.copyWithin(0, end - OVERLAP, end)
    end = fill(file, buffer, OVERLAP)
    bytes += end - OVERLAP
  }
}

/** Where a piece begins: in which line, after how many UTF-16 units of it. */
interface LinePosition {
  readonly line: number
  readonly units: number
}

const unitBytes = (form: ByteForm): number => (form.startsWith('utf-16') ? 2 : 1)

function lookAtPiece(
  piece: Buffer,
  own: { readonly from: number; readonly to: number },
  { detect, form, position }: LookOptions & { readonly form: ByteForm; readonly position: LinePosition },
): readonly { detected: Detected; text: string }[] {
  if (!mayHoldKeys(piece)) return []
  // A character for each byte, so that its place tells which byte it is.
  const text = decode(piece, form === 'text' ? 'binary' : form)
  const size = unitBytes(form)
  // How far the units of a line were counted: a line may hold all that there is.
  let counted = { lineStart: -1, at: 0, units: 0 }
  return detect(text).flatMap((detected) => {
    const start = ((detected.idAt ?? detected.secretAt)?.start ?? 0) * size
    if (start < own.from || start >= own.to) return []
    const lineStart = start - (detected.column - 1) * size
    const from = counted.lineStart === lineStart && counted.at <= start ? counted : { at: lineStart, units: 0 }
    const units = from.units + countUnits(piece.subarray(from.at, start), form)
    counted = { lineStart, at: start, units }
    const column = 1 + units + (detected.line === 1 ? position.units : 0)
    // Where in the file its letters stand is not said: nobody changes a file of this size by them.
    const { idAt, secretAt, ...rest } = detected
    void [idAt, secretAt]
    return [{ detected: { ...rest, line: detected.line + position.line - 1, column }, text }]
  })
}

/** What follows these bytes begins there. */
function passOver(bytes: Buffer, form: ByteForm, { line, units }: LinePosition): LinePosition {
  const size = unitBytes(form)
  // The byte of a unit that holds the letters of ASCII, and the other one.
  const [low, high] = form === 'utf-16be' ? [1, 0] : [0, 1]
  let [lines, start] = [0, 0]
  for (let at = 0; at < bytes.length; at += size) {
    if (bytes[at + low] !== NEW_LINE || (size === 2 && bytes[at + high] !== 0)) continue
    lines += 1
    start = at + size
  }
  const rest = countUnits(bytes.subarray(start), form)
  return { line: line + lines, units: lines === 0 ? units + rest : rest }
}

const NEW_LINE = 10

/** UTF-16 units of a text whose first and last characters may be cut: each counts where it begins. */
function countUnits(bytes: Buffer, form: ByteForm): number {
  if (form !== 'text') return Math.floor(bytes.length / unitBytes(form))
  let units = 0
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
  return units
}
