/** `npm start`: the server on the example organization, and the lines that take a person from there to credentials. */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './build/target.ts'
import { build } from './build.ts'

await build()

const words = process.argv.slice(2)
const data = words.includes('--data') ? [] : ['--data', join(root, 'data')]
const server = spawn(
  process.execPath,
  [join(root, 'packages/server/bin/mayfly-server.cjs'), '--example', ...data, ...words],
  { stdio: ['inherit', 'pipe', 'inherit'] },
)
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal))
process.on('SIGINT', () => {})
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))

for await (const line of createInterface({ input: server.stdout })) {
  console.log(line)
  const address = line.match(/^ready (https?:\/\/\S+?)\/?$/)?.[1]
  if (address) console.log(welcome(address))
}

function welcome(address: string): string {
  return `
  Access portal   ${address}/start
  Who signs in    alice (an administrator) or bob (a developer), password mayfly-example

  In another terminal, in this folder:

    export PATH="$PWD/node_modules/.bin:$PATH"
    mayfly configure sso-session --name example --start-url ${address}/start --region us-east-1
    mayfly login --sso-session example
    mayfly whoami --profile …

  Ctrl-C stops the server. What it remembers lies in ./data.
`
}
