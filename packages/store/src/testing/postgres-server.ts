/** A PostgreSQL of the tests' own, from the binaries of Debian or Homebrew, thrown away afterwards. */

import { execFile, execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface PostgresServer {
  readonly url: string
  /** As an operator restarts it: whoever is connected is thrown out, and what is committed stays. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts one, durable as in production. Rejects with the reason when there is none to be had. */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = findBinaries()
  if (binaries === undefined) throw new Error('no initdb and pg_ctl on this machine')
  const owner = unprivilegedUser()
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-postgres-'))
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  const options = { ...owner, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' } }
  const data = join(folder, 'data')
  try {
    await initialize(join(binaries, 'initdb'), data, options)
    const port = await freePort()
    const settings = `-k ${folder} -h 127.0.0.1 -p ${port} -c max_connections=200`
    const start = ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']
    await run(join(binaries, 'pg_ctl'), start, options)
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      async restart() {
        await run(join(binaries, 'pg_ctl'), ['-D', data, '-m', 'fast', '-w', 'stop'], options)
        await run(join(binaries, 'pg_ctl'), start, options)
      },
      async stop() {
        await run(join(binaries, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop'], options)
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** American sorting by default where PostgreSQL can: so a column that forgot to ask for "C" shows. */
async function initialize(initdb: string, data: string, options: object): Promise<void> {
  const common = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8']
  try {
    await run(initdb, [...common, '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US'], options)
  } catch {
    rmSync(data, { recursive: true, force: true })
    await run(initdb, [...common, '--locale=C'], options)
  }
}

function findBinaries(): string | undefined {
  const versions = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'].flatMap((root) =>
    existsSync(root)
      ? readdirSync(root)
          .filter((name) => /^\d+$|^postgresql/.test(name))
          .map((name) => join(root, name, 'bin'))
      : [],
  )
  const path = (process.env['PATH'] ?? '').split(':')
  return [...versions.sort().reverse(), ...path].find((folder) =>
    ['initdb', 'pg_ctl'].every((name) => existsSync(join(folder, name))),
  )
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (which: string): number => Number(execFileSync('id', [which, name], { stdio: 'pipe' }).toString())
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // There is no such user; the next one may be there.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no other user')
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
