/**
 * Does what README or a guide says, line by line, in an empty home with only PATH set, and prints the ARNs and the seconds:
 *
 *     node conformance/readme/follow-readme.ts
 *
 * The person at the browser is Chromium when there is one.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ADDRESS, pageBlock, readmeBlock } from '../../tools/readme.ts'
import { hasAwsCli } from '../harness/aws-cli.ts'
import { freePort } from '../harness/free-port.ts'
import { Home } from '../harness/home.ts'
import { root } from '../harness/root.ts'

export interface Followed {
  /** What `npm start` printed. */
  readonly printed: string
  /** The ARN of each caller that the client was told. */
  readonly arns: readonly string[]
  /** From the first command to the last answer. */
  readonly seconds: number
  /** What the browser was asked to open. */
  readonly opened: readonly string[]
}

/** Follows README from `npm start` to the last line of the block for this client. */
export async function followReadme(client: 'mayfly' | 'aws'): Promise<Followed> {
  const started = performance.now()
  const { printed, said, opened } = await follow(`${readmeBlock('profiles')}${readmeBlock(client)}`)
  const arns = [...said.matchAll(/arn:aws:sts::[^\s"]+/g)].map(([arn]) => arn)
  return { printed, arns, seconds: (performance.now() - started) / 1000, opened }
}

/** Follows blocks of a guide in one shell, beside `npm start`, and answers what it said. */
export async function followGuide(page: string, ...blocks: readonly string[]): Promise<string> {
  return (await follow(blocks.map((block) => pageBlock(page, block)).join(''))).said
}

interface Following extends Pick<Followed, 'printed' | 'opened'> {
  /** What the lines printed. */
  readonly said: string
}

async function follow(lines: string): Promise<Following> {
  const home = new Home()
  const data = mkdtempSync(join(tmpdir(), 'mayfly-readme-'))
  // The port may be taken on this machine; nothing else differs from what the page says.
  const port = await freePort()
  const server = startServer(home, { MAYFLY_PORT: String(port), MAYFLY_DATA: data })
  try {
    const printed = await server.ready
    const said = await runLines(home, lines.replaceAll(ADDRESS, `http://localhost:${port}`))
    return { printed, said, opened: home.opened() }
  } finally {
    await server.stop()
    home.remove()
    rmSync(data, { recursive: true, force: true })
  }
}

/** Runs the lines as a shell does that somebody types them into. */
async function runLines(home: Home, lines: string): Promise<string> {
  const script = join(home.path, 'typed')
  writeFileSync(script, lines)
  const env = home.env({
    ...home.browser(),
    // Where a page makes a folder with mktemp, it goes with the home.
    TMPDIR: home.path,
    BROWSER: `${process.execPath} ${join(root, 'conformance/readme/open-chromium.ts')} %s`,
  })
  const shell = spawn('/bin/sh', ['-eu', script], { env, cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const timer = setTimeout(() => interrupt(shell), 110_000)
  let said = ''
  let complained = ''
  shell.stdout.on('data', (data) => {
    said += data
  })
  shell.stderr.on('data', (data) => {
    complained += data
  })
  const [status] = await once(shell, 'close')
  clearTimeout(timer)
  if (status !== 0) throw new Error(`ended with ${status}:\n${said}\n${complained}\n${home.read('browser.log')}`)
  return said
}

interface Server {
  /** What it printed, once it serves. */
  readonly ready: Promise<string>
  stop(): Promise<void>
}

function startServer(home: Home, env: Record<string, string>): Server {
  // A group of its own, so that stopping it reaches npm, the tool and the server alike, as Ctrl-C does.
  const child = spawn('/bin/sh', ['-c', readmeBlock('start')], { cwd: root, env: home.env(env), detached: true })
  return { ready: waitForLines(child), stop: () => interrupt(child) }
}

function waitForLines(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (data: Buffer): void => {
      printed += data
      if (printed.includes('Ctrl-C stops the server')) resolve(printed)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.on('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${printed}`)))
  })
}

function interrupt(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.pid === undefined) return resolve()
    child.on('close', () => resolve())
    process.kill(-child.pid, 'SIGINT')
  })
}

if (process.argv[1] === import.meta.filename) {
  for (const client of hasAwsCli ? (['mayfly', 'aws'] as const) : (['mayfly'] as const)) {
    const { arns, seconds } = await followReadme(client)
    for (const arn of arns) console.log(arn)
    console.log(`${client === 'aws' ? 'the AWS CLI' : client}: ${seconds.toFixed(1)} seconds from npm start\n`)
  }
}
