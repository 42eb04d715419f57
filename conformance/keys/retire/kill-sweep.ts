/** Kills the built program at one of its deeds, with kill -9, and looks at what it leaves behind and how it goes on. */

import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../harness/root.ts'
import { type IamAccount, openIamAccount } from '../check/iam-account.ts'
import { heldFiles, RetiringHome } from './retiring-home.ts'

const HOOK = join(root, 'conformance/keys/retire/kill-hook.cjs')
/** Straight through, as somebody does whose key is used by nobody. */
const THROUGH = '--yes --soak 0d --rest 0d --to deleted'

export type When = 'before' | 'after'

export interface Deed {
  readonly number: number
  readonly name: string
}

export class KillSweep {
  readonly place: RetiringHome
  readonly #iam: IamAccount
  #before: Readonly<Record<string, string | undefined>> = {}
  /** No line that comes holds the key: it is the same for each. */
  #after: Readonly<Record<string, string | undefined>> = {}

  private constructor(place: RetiringHome, iam: IamAccount) {
    this.place = place
    this.#iam = iam
  }

  static async open(): Promise<KillSweep> {
    const place = await RetiringHome.open()
    const sweep = new KillSweep(place, await openIamAccount(place.home, place.server.origin, 'admin'))
    // The first run fills caches, and does more than those that follow.
    await sweep.begin()
    await sweep.run(sweep.through)
    return sweep
  }

  /** A new key in the same files, and no retirement. */
  async begin(): Promise<void> {
    const { place } = this
    const userName = place.userName
    await this.#iam.call('DeleteAccessKey', { UserName: userName, AccessKeyId: place.key.id }).catch(() => undefined)
    place.reset(await this.#iam.createKey(userName))
    this.#before = this.#files()
  }

  /** What the program does from the first line of its journal on, when nobody kills it. */
  async listDeeds(words: string): Promise<readonly Deed[]> {
    const deeds = await this.#listDeeds(words)
    this.#after = this.#files()
    return deeds
  }

  /** The same of an undoing. */
  listUndoing(): Promise<readonly Deed[]> {
    return this.#listDeeds(this.undo)
  }

  async #listDeeds(words: string): Promise<readonly Deed[]> {
    const log = join(this.place.home.path, 'deeds.log')
    rmSync(log, { force: true })
    await this.#run(words, { MAYFLY_TEST_DEEDS: log })
    const deeds = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({ number: Number.parseInt(line, 10), name: line.replace(/^\d+ /, '') }))
    rmSync(log)
    return deeds.slice(deeds.findIndex(({ name }) => name.includes('/retirements/')))
  }

  get through(): string {
    return `keys retire ${this.place.key.id} ${THROUGH}`
  }

  get undo(): string {
    return `keys undo ${this.place.key.id} --yes`
  }

  /** Up to the key being switched off. */
  async switchOff(): Promise<void> {
    await this.#run(`keys retire ${this.place.key.id} --yes --soak 0d`)
  }

  async kill(words: string, { number }: Deed, when: When): Promise<NodeJS.Signals | undefined> {
    const { signal } = await this.#run(words, { MAYFLY_TEST_KILL: `${number}:${when}` })
    return signal
  }

  run(words: string) {
    return this.#run(words)
  }

  /** Files that hold neither what they held nor what they are to hold. */
  halfEdited(): readonly string[] {
    const now = this.#files()
    return Object.keys(now).filter((path) => now[path] !== this.#before[path] && now[path] !== this.#after[path])
  }

  async standing(): Promise<{ readonly key: string; readonly files: string; readonly left: readonly string[] }> {
    const now = this.#files()
    const is = (other: Readonly<Record<string, string | undefined>>): boolean =>
      Object.keys(now).every((path) => now[path] === other[path])
    const files = is(this.#before) ? 'before' : is(this.#after) ? 'after' : 'between'
    const left = this.place.home.files('.mayfly/retirements').filter((path) => /\.(sealed|key)$/.test(path))
    return { key: await this.#statusOfKey(), files, left }
  }

  async #statusOfKey(): Promise<string> {
    const { AccessKeyMetadata } = await this.#iam.call('ListAccessKeys', { UserName: this.place.userName })
    const keys = AccessKeyMetadata as readonly { AccessKeyId: string; Status: string }[]
    return keys.find(({ AccessKeyId }) => AccessKeyId === this.place.key.id)?.Status ?? 'gone'
  }

  #files(): Readonly<Record<string, string | undefined>> {
    const paths = ['.aws/config', ...heldFiles(this.place.key).map(([path]) => path)]
    return Object.fromEntries(paths.map((path) => [path, this.place.home.read(path)]))
  }

  #run(words: string, env: Readonly<Record<string, string>> = {}) {
    return this.place.mayfly(words, { ...env, NODE_OPTIONS: `--require ${HOOK}` })
  }

  close(): Promise<void> {
    return this.place.close()
  }
}
