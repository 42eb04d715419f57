/** A folder for a while: private, in the system's folder for temporary files, and gone when it is closed. */

import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface ScratchFolder {
  /** Absolute. */
  readonly path: string
  /** Writes a file below it, with the folders on the way. */
  write(name: string, content: string | Uint8Array): Promise<void>
  makeFolder(name: string): Promise<void>
  /** Lets a name below it stand for a folder elsewhere. */
  linkFolder(name: string, folder: string): Promise<void>
  /** Deletes it; what links lead to stays. */
  close(): Promise<void>
}

export interface Scratch {
  open(): Promise<ScratchFolder>
}

export const systemScratch: Scratch = {
  async open() {
    // mkdtemp makes it 0700, under a name that nobody can foresee.
    const path = await mkdtemp(join(await realpath(tmpdir()), 'mayfly-scratch-'))
    const forget = (): void => rmSync(path, { recursive: true, force: true })
    process.once('exit', forget)
    return {
      path,
      async write(name, content) {
        await mkdir(dirname(join(path, name)), { recursive: true })
        await writeFile(join(path, name), content)
      },
      makeFolder: async (name) => void (await mkdir(join(path, name), { recursive: true })),
      linkFolder: (name, folder) =>
        symlink(folder, join(path, name), process.platform === 'win32' ? 'junction' : 'dir'),
      async close() {
        process.off('exit', forget)
        await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
      },
    }
  },
}
