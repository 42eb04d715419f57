/** The data key behind a passphrase: `~/.mayfly/sealed/key.json` (scrypt, then AES-256-GCM). */

import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'
import { NoTerminal } from '../machine/question.ts'
import { DataKeyRefusal, goneKey } from './key-loss.ts'
import { fingerprint } from './record.ts'
import type { DataKeyRecord } from './storage-mode.ts'

/** How a passphrase becomes a key: 128 MiB and some tenths of a second for each guess. */
const COST = { N: 2 ** 17, r: 8, p: 1 }
/** What a file may ask for: one with more was not written by us, and would only keep the computer busy. */
const DEAREST = { N: 2 ** 20, r: 16, p: 4 }
const ATTEMPTS = 3

interface WrappedKey {
  readonly keyId: string
  readonly cost: typeof COST
  readonly salt: Buffer
  readonly nonce: Buffer
  /** The data key, encrypted, and the tag behind it. */
  readonly sealed: Buffer
}

export const keyFilePath = (machine: Pick<Machine, 'platform' | 'home'>): string =>
  joinPath(machine, ownFolder(machine), 'sealed', 'key.json')

/** Puts a data key behind a passphrase. */
export async function writeKeyFile(machine: Machine, dataKey: Uint8Array, passphrase: string): Promise<void> {
  const salt = Buffer.from(machine.random.bytes(16))
  const nonce = Buffer.from(machine.random.bytes(12))
  const keyId = fingerprint(dataKey)
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, COST), nonce)
  cipher.setAAD(Buffer.from(keyId))
  const sealed = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()])
  const content = {
    version: 1,
    keyId,
    scrypt: { ...COST, salt: salt.toString('base64') },
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
  }
  const text = `${JSON.stringify(content, undefined, 2)}\n`
  await machine.files.write(keyFilePath(machine), text, { mode: 0o600, folderMode: 0o700 })
}

/** The data key, after asking for the passphrase: three times at most. Rejects with DataKeyRefusal. */
export async function openKeyFile(machine: Machine, { id }: DataKeyRecord): Promise<Buffer> {
  const wrapped = parseKeyFile((await machine.files.readText(keyFilePath(machine))) ?? '')
  if (wrapped?.keyId !== id) throw goneKey(keyFilePath(machine))
  const keys: Buffer[] = []
  let attempts = 0
  // Within the question, so that what is typed while the passphrase is tried is not shown.
  const verify = async (passphrase: string): Promise<string | undefined> => {
    const key = await unwrap(wrapped, passphrase)
    if (key) keys.push(key)
    attempts += 1
    if (!key && attempts === ATTEMPTS)
      throw new DataKeyRefusal('passphrase-needed', 'The sealed store stays locked.', LOCKED)
    return key ? undefined : 'That is not the passphrase.'
  }
  await machine.terminal
    .ask({ prompt: 'Passphrase of the sealed store: ', isSecret: true, verify })
    .catch(needsTerminal)
  const [key] = keys
  if (!key) throw goneKey(keyFilePath(machine))
  return key
}

const LOCKED =
  'Try again: mayfly storage unlock. A forgotten passphrase cannot be found again; to begin anew: mayfly storage sealed --new-key'

function needsTerminal(error: unknown): never {
  if (!(error instanceof NoTerminal)) throw error
  throw new DataKeyRefusal(
    'passphrase-needed',
    'The sealed store is locked, and there is no terminal to ask for its passphrase.',
    'Run in a terminal: mayfly storage unlock',
  )
}

/** Asks for a new passphrase, twice. */
export async function askNewPassphrase(machine: Machine): Promise<string> {
  const check = (answer: string): string | undefined =>
    answer.length < SHORTEST
      ? `At least ${SHORTEST} characters: whoever copies the file can try as often as they like.`
      : undefined
  for (;;) {
    const first = await machine.terminal.ask({ prompt: 'New passphrase: ', isSecret: true, check })
    const second = await machine.terminal.ask({ prompt: 'The same again: ', isSecret: true })
    if (first === second) return first
    machine.terminal.writeError('The two differ.\n')
  }
}

const SHORTEST = 8

async function unwrap(
  { keyId, cost, salt, nonce, sealed }: WrappedKey,
  passphrase: string,
): Promise<Buffer | undefined> {
  const decipher = createDecipheriv('aes-256-gcm', await derive(passphrase, salt, cost), nonce, { authTagLength: 16 })
  decipher.setAAD(Buffer.from(keyId))
  decipher.setAuthTag(sealed.subarray(-16))
  try {
    const key = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    return fingerprint(key) === keyId ? key : undefined
  } catch {
    return undefined
  }
}

const derive = (passphrase: string, salt: Uint8Array, cost: typeof COST): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const maxmem = 256 * cost.N * cost.r
    // The same letters may be typed as one character or as two (NFC, NFD).
    scrypt(passphrase.normalize('NFC'), salt, 32, { ...cost, maxmem }, (error, key) =>
      error ? reject(new Refusal('invalid', 'The passphrase could not be tried.', { cause: error })) : resolve(key),
    )
  })

function parseKeyFile(text: string): WrappedKey | undefined {
  try {
    const content = JSON.parse(text) as Record<string, unknown>
    const { N, r, p, salt } = content['scrypt'] as Record<string, unknown>
    const cost = { N: Number(N), r: Number(r), p: Number(p) }
    const dear = cost.N > DEAREST.N || cost.r > DEAREST.r || cost.p > DEAREST.p
    const wrapped = {
      keyId: String(content['keyId']),
      cost,
      salt: Buffer.from(String(salt), 'base64'),
      nonce: Buffer.from(String(content['nonce']), 'base64'),
      sealed: Buffer.from(String(content['sealed']), 'base64'),
    }
    const sound = wrapped.salt.length >= 16 && wrapped.nonce.length === 12 && wrapped.sealed.length === 48
    return content['version'] === 1 && sound && !dear ? wrapped : undefined
  } catch {
    return undefined
  }
}
