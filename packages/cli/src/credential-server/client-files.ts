/** A client's files: its token, which outlives a restart, and its environment, which does not. Nobody else reads them. */

import { randomBase64Url } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import { expandPath } from '../shared-config/paths.ts'
import { shellWord } from '../shared-config/shell-word.ts'

/** 256 bits, base64url. */
const TOKEN = /^[\w-]{43}$/

export const createToken = (machine: Pick<Machine, 'random'>): string => randomBase64Url(machine.random, 32)

/**
 * Where a client's file lies: `{client}` in the typed path stands for its name, which is then written so that no file
 * system takes it for a folder. Refuses one path for several clients.
 */
export function clientPath(machine: Machine, typed: string, name: string, clients: number): string {
  if (clients > 1 && !typed.includes('{client}')) {
    throw new Refusal('invalid', `One file cannot hold what ${clients} clients need: ${typed}`, {
      hint: 'Put {client} where the name of each shall stand: --write-env ~/.mayfly/serve/{client}.env',
    })
  }
  return expandPath(typed, machine).replaceAll('{client}', fileNameOf(name))
}

/** A name that is a file name on every system, and no other name's. */
export const fileNameOf = (name: string): string =>
  encodeURIComponent(name).replace(/[!'()*~]|^\./g, (character) => `%${character.charCodeAt(0).toString(16)}`)

/**
 * The token that is kept in a file; a new one is written where there is none. Without a line end: SDKs send what
 * AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE holds as it is. Refuses a file that others can read, and one with other content.
 */
export async function keepToken(machine: Machine, path: string): Promise<string> {
  const held = (await machine.files.readText(path))?.trim()
  if (held === undefined || held === '') {
    const token = createToken(machine)
    await writePrivately(machine, path, token)
    return token
  }
  const word = shellWord(path, machine.platform)
  const state = await machine.inspection.describeFile(path)
  if (state && (!state.isOwn || ((state.mode ?? 0) & 0o077) !== 0)) {
    throw new Refusal('forbidden', `Others can read the token in ${path}.`, {
      hint: `Delete it, and a new one is made: rm ${word}`,
    })
  }
  if (TOKEN.test(held)) return held
  throw new Refusal('invalid', `There is no token of mayfly serve in ${path}.`, {
    hint: 'Name a file that is not there yet: it is written with a new token.',
  })
}

/** Written anew: a file that lies there, or appears again meanwhile, would keep its own mode. */
export async function writePrivately(machine: Machine, path: string, content: string): Promise<void> {
  await machine.files.delete(path)
  await machine.files.write(path, content, { mode: 0o600, setsMode: true })
}
