/** Whether a program's first bytes say that the system will surely run it (Linux). */

/** How much of a file `readExecutable` wants to see. */
export const HEADER_LENGTH = 4096

/** What the first bytes tell: the interpreter that must be there too (a script's, or a program's loader). */
export type Executable = { readonly runs: 'surely'; readonly interpreter?: string } | { readonly runs: 'perhaps' }

const PERHAPS: Executable = { runs: 'perhaps' }

/**
 * Reads the first bytes of a program; `own` are those of a program that runs on this machine. Whatever is not plainly a
 * script with an absolute interpreter, or a program of the same word size and processor, may run or not.
 */
export function readExecutable(header: Uint8Array, own: Uint8Array): Executable {
  const bytes = Buffer.from(header.buffer, header.byteOffset, header.byteLength)
  if (bytes.subarray(0, 2).toString('latin1') === '#!') return readScript(bytes)
  return isSameKind(bytes, own) ? readProgram(bytes) : PERHAPS
}

function readScript(bytes: Buffer): Executable {
  // Linux reads no more than 256 bytes of this line.
  const line = bytes.subarray(2, 256).toString('latin1')
  const interpreter = /^[ \t]*(\/[\x21-\x7e]+)(?=[ \t\n])/.exec(line)?.[1]
  return interpreter === undefined || !line.includes('\n') ? PERHAPS : { runs: 'surely', interpreter }
}

/** Magic number, word size and byte order (the first six bytes), and the processor (two bytes at 18). */
function isSameKind(bytes: Buffer, own: Uint8Array): boolean {
  if (bytes.length < 64 || own.length < 64 || bytes.subarray(0, 4).toString('latin1') !== '\u007fELF') return false
  return [0, 1, 2, 3, 4, 5, 18, 19].every((place) => bytes[place] === own[place])
}

const PT_INTERP = 3

/** The loader that an ELF program of 64 bits names. */
function readProgram(bytes: Buffer): Executable {
  const [isWide, isLittle] = [bytes[4] === 2, bytes[5] === 1]
  if (!isWide || !isLittle) return PERHAPS
  const [start, size, count] = [Number(bytes.readBigUInt64LE(32)), bytes.readUInt16LE(54), bytes.readUInt16LE(56)]
  if (start + size * count > bytes.length) return PERHAPS
  for (let index = 0; index < count; index += 1) {
    const place = start + index * size
    if (bytes.readUInt32LE(place) !== PT_INTERP) continue
    const [offset, length] = [Number(bytes.readBigUInt64LE(place + 8)), Number(bytes.readBigUInt64LE(place + 32))]
    if (length < 2 || offset + length > bytes.length) return PERHAPS
    return { runs: 'surely', interpreter: bytes.subarray(offset, offset + length - 1).toString('latin1') }
  }
  return { runs: 'surely' }
}
