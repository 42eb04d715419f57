/** The licences of the packages whose code a bundle contains. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes name, version, licence and licence text of every package that `modules` come from; no file when none does. */
export function writeThirdPartyLicences(file: string, modules: string[]): void {
  const folders = new Set(modules.map(packageFolderOf).filter((folder) => folder !== undefined))
  if (folders.size === 0) return
  const entries = [...folders].map(describePackage).sort()
  const head = 'This program contains code of these packages, each under its own licence.\n'
  writeFileSync(file, [head, ...entries].join(`\n${'-'.repeat(78)}\n\n`))
}

/** The folder of the installed package that a module belongs to; `undefined` for a module of our own. */
function packageFolderOf(module: string): string | undefined {
  const path = module.replace(/^\0+/, '').replace(/\?.*$/, '')
  if (!/[\\/]node_modules[\\/]/.test(path)) return undefined
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const description = join(folder, 'package.json')
    // A nested package.json without a name only says how its folder is loaded.
    if (existsSync(description) && 'version' in JSON.parse(readFileSync(description, 'utf8'))) return folder
  }
  return undefined
}

function describePackage(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return [`${name} ${version} (${license})`, ...texts].join('\n\n').concat('\n')
}
