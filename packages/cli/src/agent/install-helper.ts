/** Puts `~/.mayfly/bin/mayfly-credentials` in place: a path that stays when Node or Mayfly are upgraded. */

import { createHash } from 'node:crypto'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'
import { helperPath } from '../shared-config/profile-form.ts'
import { formatShim } from './shim.ts'

export interface InstalledHelper {
  /** What a credential_process names. */
  readonly path: string
  /** The native helper, or a script that runs the whole program: slower, and complete. */
  readonly kind: 'helper' | 'script'
}

/**
 * Copies the native helper of this system, when its hash is the one that this version was made with, and writes beside it
 * which Node and which script to go on with; else a small script. Refused when the folder cannot be written.
 */
export async function installHelper(machine: Machine): Promise<InstalledHelper> {
  const { node, script } = machine.ownProgram
  if (script === undefined) {
    throw new Refusal(
      'invalid',
      'This process is no installed mayfly: it cannot say what credential_process is to run.',
    )
  }
  const path = helperPath(machine)
  const record = joinPath(machine, ownFolder(machine), 'bin', 'mayfly-credentials.run')
  await replace(machine, record, Buffer.from(`${node}\n${script}\n`), 0o600)
  const helper = await findVerifiedHelper(machine)
  if (helper) {
    await replace(machine, path, helper, 0o700)
    return { path, kind: 'helper' }
  }
  if (machine.platform === 'win32') {
    throw new Refusal('invalid', `There is no native helper for ${machine.ownProgram.system} here.`, {
      hint: 'Install Mayfly with its optional packages (npm install -g mayfly), or keep to: mayfly storage shared',
    })
  }
  await replace(machine, path, Buffer.from(formatShim(node, script)), 0o700)
  return { path, kind: 'script' }
}

/** The bytes that are copied are the bytes that were checked. */
async function findVerifiedHelper(machine: Machine): Promise<Uint8Array | undefined> {
  const { system } = machine.ownProgram
  const source = machine.ownProgram.findHelper()
  const bytes = source === undefined ? undefined : await machine.files.read(source)
  const hashes = await readHashes()
  return bytes && hashes[system] === createHash('sha256').update(bytes).digest('hex') ? bytes : undefined
}

async function readHashes(): Promise<Readonly<Record<string, string | undefined>>> {
  // `as string` keeps the compiler from pulling in a file that lies outside of the sources; a bundler embeds it.
  return (await import('../../native/sha256.json' as string, { with: { type: 'json' } })).default
}

/** Written only when it differs: another process may be running it. */
async function replace(machine: Machine, path: string, content: Uint8Array, mode: number): Promise<void> {
  const former = await machine.files.read(path)
  if (former && Buffer.compare(former, content) === 0) return
  await machine.files.write(path, content, { mode, folderMode: 0o700 })
}
