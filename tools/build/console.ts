/** Builds the console with Vite. */

import { join } from 'node:path'
import { build, type Rolldown } from 'vite'
import { root } from './target.ts'
import { writeThirdPartyLicences } from './third-party-licences.ts'

/** Fills the folder with `index.html` and `assets`. */
export async function buildConsole(into: string): Promise<void> {
  const result = await build({
    root: join(root, 'packages/console'),
    logLevel: 'error',
    build: { outDir: into, emptyOutDir: true },
  })
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []))
  writeThirdPartyLicences(join(into, 'THIRD-PARTY-LICENSES.txt'), outputs.flatMap(modulesOf))
}

const modulesOf = (chunk: Rolldown.OutputChunk | Rolldown.OutputAsset): string[] =>
  chunk.type === 'chunk' ? chunk.moduleIds : []
