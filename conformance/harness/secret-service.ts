/** A real Secret Service of a test's own: a D-Bus session with GNOME Keyring (Debian's), its login keyring unlocked. */

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from './run-program.ts'

const PROGRAMS = ['/usr/bin/dbus-daemon', '/usr/bin/dbus-send', '/usr/bin/gnome-keyring-daemon'] as const
const [DBUS_DAEMON, DBUS_SEND, KEYRING] = PROGRAMS

/** Why there can be none on this machine; undefined where there can. */
export const missingSecretService = PROGRAMS.filter((program) => !existsSync(program))
  .map((program) => `there is no ${program} (Debian: apt-get install dbus gnome-keyring)`)
  .at(0)

/** Seconds after which a daemon ends whose test was killed; coreutils' timeout hands signals on. */
const [TIMEOUT, LIFE] = ['/usr/bin/timeout', '600'] as const

const SERVICE = '/org/freedesktop/secrets'
const LOGIN = `${SERVICE}/collection/login`

/** A bus that starts no service by itself: another keyring daemon, a locked one, would answer in place of ours. */
const BUS_CONFIG = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

export class SecretService {
  /** Its own home: the keyring file is no file of the client's. */
  readonly #folder = mkdtempSync(join(tmpdir(), 'mayfly-secret-service-'))
  readonly #children: ChildProcess[] = []
  #address = ''

  static async start(): Promise<SecretService> {
    const service = new SecretService()
    try {
      await service.#startBus()
      await service.#startKeyring()
      return service
    } catch (error) {
      service.stop()
      throw error
    }
  }

  /** The variables by which a program finds it. */
  get env(): Record<string, string> {
    return { DBUS_SESSION_BUS_ADDRESS: this.#address, XDG_RUNTIME_DIR: this.#runtime }
  }

  get #runtime(): string {
    return join(this.#folder, 'run')
  }

  get #ownEnv(): Record<string, string> {
    return { PATH: '/usr/bin:/bin', HOME: this.#folder, LANG: 'C.UTF-8', ...this.env }
  }

  async #startBus(): Promise<void> {
    mkdirSync(this.#runtime, { mode: 0o700 })
    const config = join(this.#folder, 'bus.conf')
    writeFileSync(config, BUS_CONFIG.replace('FOLDER', this.#runtime))
    const bus = spawn(TIMEOUT, [LIFE, DBUS_DAEMON, `--config-file=${config}`, '--nofork', '--print-address=1'], {
      env: this.#ownEnv,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    this.#children.push(bus)
    this.#address = await new Promise<string>((resolve, reject) => {
      bus.stdout?.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()))
      bus.once('error', reject)
      bus.once('exit', (code) => reject(new Error(`dbus-daemon ended with ${code}`)))
    })
  }

  /** The password on standard input makes the login keyring, and unlocks it. */
  async #startKeyring(): Promise<void> {
    const keyring = spawn(TIMEOUT, [LIFE, KEYRING, '--foreground', '--components=secrets', '--unlock'], {
      env: this.#ownEnv,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    this.#children.push(keyring)
    keyring.stdin?.end('password of a test')
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const answer = await this.#send(LOGIN, 'org.freedesktop.DBus.Properties.Get', [
        'string:org.freedesktop.Secret.Collection',
        'string:Locked',
      ]).catch(() => '')
      if (answer.includes('boolean false')) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('gnome-keyring-daemon did not unlock its keyring in 20 s')
  }

  async #send(path: string, method: string, words: readonly string[]): Promise<string> {
    const typed = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', path, method, ...words]
    const { status, stdout, stderr } = await runProgram(DBUS_SEND, typed, { env: this.#ownEnv })
    if (status !== 0) throw new Error(stderr)
    return stdout
  }

  /** Paths of Mayfly's entries. */
  async entries(): Promise<readonly string[]> {
    const found = await this.#send(SERVICE, 'org.freedesktop.Secret.Service.SearchItems', [
      'dict:string:string:service,Mayfly',
    ])
    return [...found.matchAll(/object path "([^"]+)"/g)].map(([, path]) => path ?? '')
  }

  /** Deletes Mayfly's entries, as a person may who tidies up. */
  async clear(): Promise<void> {
    for (const path of await this.entries()) await this.#send(path, 'org.freedesktop.Secret.Item.Delete', [])
  }

  /** Locks the keyring. Nobody is there to unlock it: each prompt is dismissed. */
  async lock(): Promise<void> {
    await this.#send(SERVICE, 'org.freedesktop.Secret.Service.Lock', [`array:objpath:${LOGIN}`])
  }

  /** Ends the daemon and its bus, as at the end of a desktop session. */
  end(): void {
    for (const child of this.#children.splice(0)) child.kill('SIGTERM')
  }

  stop(): void {
    this.end()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
