/** A long-term access key as AWS gives it out, made by chance: no literal of one stands in this repository. */

import type { Chance } from './chance.ts'

export const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** 12 digits; absent for an id of the years before ids carried their account. */
  readonly accountId?: string
}

export function newKey(chance: Chance): Key {
  const accountId = chance.digits(12)
  return {
    accessKeyId: `AKIA${accountLetters(chance, BigInt(accountId))}`,
    secretAccessKey: newSecret(chance),
    accountId,
  }
}

/** Ids of before 2019 begin with AKIAI or AKIAJ and carry no account; such keys are the ones most worth finding. */
export const oldKey = (chance: Chance): Key => ({
  accessKeyId: `AKIA${chance.pick(['I', 'J'])}${chance.letters(BASE32, 15)}`,
  secretAccessKey: newSecret(chance),
})

/** 40 characters; one in three begins and one in three ends with `+` or `/`, which is where patterns break. */
export function newSecret(chance: Chance): string {
  const edge = (): string => (chance.isLikely(33) ? chance.pick(['+', '/']) : chance.letters(BASE62, 1))
  return `${edge()}${chance.letters(`${BASE62}/+`, 38)}${edge()}`
}

/** 16 letters of base32 = 80 bits: a one, 40 bits of the account, 39 of chance. Ids without the one carry no account. */
export function accountLetters(chance: Chance, account: bigint): string {
  const tail = chance.bytes(8).readBigUInt64BE() & ((1n << 39n) - 1n)
  let bits = (1n << 79n) | (account << 39n) | tail
  let letters = ''
  for (let at = 0; at < 16; at += 1) {
    letters = `${BASE32[Number(bits & 31n)]}${letters}`
    bits >>= 5n
  }
  return letters
}
