/** Looks for the secrets that were issued during a test, in whatever form, wherever none may be. */

import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { CountingProxy } from './counting-proxy.ts'
import type { ProgramRun } from './run-program.ts'

export interface Trace {
  /** What the secret is: `accessToken`. */
  readonly secret: string
  /** In which form: `raw`, `base64`, `hex`. */
  readonly form: string
  /** The file, the process, or the output. */
  readonly place: string
}

/** Members of requests and answers that are secrets. */
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  'accessToken',
  'refreshToken',
  'clientSecret',
  'secretAccessKey',
  'sessionToken',
  'code',
  'codeVerifier',
  'deviceCode',
  'idToken',
])

/** Shorter ones would be found by chance. */
const SHORTEST = 16
/** Of a long secret two pieces are looked for: a file that was cut off holds no whole one. */
const PIECE = 16

interface Needle {
  readonly secret: string
  readonly form: string
  readonly bytes: Buffer
}

export class SecretHunt {
  /** Stands before the server: clients are to be pointed at it. */
  readonly proxy: CountingProxy
  readonly #added = new Map<string, string>()
  readonly #outputs: { readonly place: string; readonly text: string }[] = []
  readonly #processes = new Map<string, string>()
  #watching: NodeJS.Timeout | undefined

  private constructor(proxy: CountingProxy) {
    this.proxy = proxy
  }

  /** Listens on `port` before the server whose port `target` names, and watches the machine's processes. */
  static async start(port: number, target: () => number): Promise<SecretHunt> {
    const hunt = new SecretHunt(await CountingProxy.start(port, target))
    hunt.#watching = setInterval(() => hunt.#glance(), 15)
    return hunt
  }

  async stop(): Promise<void> {
    clearInterval(this.#watching)
    await this.proxy.stop()
  }

  /** One that never passes the proxy: a passphrase, a data key. */
  add(name: string, secret: string): void {
    this.#added.set(secret, name)
  }

  /** What a command printed that was not asked for credentials. Answers the run itself. */
  heard(words: string, run: ProgramRun): ProgramRun {
    this.#outputs.push({ place: `output of ${words}`, text: `${run.stdout}\n${run.stderr}` })
    return run
  }

  /** What stood on a screen. */
  seen(words: string, screen: string): void {
    this.#outputs.push({ place: `screen of ${words}`, text: screen })
  }

  /** Every secret that has passed so far, with its name. */
  secrets(): ReadonlyMap<string, string> {
    const found = new Map(this.#added)
    for (const { body, answer } of this.proxy.passed) {
      for (const text of [body, answer ?? '']) collectSecrets(text, found)
    }
    return found
  }

  /**
   * Where any of the secrets was found: in files below the folders (and in their names), in environment and command line
   * of every process that was seen, in the outputs.
   */
  search(folders: readonly string[]): readonly Trace[] {
    this.#glance()
    const needles = [...this.secrets()].flatMap(([secret, name]) => needlesOf(secret, name))
    const traces: Trace[] = []
    const look = (place: string, hay: Buffer): void => {
      for (const { secret, form, bytes } of needles) if (hay.includes(bytes)) traces.push({ secret, form, place })
    }
    for (const folder of folders) for (const [place, hay] of listFiles(folder)) look(place, hay)
    for (const [text, place] of this.#processes) look(place, Buffer.from(text, 'latin1'))
    for (const { place, text } of this.#outputs) look(place, Buffer.from(text))
    return traces
  }

  /** Notes command line and environment of every process: most live for some hundredths of a second. */
  #glance(): void {
    for (const id of readdirSync('/proc')) {
      if (!/^\d+$/.test(id)) continue
      for (const part of ['cmdline', 'environ']) {
        try {
          const text = readFileSync(`/proc/${id}/${part}`, 'latin1')
          if (text !== '' && !isTyping(text)) this.#processes.set(text, `/proc/${id}/${part}`)
        } catch {
          // Ended, or somebody else's.
        }
      }
    }
  }
}

/** The hand of the test that types into a terminal, not a process of ours. */
const isTyping = (commandLine: string): boolean => /^\S*tmux\0.*send-keys\0/.test(commandLine)

function collectSecrets(text: string, found: Map<string, string>): void {
  const visit = (value: unknown, name: string): void => {
    if (typeof value === 'string' && SECRET_MEMBERS.has(name) && value.length >= SHORTEST) found.set(value, name)
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) visit(member, key)
  }
  try {
    visit(JSON.parse(text), '')
  } catch {
    // No JSON: a page, or a form.
  }
}

function needlesOf(secret: string, name: string): readonly Needle[] {
  const quarter = Math.floor(secret.length / 4)
  const pieces = secret.length < 2 * PIECE ? [secret] : [secret.slice(quarter, quarter + PIECE), secret.slice(-PIECE)]
  return pieces.flatMap((piece) =>
    formsOf(piece).map(([form, text]) => ({
      secret: name,
      form,
      bytes: typeof text === 'string' ? Buffer.from(text) : text,
    })),
  )
}

function formsOf(piece: string): readonly (readonly [string, string | Buffer])[] {
  const bytes = Buffer.from(piece)
  const url = encodeURIComponent(piece)
  const every = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  return [
    ['raw', piece],
    ['utf-16', Buffer.from(piece, 'utf16le')],
    ['hex', bytes.toString('hex')],
    ['hex', bytes.toString('hex').toUpperCase()],
    ['url', url],
    ['url', url.replaceAll(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase())],
    ['url', every],
    ['url', every.toUpperCase()],
    ...base64Forms(bytes),
  ]
}

/** What stands in the base64 of a longer text does so in one of three ways, by how many bytes precede it. */
function base64Forms(bytes: Buffer): readonly (readonly [string, string])[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url')
    const from = before === 0 ? 0 : before + 1
    const whole = Math.floor(((before + bytes.length) * 8) / 6)
    const core = text.slice(from, whole)
    const standard = core.replaceAll('-', '+').replaceAll('_', '/')
    return [['base64', standard] as const, ['base64url', core] as const]
  })
}

/** Every file below a folder with its bytes, its path in front of them; a link is what it says, not what it leads to. */
function* listFiles(folder: string): Generator<readonly [string, Buffer]> {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return
  }
  for (const name of names) {
    const path = join(folder, name)
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory()) {
      yield [path, Buffer.from(name)]
      yield* listFiles(path)
    } else if (found?.isSymbolicLink()) yield [path, Buffer.from(`${name}\n${readlinkSync(path)}`)]
    else if (found?.isFile()) yield [path, Buffer.concat([Buffer.from(`${name}\n`), readFileSync(path)])]
  }
}
