/**
 * `node tools/pack.ts FOLDER`: writes an archive of each published package, as `npm publish` takes it. The client's package.json
 * names the packages of the native helper, which the repository's own does not: they are there once they are published.
 */

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildNative, HASHES, HELPER_SYSTEMS, type HelperSystem, hashHelpers, whyNoHelper } from './build/native.ts'
import { root } from './build/target.ts'
import { build } from './build.ts'

const CLIENT = join(root, 'packages/cli')

interface PackageJson {
  name: string
  version: string
  [member: string]: unknown
}

const readPackageJson = (folder: string): PackageJson => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** Writes the archives into the folder and answers their paths. Without Debian's Go there are none of the helper. */
export async function pack(into: string): Promise<readonly string[]> {
  await build()
  mkdirSync(into, { recursive: true })
  const work = mkdtempSync(join(tmpdir(), 'mayfly-pack-'))
  try {
    const systems = whyNoHelper() === undefined ? HELPER_SYSTEMS : []
    const helpers = join(work, 'helpers')
    await buildNative(helpers, systems)
    const folders = systems.map((system) => prepareHelper(work, helpers, system))
    checkHashes(helpers, systems)
    folders.unshift(prepareClient(work, systems))
    for (const folder of folders) npmPack(folder, [], into)
    npmPack(root, ['--workspace', 'mayfly-server'], into)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return readdirSync(into).map((name) => join(into, name))
}

const helperPackage = (system: string): string => `@mayfly/credentials-${system}`

/** The client's folder with the package.json that is published. */
function prepareClient(work: string, systems: readonly HelperSystem[]): string {
  const folder = join(work, 'mayfly')
  for (const name of ['bin', 'dist', 'README.md', 'LICENSE', 'NOTICE']) {
    cpSync(join(CLIENT, name), join(folder, name), { recursive: true })
  }
  const { devDependencies: _, optionalDependencies = {}, ...kept } = readPackageJson(CLIENT)
  const helpers = Object.fromEntries(systems.map(({ system }) => [helperPackage(system), kept.version]))
  writePackageJson(folder, { ...kept, optionalDependencies: { ...(optionalDependencies as object), ...helpers } })
  return folder
}

/** A package with one file in it, for one system, without an install script. */
function prepareHelper(work: string, helpers: string, { system, file }: HelperSystem): string {
  const folder = join(work, `credentials-${system}`)
  mkdirSync(folder)
  cpSync(join(helpers, system, file), join(folder, file))
  for (const name of ['LICENSE', 'NOTICE']) cpSync(join(root, name), join(folder, name))
  const { version, license, engines } = readPackageJson(CLIENT)
  const [os, cpu] = system.split('-')
  writePackageJson(folder, {
    ...{ name: helperPackage(system), version, license },
    description: `The native credential_process of Mayfly for ${system}; mayfly copies it after it has checked its hash.`,
    ...{ engines, os: [os], cpu: [cpu], files: [file, 'LICENSE', 'NOTICE'] },
  })
  writeFileSync(
    join(folder, 'README.md'),
    `# ${helperPackage(system)}\n\nPart of [mayfly](https://www.npmjs.com/package/mayfly).\n`,
  )
  return folder
}

const writePackageJson = (folder: string, content: PackageJson): void =>
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(content, undefined, 2)}\n`)

/** What is packed is what the client will take. */
function checkHashes(helpers: string, systems: readonly HelperSystem[]): void {
  if (systems.length === 0) return
  const wanted = JSON.parse(readFileSync(HASHES, 'utf8')) as Record<string, string>
  for (const [system, hash] of Object.entries(hashHelpers(helpers))) {
    if (wanted[system] !== hash) throw new Error(`The helper of ${system} has changed: node tools/build/native.ts`)
  }
}

function npmPack(cwd: string, words: readonly string[], into: string): void {
  const quiet = ['--loglevel=error', '--ignore-scripts']
  execFileSync('npm', ['pack', ...words, '--pack-destination', resolve(into), ...quiet], { cwd, stdio: 'pipe' })
}

if (process.argv[1] === import.meta.filename) {
  const [, , into] = process.argv
  if (into === undefined) throw new Error('Name the folder for the archives: node tools/pack.ts FOLDER')
  for (const path of await pack(into)) console.log(path)
}
