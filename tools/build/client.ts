/** Bundles the client: one tiny file for credentials from a warm cache, lazy chunks for all the rest. */

import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createCompletionTable } from '../../packages/cli/src/commands/complete.ts'
import { commands } from '../../packages/cli/src/commands.ts'
import { IAM_OPERATIONS } from '../../packages/cli/src/long-term-keys/inquiry/iam-operations.ts'
import { addLegalTexts, bundle } from './bundle.ts'

const HOT_PATH_LIMIT = 8 * 1024

/** The services that the client asks; of IAM a part, for it has more operations than all others together. */
const MODELS = { sso: 'whole', 'sso-oidc': 'whole', sts: 'whole', iam: IAM_OPERATIONS } as const

/** Fills the folder with `hot.cjs` and `main.cjs`, which needs its chunks only when a command does. */
export async function buildClient(into: string): Promise<void> {
  const output = { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' } as const
  const minify = { compress: true, mangle: { keepNames: true }, codegen: { removeWhitespace: true } }
  // It brings a binary for each system: it is installed beside the program, not bundled.
  const external = ['@napi-rs/keyring']
  await bundle({ hot: 'packages/cli/src/hot/hot.ts' }, into, { output: { ...output, minify: true } })
  checkHotPath(join(into, 'hot.cjs'))
  await bundle({ prompt: 'packages/cli/src/hot/prompt.ts' }, into, { output: { ...output, minify: true } })
  checkHotPath(join(into, 'prompt.cjs'))
  await bundle({ complete: 'packages/cli/src/complete.ts' }, into, { output: { ...output, minify: true } })
  writeFileSync(join(into, 'completion.json'), JSON.stringify(await createCompletionTable(commands)))
  await bundle({ sealed: 'packages/cli/src/hot-sealed/sealed-credentials.ts' }, into, {
    external,
    output: { ...output, minify: true },
  })
  const modules = await bundle({ main: 'packages/cli/src/main.ts' }, into, {
    external,
    models: MODELS,
    output: { ...output, minify },
  })
  addLegalTexts(into, 'packages/cli', modules)
}

/** The hot path starts as fast as Node does, because it loads nothing but `fs` and is read in one go. */
function checkHotPath(file: string): void {
  const size = statSync(file).size
  const name = basename(file)
  if (size > HOT_PATH_LIMIT) throw new Error(`${name} has ${size} bytes; the hot path may have ${HOT_PATH_LIMIT}.`)
  const needs = [...readFileSync(file, 'utf8').matchAll(/\brequire\(\s*[`'"]([^`'"]+)[`'"]\s*\)/g)].map(([, id]) => id)
  const others = needs.filter((id) => id !== 'fs' && id !== 'node:fs')
  if (others.length > 0) throw new Error(`${name} requires ${others.join(', ')}; the hot path may require fs alone.`)
}
