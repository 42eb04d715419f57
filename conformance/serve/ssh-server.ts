/** An sshd of the test's own: a port of loopback, keys and settings of its own, nothing of the computer's. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../harness/free-port.ts'

const SSHD = '/usr/sbin/sshd'

/** Why there can be none here; undefined when there can. */
export function whyNoSshd(): string | undefined {
  if (!existsSync(SSHD) || !existsSync('/usr/bin/ssh'))
    return 'there is no sshd (Debian: apt-get install openssh-server)'
  // As root it insists on /run/sshd, which it gets in mounts of its own.
  if (process.getuid?.() !== 0 || existsSync('/run/sshd')) return undefined
  return spawnSync('unshare', ['--mount', 'true']).status === 0
    ? undefined
    : 'there is no /run/sshd, and none can be made'
}

export class SshServer {
  readonly port: number
  readonly #folder: string
  readonly #child: ChildProcess
  #log = ''

  private constructor(port: number, folder: string, child: ChildProcess) {
    this.port = port
    this.#folder = folder
    this.#child = child
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#log += text
    })
  }

  static async start(settings: readonly string[] = []): Promise<SshServer> {
    const folder = mkdtempSync(join(tmpdir(), 'mayfly-sshd-'))
    const port = await freePort()
    for (const name of ['host', 'user']) {
      const { status, stderr } = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)])
      if (status !== 0) throw new Error(String(stderr))
    }
    copyFileSync(join(folder, 'user.pub'), join(folder, 'authorized'))
    const lines = [
      ...settings,
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(folder, 'host')}`,
      `AuthorizedKeysFile ${join(folder, 'authorized')}`,
      'StrictModes no',
      'UsePAM no',
      'PidFile none',
      'PasswordAuthentication no',
      'PermitRootLogin yes',
    ]
    writeFileSync(join(folder, 'config'), `${lines.join('\n')}\n`)
    const words = [SSHD, '-D', '-e', '-f', join(folder, 'config')]
    const [program = '', ...parameters] =
      process.getuid?.() === 0 && !existsSync('/run/sshd')
        ? [
            'unshare',
            '--mount',
            'sh',
            '-c',
            'mount -t tmpfs tmpfs /run && mkdir /run/sshd && exec "$@"',
            'sh',
            ...words,
          ]
        : words
    const server = new SshServer(port, folder, spawn(program, parameters, { stdio: ['ignore', 'ignore', 'pipe'] }))
    await server.#until('Server listening')
    return server
  }

  /** What `mayfly serve --ssh` needs to reach it. */
  options(): readonly string[] {
    return [
      `Port=${this.port}`,
      `IdentityFile=${join(this.#folder, 'user')}`,
      'IdentitiesOnly=yes',
      `UserKnownHostsFile=${join(this.#folder, 'known')}`,
      'StrictHostKeyChecking=accept-new',
    ].flatMap((option) => ['--ssh-option', option])
  }

  stop(): void {
    this.#child.kill('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #until(words: string): Promise<void> {
    const started = Date.now()
    while (!this.#log.includes(words)) {
      if (Date.now() - started > 10_000) throw new Error(`sshd never said "${words}": ${this.#log}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
