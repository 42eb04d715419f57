/** What other users, other folders and other words get from an agent: nothing, and it goes on. */

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callAgent } from '../../packages/cli/src/hot/agent-call.ts'
import { agentFolders, findAgentDoor, formatProof, PROTOCOL } from '../../packages/cli/src/hot/agent-door.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { AgentHome } from './agent-home.ts'

const NOBODY = 65534
const isRoot = process.getuid?.() === 0
const hasSetpriv = existsSync('/usr/bin/setpriv')
const asNobody = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'] as const

/** Says what a server of the attacker's would: yes, with keys of the attacker's own. */
const FAKE_AGENT = `
import os, socket, sys
path, proof = sys.argv[1], sys.argv[2]
server = socket.socket(socket.AF_UNIX)
server.bind(path)
os.chmod(path, 0o777)
server.listen(16)
print("ready", flush=True)
while True:
    client, _ = server.accept()
    client.recv(8192)
    text = '{"Version": 1, "AccessKeyId": "ATTACKER", "SecretAccessKey": "x"}'
    client.sendall(f"{proof}\\tok\\t{len(text)}\\n{text}".encode())
    client.close()
`

let server: ServerProcess
let home: AgentHome
const started: ChildProcess[] = []
const folders: string[] = []

beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach(() => {
  home = new AgentHome()
})
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  await home?.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** The attacker's agent, listening at `path` as nobody. */
async function listenAsNobody(path: string, answerProof: string): Promise<void> {
  const words = [...asNobody, '/usr/bin/python3', '-c', FAKE_AGENT, path, answerProof]
  const child = spawn('/usr/bin/setpriv', words, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
  })
  started.push(child)
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`the fake agent ended with ${code}`)))
  })
}

/** A folder of the attacker's own, in which everybody may look. */
function folderOfNobody(): string {
  const folder = mkdtempSync('/tmp/mayfly-nobody-')
  folders.push(folder)
  chmodSync(folder, 0o755)
  chownSync(folder, NOBODY, NOBODY)
  return folder
}

