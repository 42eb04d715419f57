/** Networks and file trees of their own, as containers have them: Linux namespaces, made and left without a trace. */

import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { type ProgramOptions, type ProgramRun, runProgram } from '../harness/run-program.ts'

type Holder = ChildProcessByStdio<Writable, Readable, Readable>

const PATH = '/usr/sbin:/usr/bin:/sbin:/bin'

/** Why no namespace can be made here; undefined when it can. */
export function whyNoNamespaces(): string | undefined {
  const { status, stderr, error } = spawnSync(
    'unshare',
    ['--user', '--map-root-user', '--net', '--mount', 'ip', 'link', 'set', 'lo', 'up'],
    { env: { PATH }, encoding: 'utf8' },
  )
  if (status === 0) return undefined
  return `namespaces are refused here: ${(error?.message ?? stderr.trim()) || `unshare ended with ${status}`}`
}

export class Namespace {
  /** A process that lives in it, and only that: the namespace is gone when it ends. */
  readonly #holder: Holder
  readonly #pid: number

  private constructor(holder: Holder, pid: number) {
    this.#holder = holder
    this.#pid = pid
  }

  /** A network with nothing but loopback, and mounts that nobody else sees. Inside, the caller is root. */
  static create(script = ''): Promise<Namespace> {
    return Namespace.#hold(['unshare', '--user', '--map-root-user', '--net', '--mount'], script)
  }

  /** Another network and other mounts below this one. `script` prepares it, and may take its root away. */
  createInner(script = ''): Promise<Namespace> {
    return Namespace.#hold([...this.words(), 'unshare', '--net', '--mount'], script)
  }

  static async #hold(words: readonly string[], script: string): Promise<Namespace> {
    // `read` is the shell's own: it needs no program, and ends when this process does.
    const waits = `set -e; ip link set lo up; ${script}\necho "ready $$"; read -r line || true`
    const [program = '', ...parameters] = [...words, 'sh', '-c', waits]
    const holder = spawn(program, parameters, { env: { PATH }, stdio: ['pipe', 'pipe', 'pipe'] })
    const pid = await new Promise<number>((resolve, reject) => {
      let output = ''
      const hear = (text: string): void => {
        output += text
        const ready = /^ready (\d+)$/m.exec(output)
        if (ready) resolve(Number(ready[1]))
      }
      holder.stdout.setEncoding('utf8').on('data', hear)
      holder.stderr.setEncoding('utf8').on('data', hear)
      holder.on('error', reject)
      holder.on('exit', () => reject(new Error(`the namespace ended: ${output}`)))
    })
    return new Namespace(holder, pid)
  }

  /** What stands before a command that shall run inside. */
  words(): readonly string[] {
    return ['nsenter', '--target', String(this.#pid), '--user', '--net', '--mount', '--preserve-credentials', '--']
  }

  /** The same from inside the namespace around it, for its network alone: programs are found where they are. */
  networkWords(): readonly string[] {
    return ['nsenter', '--target', String(this.#pid), '--net', '--']
  }

  run(command: readonly string[], options: Partial<ProgramOptions> = {}): Promise<ProgramRun> {
    const [program = '', ...parameters] = [...this.words(), ...command]
    return runProgram(program, parameters, { ...options, env: { PATH, ...options.env } })
  }

  /** Runs it, and fails with what it said unless it ends well. */
  async must(command: readonly string[]): Promise<void> {
    const { status, stderr } = await this.run(command)
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`)
  }

  /** A cable from this network, where it gets the first address, into an inner one. */
  async connect(inner: Namespace, own: string, others: string): Promise<void> {
    await this.must(['ip', 'link', 'add', 'mayfly0', 'type', 'veth', 'peer', 'name', 'mayfly1'])
    await this.must(['ip', 'link', 'set', 'mayfly1', 'netns', String(inner.#pid)])
    await this.must(['ip', 'addr', 'add', own, 'dev', 'mayfly0'])
    await this.must(['ip', 'link', 'set', 'mayfly0', 'up'])
    // The inner root may hold no `ip`.
    await this.must([...inner.networkWords(), 'ip', 'addr', 'add', others, 'dev', 'mayfly1'])
    await this.must([...inner.networkWords(), 'ip', 'link', 'set', 'mayfly1', 'up'])
  }

  stop(): void {
    this.#holder.removeAllListeners('exit')
    this.#holder.stdin.end()
    this.#holder.kill('SIGKILL')
  }
}

/** Where Debian's Python lies, followed to its end. */
export const PYTHON = '/usr/bin/python3'

/**
 * The lines that make `folder` the root of a namespace: Debian's Python, boto3 and the libraries they need, nothing
 * else; `shared` is a folder that stays visible at the same path.
 */
export function pythonRoot(folder: string, shared: string): string {
  const own = readdirSync('/usr/lib').filter((name) => /^python3|-linux-gnu$|^ld-linux/.test(name))
  const kept = [
    realpathSync(PYTHON),
    ...own.map((name) => `/usr/lib/${name}`),
    '/usr/lib64',
    '/dev/null',
    '/dev/urandom',
  ]
  const make = (path: string): string =>
    statSync(path).isDirectory()
      ? `mkdir -p ${folder}${path}`
      : `mkdir -p ${folder}${dirname(path)}; : > ${folder}${path}`
  return [
    `mount -t tmpfs tmpfs ${folder}`,
    ...[...kept, shared].filter(existsSync).map((path) => `${make(path)}; mount --bind ${path} ${folder}${path}`),
    `mkdir -p ${folder}/old ${folder}/tmp ${folder}/dev/shm`,
    `ln -s usr/lib ${folder}/lib; ln -s usr/lib64 ${folder}/lib64`,
    `ln -s ${basename(realpathSync(PYTHON))} ${folder}${PYTHON}`,
    `cd ${folder}`,
    'pivot_root . old',
    'cd /',
    // umount(8) wants a /proc, which is not there; 2 is MNT_DETACH.
    `${PYTHON} -c 'import ctypes; raise SystemExit(ctypes.CDLL(None).umount2(b"/old", 2))'`,
  ].join('\n')
}
