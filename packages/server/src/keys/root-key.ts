/** The root key, from the configuration or from a private file in the data folder. */

import { constants, statSync } from 'node:fs'
import { copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Random, randomHex } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'

const LENGTH = 32

interface RootKeySource {
  readonly dataFolder: string
  readonly serverKey?: string
}

interface Reading {
  readonly random: Random
  /** Whether nothing was sealed in this database yet. */
  readonly isNew: boolean
}

const fileOf = (dataFolder: string): string => join(dataFolder, 'server.key')

/**
 * Reads the root key. For a new database, when there is neither, makes the file, readable by its owner alone.
 * Throws `invalid`, or `not-found` when the key of a database that has seen use is gone.
 */
export async function readRootKey({ dataFolder, serverKey }: RootKeySource, reading: Reading): Promise<Uint8Array> {
  if (serverKey !== undefined) return parseRootKey(serverKey, 'MAYFLY_SERVER_KEY')
  const file = fileOf(dataFolder)
  const text = (await readIfThere(file)) ?? (await createRootKey(file, reading))
  return parseRootKey(text, file)
}

/** The root key before the present one, while keys are sealed anew. */
export const readPreviousRootKey = ({ previousServerKey }: { readonly previousServerKey?: string }) =>
  previousServerKey === undefined ? undefined : parseRootKey(previousServerKey, 'MAYFLY_PREVIOUS_SERVER_KEY')

/** A new root key, not yet in its place: what seals with it is done, and then `installRootKey` puts it there. */
export async function writeNextRootKey(dataFolder: string, random: Random): Promise<Uint8Array> {
  const next = `${fileOf(dataFolder)}.next`
  // Left over from a run that was interrupted: some keys may be sealed by it already.
  const known = await readIfThere(next)
  if (known !== undefined) return parseRootKey(known, next)
  const key = random.bytes(LENGTH)
  await writeFile(next, `${Buffer.from(key).toString('base64url')}\n`, { mode: 0o600, flush: true, flag: 'wx' })
  return key
}

/** Puts the new root key into its place; the one before stays beside it as `server.key.previous`. */
export async function installRootKey(dataFolder: string): Promise<void> {
  const file = fileOf(dataFolder)
  await copyFile(file, `${file}.previous`)
  await rename(`${file}.next`, file)
}

async function createRootKey(file: string, { random, isNew }: Reading): Promise<string> {
  if (!isNew) {
    throw new Refusal(
      'not-found',
      `The server key is missing: there is no ${file}, and this database was made with one.`,
      {
        hint: 'Restore that file from its backup, or set MAYFLY_SERVER_KEY. No other key opens what this database holds.',
      },
    )
  }
  const whole = `${file}.${randomHex(random, 16)}`
  try {
    await writeFile(whole, `${Buffer.from(random.bytes(LENGTH)).toString('base64url')}\n`, { mode: 0o600, flush: true })
    await putInPlace(whole, file)
  } finally {
    await rm(whole, { force: true })
  }
  return await readFile(file, 'utf8')
}

/** Never half a key; of two servers that start together one wins, and the other reads what it wrote. */
async function putInPlace(whole: string, file: string): Promise<void> {
  try {
    await link(whole, file)
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return
    // A file system without links.
    await copyFile(whole, file, constants.COPYFILE_EXCL).catch((failure: unknown) => {
      if (!hasCode(failure, 'EEXIST')) throw failure
    })
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

function parseRootKey(text: string, where: string): Uint8Array {
  const bytes = Buffer.from(text.trim(), 'base64url')
  if (bytes.length !== LENGTH) {
    throw new Refusal('invalid', `${where} does not hold a server key: 32 bytes in base64url.`, {
      hint: 'Restore it from a backup. Without it, what this database holds sealed cannot be opened.',
    })
  }
  return bytes
}

/** A warning when others on this machine may read the file of the key; where there are modes. */
export function findKeyReaders({ dataFolder, serverKey }: RootKeySource): string | undefined {
  if (serverKey !== undefined) return undefined
  const file = fileOf(dataFolder)
  return (statSync(file).mode & 0o077) === 0
    ? undefined
    : `Other users of this machine may read ${file}. Run: chmod 600 ${file}`
}
