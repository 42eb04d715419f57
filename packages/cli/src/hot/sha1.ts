/** SHA-1 without node:crypto, which takes longer to load than all the rest (FIPS 180-4 §6.1). Names files, guards nothing. */

const rotate = (word: number, count: number): number => (word << count) | (word >>> (32 - count))

/** Lower-case hexadecimal digits of the hash of the text's UTF-8 bytes. */
export function sha1(text: string): string {
  const words = padded(Buffer.from(text))
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
  // The 80 words of a block's schedule, in one place for all blocks: this runs once in a process, before any of it is
  // compiled, and growing arrays would take most of the time.
  const schedule = new Int32Array(80)
  for (let start = 0; start < words.length; start += 16) {
    for (let index = 0; index < 16; index += 1) schedule[index] = words[start + index] ?? 0
    compress(state, schedule)
  }
  let digits = ''
  for (const word of state) digits += (word >>> 0).toString(16).padStart(8, '0')
  return digits
}

function padded(bytes: Uint8Array): Int32Array {
  const words = new Int32Array((((bytes.length + 8) >> 6) + 1) * 16)
  for (let index = 0; index <= bytes.length; index += 1) {
    const byte = index === bytes.length ? 0x80 : (bytes[index] ?? 0)
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << (24 - (index % 4) * 8))
  }
  words[words.length - 1] = bytes.length * 8
  return words
}

function compress(state: Int32Array, schedule: Int32Array): void {
  for (let round = 16; round < 80; round += 1) {
    const mixed =
      (schedule[round - 3] ?? 0) ^
      (schedule[round - 8] ?? 0) ^
      (schedule[round - 14] ?? 0) ^
      (schedule[round - 16] ?? 0)
    schedule[round] = rotate(mixed, 1)
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
  for (let round = 0; round < 80; round += 1) {
    let chosen: number
    if (round < 20) chosen = ((b & c) | (~b & d)) + 0x5a827999
    else if (round < 40) chosen = (b ^ c ^ d) + 0x6ed9eba1
    else if (round < 60) chosen = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
    else chosen = (b ^ c ^ d) + 0xca62c1d6
    const next = (rotate(a, 5) + chosen + e + (schedule[round] ?? 0)) | 0
    e = d
    d = c
    c = rotate(b, 30)
    b = a
    a = next
  }
  state[0] = (state[0] ?? 0) + a
  state[1] = (state[1] ?? 0) + b
  state[2] = (state[2] ?? 0) + c
  state[3] = (state[3] ?? 0) + d
  state[4] = (state[4] ?? 0) + e
}