describe('another user of this computer', () => {
  beforeEach((context) => {
    context.skip(!isRoot || !hasSetpriv, 'only root can become another user (setpriv of util-linux)')
  })

  test('reads neither proof nor socket, whoever the agent runs as', async () => {
    await home.signInAndStart(server.startUrl)
    chmodSync(home.path, 0o755)
    chmodSync(join(home.path, '.mayfly'), 0o755)
    const address = home.door?.address ?? ''
    const program = `
import socket, sys
for path in sys.argv[1:]:
    try:
        open(path).read(); print("read", path)
    except PermissionError: pass
s = socket.socket(socket.AF_UNIX)
try:
    s.connect(sys.argv[1]); print("connected")
except PermissionError: pass
`
    const words = [...asNobody, '/usr/bin/python3', '-c', program, address, join(address, '../proof')]
    const tried = spawnSync('/usr/bin/setpriv', words, { encoding: 'utf8' })
    expect(tried).toMatchObject({ status: 0, stdout: '' })
    expect(lstatSync(join(address, '..')).mode & 0o777).toBe(0o700)
    expect(lstatSync(address).mode & 0o177).toBe(0)
    expect(lstatSync(join(address, '../proof')).mode & 0o777).toBe(0o600)
  })

  test('is not believed, who listens in a folder that stands ready below /tmp', async () => {
    home.writeConfig(server.startUrl, [])
    const [, short = ''] = agentFolders(home.place)
    folders.push(short)
    mkdirSync(short, { mode: 0o777 })
    chownSync(short, NOBODY, NOBODY)
    const address = join(short, 'agent.sock')
    await listenAsNobody(address, 'A'.repeat(43))
    const door = { address, askProof: 'B'.repeat(43), answerProof: 'A'.repeat(43), pid: 1, version: '0.1.0' }
    writeFileSync(join(short, 'proof'), formatProof(door, home.path), { mode: 0o600 })
    chownSync(join(short, 'proof'), NOBODY, NOBODY)
    expect(findAgentDoor(home.place)).toBeUndefined()
    chmodSync(short, 0o700)
    expect(findAgentDoor(home.place)).toBeUndefined()
    expect(await home.mayfly('agent', 'status')).toBe('No agent runs.\n')
  })

  test('is not believed by the helper, even when a proof of ours names their socket', async (context) => {
    await home.signInAndStart(server.startUrl)
    context.skip(!home.hasNativeHelper, 'no native helper here')
    const honest = await home.askHelper()
    await home.mayfly('agent', 'stop')
    const address = join(folderOfNobody(), 'agent.sock')
    await listenAsNobody(address, 'A'.repeat(43))
    const door = { address, askProof: 'B'.repeat(43), answerProof: 'A'.repeat(43), pid: 1, version: '0.1.0' }
    home.write('.mayfly/agent/proof', formatProof(door, home.path))
    // The kernel says whose it is: SO_PEERCRED.
    const asked = await home.askHelper()
    expect(asked).toMatchObject({ status: 0, stdout: honest.stdout })
    home.write('.mayfly/agent/proof', '')
  })

  test('cannot lend a folder: an agent leaves a link and a folder of somebody else alone', async () => {
    home.writeConfig(server.startUrl, [])
    const foreign = folderOfNobody()
    mkdirSync(join(home.path, '.mayfly'), { mode: 0o700 })
    symlinkSync(foreign, join(home.path, '.mayfly/agent'))
    await home.mayfly('agent', 'start')
    const [own = '', short = ''] = agentFolders(home.place)
    folders.push(short)
    expect(home.door?.address).toBe(join(short, 'agent.sock'))
    expect(existsSync(join(foreign, 'proof'))).toBe(false)
    await home.mayfly('agent', 'stop')
    rmSync(own)
    mkdirSync(own)
    chownSync(own, NOBODY, NOBODY)
    await home.mayfly('agent', 'start')
    expect(home.door?.address).toBe(join(short, 'agent.sock'))
    chownSync(own, 0, 0)
    chmodSync(own, 0o777)
    await home.mayfly('agent', 'stop')
    await home.mayfly('agent', 'start')
    // Its own, opened by a careless chmod: closed again.
    expect(home.door?.address).toBe(join(own, 'agent.sock'))
    expect(lstatSync(own).mode & 0o777).toBe(0o700)
  })

  test('has an agent of their own, which works as well as ours', () => {
    chownSync(home.path, NOBODY, NOBODY)
    // A checkout may lie where other users cannot look: they have a program of their own.
    const own = folderOfNobody()
    const cli = join(import.meta.dirname, '../../packages/cli')
    for (const name of ['bin', 'dist', 'package.json']) cpSync(join(cli, name), join(own, name), { recursive: true })
    cpSync(process.execPath, join(own, 'node'))
    const env = { HOME: home.path, PATH: '/usr/bin:/bin', MAYFLY_AGENT: 'allow' }
    const run = (...words: string[]) =>
      execFileSync('/usr/bin/setpriv', [...asNobody, join(own, 'node'), join(own, 'bin/mayfly.cjs'), ...words], {
        env,
        encoding: 'utf8',
      })
    expect(run('agent', 'start')).toContain('The agent runs')
    expect(lstatSync(join(home.path, '.mayfly/agent/proof')).uid).toBe(NOBODY)
    // Root is not this user: it looks at its own agents alone.
    expect(home.door).toBeUndefined()
    expect(run('agent', 'stop')).toContain('stopped')
  })
})

