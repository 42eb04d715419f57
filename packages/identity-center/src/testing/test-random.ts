/** Chance that a test can repeat: a counter through SHA-256. */

import { createHash } from 'node:crypto'
import type { Random } from '../random.ts'

export class TestRandom implements Random {
  #counter = 0
  readonly #seed: string

  constructor(seed = 'mayfly') {
    this.#seed = seed
  }

  bytes(count: number): Uint8Array {
    const blocks: Buffer[] = []
    for (let made = 0; made < count; made += 32) {
      this.#counter += 1
      blocks.push(createHash('sha256').update(`${this.#seed}:${this.#counter}`).digest())
    }
    return Buffer.concat(blocks).subarray(0, count)
  }
}
