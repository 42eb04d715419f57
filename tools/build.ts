/** Builds what is stale: the console, the server and the client, each into its package's `dist`. */

import { buildClient } from './build/client.ts'
import { buildConsole } from './build/console.ts'
import { buildNative } from './build/native.ts'
import { buildServer } from './build/server.ts'
import { refresh, type Target } from './build/target.ts'

const shared = ['package-lock.json', 'tools/build', 'models', 'packages/identity-center/src', 'packages/wire/src']

const targets: Target[] = [
  {
    name: 'console',
    sources: ['package-lock.json', 'tools/build', 'packages/console'],
    output: 'packages/console/dist',
    build: buildConsole,
  },
  {
    name: 'server',
    sources: [...shared, 'packages/store/src', 'packages/server/src', 'packages/console', 'examples'],
    output: 'packages/server/dist',
    build: buildServer,
  },
  {
    name: 'native',
    sources: ['packages/cli/native', 'tools/build/native.ts'],
    output: '.build/native',
    build: (into) => buildNative(into),
  },
  {
    name: 'cli',
    sources: [...shared, 'packages/cli/src', 'packages/cli/native'],
    output: 'packages/cli/dist',
    build: buildClient,
  },
]

/** Builds every target whose sources changed since it was last built, or all of them by force. */
export async function build(options: { force?: boolean; only?: readonly string[] } = {}): Promise<void> {
  for (const target of targets) {
    if (options.only?.length && !options.only.includes(target.name)) continue
    await refresh(target, options.force ?? false)
  }
}

if (process.argv[1] === import.meta.filename) {
  const words = process.argv.slice(2)
  const only = words.filter((word) => !word.startsWith('--'))
  await build({ force: words.includes('--force'), only }).catch((error: Error) => {
    console.error(error.message)
    process.exit(1)
  })
}
