/** The root key, from the configuration or from a private file in the data folder. */

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'

const LENGTH = 32

interface RootKeySource {
  readonly dataFolder: string
  readonly serverKey?: string
}

/** Reads the root key; makes the file, readable by its owner alone, when there is neither. Throws `invalid`. */
export async function readRootKey({ dataFolder, serverKey }: RootKeySource, random: Random): Promise<Uint8Array> {
  if (serverKey !== undefined) return parseRootKey(serverKey, 'MAYFLY_SERVER_KEY')
  const file = join(dataFolder, 'server.key')
  const fresh = Buffer.from(random.bytes(LENGTH)).toString('base64url')
  try {
    // The exclusive flag lets one of two servers that start together win; the other reads what it wrote.
    await writeFile(file, `${fresh}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return parseRootKey(await readFile(file, 'utf8'), file)
}

function parseRootKey(text: string, where: string): Uint8Array {
  const bytes = Buffer.from(text.trim(), 'base64url')
  if (bytes.length !== LENGTH) {
    throw new Refusal('invalid', `${where} does not hold a server key: 32 bytes in base64url.`, {
      hint: 'Restore it from a backup. Without it, what this database holds sealed cannot be opened.',
    })
  }
  return bytes
}
