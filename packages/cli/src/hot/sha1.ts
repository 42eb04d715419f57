/** SHA-1 without node:crypto, which takes longer to load than all the rest (FIPS 180-4 §6.1). Names files, guards nothing. */

const rotate = (word: number, count: number): number => (word << count) | (word >>> (32 - count))

/** Lower-case hexadecimal digits of the hash of the text's UTF-8 bytes. */
export function sha1(text: string): string {
  const words = padded(Buffer.from(text))
  let state: readonly number[] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  for (let start = 0; start < words.length; start += 16) state = compress(state, words.slice(start, start + 16))
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

function padded(bytes: Uint8Array): number[] {
  const words = new Array<number>((((bytes.length + 8) >> 6) + 1) * 16).fill(0)
  for (let index = 0; index <= bytes.length; index += 1) {
    const byte = index === bytes.length ? 0x80 : (bytes[index] ?? 0)
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << (24 - (index % 4) * 8))
  }
  words[words.length - 1] = bytes.length * 8
  return words
}

function compress(state: readonly number[], block: number[]): readonly number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
  for (let round = 0; round < 80; round += 1) {
    if (round >= 16) {
      const mixed =
        (block[round - 3] ?? 0) ^ (block[round - 8] ?? 0) ^ (block[round - 14] ?? 0) ^ (block[round - 16] ?? 0)
      block[round] = rotate(mixed, 1)
    }
    const chosen =
      round < 20
        ? ((b & c) | (~b & d)) + 0x5a827999
        : round < 40
          ? (b ^ c ^ d) + 0x6ed9eba1
          : round < 60
            ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
            : (b ^ c ^ d) + 0xca62c1d6
    const next = (rotate(a, 5) + chosen + e + (block[round] ?? 0)) | 0
    ;[a, b, c, d, e] = [next, a, rotate(b, 30), c, d]
  }
  return [a, b, c, d, e].map((word, index) => (word + (state[index] ?? 0)) | 0)
}
