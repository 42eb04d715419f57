/** `npm start`: the server on the example organization, and the lines that take a person from there to credentials. */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './build/target.ts'
import { build } from './build.ts'
import { ADDRESS, readmeBlock } from './readme.ts'

await build()

const server = spawn(
  process.execPath,
  [join(root, 'packages/server/bin/mayfly-server.cjs'), '--example', ...process.argv.slice(2)],
  {
    stdio: ['inherit', 'pipe', 'inherit'],
    env: {
      MAYFLY_DATA: join(root, 'data'),
      // A line a request would bury what stands above.
      MAYFLY_LOG_LEVEL: 'warn',
      ...process.env,
    },
  },
)
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal))
process.on('SIGINT', () => {})
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))

for await (const line of createInterface({ input: server.stdout })) {
  console.log(line)
  const port = line.match(/^ready https?:\/\/[^/]+:(\d+)/)?.[1]
  if (port) console.log(welcome(`http://localhost:${port}`))
}

/** What to open, who can sign in, and README's own lines for another terminal. */
function welcome(address: string): string {
  const lines = `${readmeBlock('profiles')}${readmeBlock('mayfly')}`.replaceAll(ADDRESS, address)
  return `
Access portal   ${address}/start
Who signs in    alice (an administrator) or bob (a developer), with the password mayfly-example

Paste into another terminal, in this folder:

${lines}
Ctrl-C stops the server; what it remembers is kept. README.md says how the AWS CLI does the same.
`
}
