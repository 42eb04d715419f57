/** Bundles sources with rolldown, and lists the licences of what went in. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type InputOptions, type OutputOptions, type Plugin, rolldown } from 'rolldown'
import { type Model, onlyOperations } from './part-of-model.ts'
import { root } from './target.ts'
import { writeThirdPartyLicences } from './third-party-licences.ts'

/** Of each service the whole model, or what these operations need of it. */
export type BundledModels = Readonly<Record<string, 'whole' | readonly string[]>>

/** What Node loads of it is a wrapper that looks for its other files beside itself, where a bundle has none. */
const BUNDLED_FORMS = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' }

/** Bundles `input` into the folder `into`; returns the modules that went in. */
export async function bundle(
  input: Record<string, string>,
  into: string,
  options: { external?: InputOptions['external']; models?: BundledModels; output: OutputOptions },
): Promise<string[]> {
  const bundler = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    external: options.external ?? [],
    resolve: { alias: BUNDLED_FORMS },
    plugins: [modelsAsText(options.models)],
    onLog(level, log, next) {
      if (level === 'warn') throw new Error(log.message)
      next(level, log)
    },
  })
  const { output } = await bundler.write({ dir: into, ...options.output })
  await bundler.close()
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
}

/**
 * A model is parsed when it is first needed: `JSON.parse` reads a long literal faster than the engine does. Of a program that
 * names its models the others stay out.
 */
const modelsAsText = (models: BundledModels | undefined): Plugin => ({
  name: 'models-as-text',
  load: {
    filter: { id: /[\\/]models[\\/](mayfly[\\/])?[a-z-]+\.json$/ },
    handler(id) {
      const name = basename(id, '.json')
      const part = models ? models[name] : 'whole'
      if (part === undefined) return { code: `export default undefined`, moduleType: 'js' }
      const model: Model = JSON.parse(readFileSync(id, 'utf8'))
      const text = JSON.stringify(part === 'whole' ? model : onlyOperations(model, part))
      return { code: `export default JSON.parse(${JSON.stringify(text)})`, moduleType: 'js' }
    },
  },
})

/** What every published package carries besides its code. */
export function addLegalTexts(into: string, packageFolder: string, modules: string[]): void {
  writeThirdPartyLicences(join(into, 'THIRD-PARTY-LICENSES.txt'), modules)
  for (const name of ['LICENSE', 'NOTICE']) {
    const text = readFileSync(join(root, name), 'utf8')
    const copy = join(root, packageFolder, name)
    if (!existsSync(copy) || readFileSync(copy, 'utf8') !== text) writeFileSync(copy, text)
  }
}
