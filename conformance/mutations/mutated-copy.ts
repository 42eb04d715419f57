/** A copy of the source tree with one rule broken, in which the wire cases are run. */

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../harness/root.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'

/** A rule, and how it is broken. */
export interface Mutation {
  readonly rule: string
  /** Part of the name of the cases that have to notice: `sso-admin/CreatePermissionSet`. */
  readonly cases: string
  readonly file: string
  /** Stands in the file once. */
  readonly find: string
  readonly replace: string
}

const COPIED = [
  'conformance',
  'examples',
  'models',
  'packages',
  'vitest.config.ts',
  'package.json',
  'tools',
  'tsconfig.base.json',
  'tsconfig.json',
]
const LEFT_OUT = /\/(node_modules|dist|transcripts)(\/|$)/

export class MutatedCopy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mayfly-mutation-'))

  constructor() {
    for (const name of COPIED) {
      cpSync(join(root, name), join(this.#folder, name), {
        recursive: true,
        filter: (source) => !LEFT_OUT.test(source.slice(root.length)),
      })
    }
    this.#linkPackages()
  }

  /** Everything installed is the original's; our own packages are the copy's. */
  #linkPackages(): void {
    const modules = join(root, 'node_modules')
    mkdirSync(join(this.#folder, 'node_modules/@mayfly'), { recursive: true })
    for (const name of readdirSync(modules)) {
      if (name !== '@mayfly') symlinkSync(join(modules, name), join(this.#folder, 'node_modules', name))
    }
    for (const name of readdirSync(join(modules, '@mayfly'))) {
      symlinkSync(join(this.#folder, 'packages', name), join(this.#folder, 'node_modules/@mayfly', name))
    }
  }

  /** Breaks the rule, runs the wire cases, and mends it. */
  async run({ file, find, replace, rule, cases }: Mutation): Promise<ProgramRun> {
    const path = join(this.#folder, file)
    const text = readFileSync(path, 'utf8')
    if (text.split(find).length !== 2) throw new Error(`${rule}: ${file} does not hold this once: ${find}`)
    writeFileSync(
      path,
      text.replace(find, () => replace),
    )
    try {
      return await this.runCases(cases)
    } finally {
      writeFileSync(path, text)
    }
  }

  /** The cases of that name, until the first that fails. */
  runCases(name: string): Promise<ProgramRun> {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const words = ['run', '--project', 'unit', '--bail', '1', '-t', name, 'conformance/wire/cases/cases.test.ts']
    return runProgram(process.execPath, [vitest, ...words], {
      cwd: this.#folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: this.#folder, MAYFLY_NO_POSTGRES: '1' },
      timeout: 600_000,
    })
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
