/** Bundles the server: our own packages and the small libraries go in, what brings native code or a framework stays out. */

import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addLegalTexts, bundle } from './bundle.ts'
import { root } from './target.ts'

/** Fills the folder with `main.js`, its chunks, the built console and the example organization. */
export async function buildServer(into: string): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'packages/server/package.json'), 'utf8'))
  const names = Object.keys(dependencies)
  const modules = await bundle({ main: 'packages/server/src/main.ts' }, into, {
    external: (id) => names.some((name) => id === name || id.startsWith(`${name}/`)),
    output: { format: 'esm', chunkFileNames: '[name]-[hash].js', sourcemap: true },
  })
  copyIfThere('packages/console/dist', join(into, 'console'))
  copyIfThere('examples/acme.yaml', join(into, 'acme.yaml'))
  addLegalTexts(into, 'packages/server', modules)
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(join(root, from))) cpSync(join(root, from), to, { recursive: true })
}