describe('words that are no question', () => {
  /** Says something and answers what came back before the end, or in two seconds. */
  const say = (bytes: Buffer | string): Promise<{ text: string; closed: boolean }> =>
    new Promise((resolve) => {
      const socket = connect(home.door?.address ?? '')
      let text = ''
      let closed = false
      const timer = setTimeout(() => socket.destroy(), 2000)
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1')
      })
      socket.on('end', () => {
        closed = true
      })
      socket.on('error', () => {
        closed = true
      })
      socket.on('close', () => {
        clearTimeout(timer)
        resolve({ text, closed })
      })
      socket.write(bytes)
    })

  beforeEach(() => home.signInAndStart(server.startUrl))

  test('are cut off without an answer', async () => {
    const proof = home.door?.askProof ?? ''
    const wrong = [
      'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
      '{"ask":"credentials"}\n',
      `${PROTOCOL}\t${'x'.repeat(43)}\tstatus\n`,
      `${PROTOCOL}\t${proof.slice(0, -1)}\tstatus\n`,
      `${PROTOCOL}\t\tstatus\n`,
      `${PROTOCOL}\n`,
      `mayfly-agent 2\t${proof}\tstatus\n`,
      `${PROTOCOL}\t${proof}\tno-such-verb\n`,
      `${PROTOCOL}\t${proof}\n`,
      `${PROTOCOL}\t${proof}\tcredentials\t${'x'.repeat(20_000)}\n`,
      '\n',
      '\0'.repeat(100),
    ]
    for (const words of wrong)
      expect(await say(words), JSON.stringify(words.slice(0, 80))).toEqual({ text: '', closed: true })
    for (let round = 0; round < 200; round += 1) {
      const noise = randomBytes(1 + (round % 300))
      expect((await say(Buffer.concat([noise, Buffer.from('\n')]))).text).toBe('')
    }
    expect(await home.ask('hello')).toMatchObject({ answer: 'ok' })
  }, 60_000)

  test('odd names in a question are refused like any that is not known, and reach no file', async () => {
    const before = home.files()
    const odd = ['../../../etc/passwd', '__proto__', 'constructor', '\u0000', '💥', '', ' ', '%s', 'a'.repeat(2000)]
    for (const name of odd) {
      const answer = await home.ask('credentials', name, name, name, '\u001f\u001f\u001f\u001f')
      expect(answer, JSON.stringify(name.slice(0, 40))).toMatchObject({ answer: 'no' })
    }
    expect(home.files()).toEqual(before)
    expect(await home.ask('unlock', 'AAAA')).toEqual({ answer: 'no', text: 'not-the-key' })
    expect(await home.ask('data-key')).toEqual({ answer: 'no', text: 'locked' })
  })

  test('three hundred connections that say nothing, and a client that never reads, keep nobody waiting', async () => {
    const { address = '', askProof = '' } = home.door ?? {}
    const idle = Array.from({ length: 300 }, () => connect(address))
    const greedy = connect(address)
    greedy.pause()
    const line = `${PROTOCOL}\t${askProof}\tstatus\n`
    for (let round = 0; round < 2000; round += 1) greedy.write(line)
    for (const socket of [...idle, greedy]) socket.on('error', () => undefined)
    const started = performance.now()
    const asked = await home.askHelper()
    expect(asked.status, asked.stderr).toBe(0)
    expect(performance.now() - started).toBeLessThan(3000)
    const kibibytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${home.door?.pid}/status`, 'utf8'))?.[1]
    expect(Number(kibibytes) / 1024).toBeLessThan(100)
    for (const socket of [...idle, greedy]) socket.destroy()
  }, 30_000)

  test('an answer without the proof of this life is no answer', async () => {
    const door = home.door
    if (!door) throw new Error('there is no agent')
    expect(await callAgent({ ...door, answerProof: 'C'.repeat(43) }, ['hello'])).toBeUndefined()
    home.write('.mayfly/agent/proof', formatProof({ ...door, answerProof: 'C'.repeat(43) }, home.path))
    const asked = await home.askHelper()
    expect(asked.status, asked.stderr).toBe(0)
    home.write('.mayfly/agent/proof', formatProof(door, home.path))
    expect(await runProgram(home.helper, ['--help'], { env: home.env() })).toMatchObject({ status: 0 })
  })
})
