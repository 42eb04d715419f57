/** Files that a command reads and writes. */

import { existsSync } from 'node:fs'
import { link, open, rename, rm } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { randomHex } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { CommandContext } from './command.ts'

/** Never over a file that is there, and never half a file under its name: also when this process is killed. */
export async function writeNewFile(
  name: string,
  { random }: Pick<CommandContext, 'random'>,
  write: (out: Writable) => Promise<void>,
): Promise<void> {
  if (existsSync(name)) throw new Refusal('conflict', `There is a file ${name} already.`)
  const part = `${name}.${randomHex(random, 8)}.part`
  const handle = await open(part, 'wx', 0o600).catch((error: unknown) => {
    throw new Refusal('conflict', `The file ${name} cannot be made: its folder is not there, or may not be written.`, {
      cause: error,
    })
  })
  try {
    await write(handle.createWriteStream({ flush: true }))
    await giveName(part, name)
  } finally {
    await rm(part, { force: true })
  }
}

async function giveName(part: string, name: string): Promise<void> {
  try {
    await link(part, name)
  } catch (error) {
    if (existsSync(name)) throw new Refusal('conflict', `There is a file ${name} already.`, { cause: error })
    // Not every file system has links.
    await rename(part, name)
  }
}

/** The bytes of a file. Throws `not-found`, or `invalid` when it cannot be read. */
export async function openFile(file: string): Promise<Readable> {
  if (!existsSync(file)) throw new Refusal('not-found', `There is no file ${file}.`)
  const handle = await open(file).catch((error: unknown) => {
    throw new Refusal('invalid', `The file ${file} cannot be read.`, { cause: error })
  })
  if (!(await handle.stat()).isDirectory()) return handle.createReadStream()
  await handle.close()
  throw new Refusal('invalid', `${file} is a folder. Which file in it?`)
}
