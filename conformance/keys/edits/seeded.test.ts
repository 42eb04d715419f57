/** Every key of seeded homes gets a role in its place, one after the other; then everything is taken back. */

import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyEdit, revertEdit } from '../../../packages/cli/src/long-term-keys/edits/apply-edit.ts'
import type { FileEdit } from '../../../packages/cli/src/long-term-keys/edits/file-edit.ts'
import { editKubeconfig } from '../../../packages/cli/src/long-term-keys/edits/formats/kubeconfig.ts'
import { planEdits } from '../../../packages/cli/src/long-term-keys/edits/plan-edits.ts'
import { groupByKey } from '../../../packages/cli/src/long-term-keys/planning/found-keys.ts'
import { searchForKeys } from '../../../packages/cli/src/long-term-keys/search/search-for-keys.ts'
import type { Machine } from '../../../packages/cli/src/machine/machine.ts'
import { createSystemMachine } from '../../../packages/cli/src/machine/system-machine.ts'
import { parseIni } from '../../../packages/cli/src/shared-config/ini.ts'
import { createTestMachine } from '../../../packages/cli/src/testing/test-machine.ts'
import { Home } from '../../harness/home.ts'
import { seedHome } from '../seeds/home.ts'

const SEEDS = [process.env['MAYFLY_SEED'] ?? String(Math.floor(Math.random() * 1e9)), '1', '2', '3']
const role = { sessionName: 'corp', accountId: '111122223333', roleName: 'Developer' }

let home: Home
beforeEach(() => {
  home = new Home()
})
afterEach(() => home.remove())

/** The disk of this computer, the rest from memory: nobody's keychain, locks or environment. */
const machineOf = (): Machine => ({
  ...createSystemMachine(),
  home: home.path,
  env: {},
  lock: createTestMachine().lock,
})

/** A home in which the AWS CLI works: it reads no file that begins with a byte order mark. */
function seed(name: string) {
  const seeded = seedHome(home.path, name)
  for (const file of ['.aws/config', '.aws/credentials']) {
    const path = join(home.path, file)
    writeFileSync(path, readFileSync(path, 'utf8').replace('\ufeff', ''))
  }
  return seeded
}

/** Mode and content of every file. */
function fingerprints(): ReadonlyMap<string, string> {
  const files = readdirSync(home.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path, `${lstatSync(path).mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`]
    }),
  )
}

/** Refuses a file that its own readers would refuse now, and did not before. */
async function readAgain({ path, encoding, foundAs }: FileEdit, former: Uint8Array | null): Promise<string> {
  const text = readFileSync(path).toString(encoding === 'utf-16le' ? 'utf16le' : 'utf8')
  // With comments it is no plain JSON, neither before nor after.
  if (isJson(Buffer.from(former ?? '').toString())) expect(isJson(text), foundAs).toBe(true)
  if (/\.kube\//.test(foundAs)) {
    const question = { text, accessKeyId: 'none', secrets: [], profileName: 'none' }
    expect(await editKubeconfig(question)).toEqual({ splices: [], notes: [] })
  }
  if (/\.aws\/|rclone\.conf$/.test(foundAs)) parseIni(readFileSync(path), path)
  return text
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test.each(SEEDS)(
  'seed %s: every edit leaves a file that reads, says no secret, and goes back to the byte',
  async (name) => {
    const seeded = seed(name)
    const machine = machineOf()
    const before = fingerprints()
    const { found } = await searchForKeys(machine, { seconds: 60 }, () => {})
    const done: { edit: FileEdit; former: Uint8Array | null }[] = []
    const kinds = new Set<string>()
    for (const key of groupByKey(found)) {
      const plan = await planEdits(machine, key.found, { profileName: 'work', role })
      const text = JSON.stringify(plan)
      for (const secret of seeded.secrets()) expect(text).not.toContain(secret.slice(-5))
      for (const edit of plan.edits) {
        let former: Uint8Array | null = null
        await applyEdit(machine, edit, async (bytes) => {
          former = bytes
        })
        done.push({ edit, former })
        kinds.add(edit.kind)
        const told = plan.byHand.some(({ place }) => place.type === 'file' && place.path === edit.foundAs)
        if (!told)
          expect(
            (await readAgain(edit, former)).includes(key.accessKeyId),
            `${key.accessKeyId} in ${edit.foundAs}`,
          ).toBe(false)
      }
      // Each place is either edited or told.
      for (const { place } of key.found) {
        if (place.type !== 'file') continue
        const isEdited = plan.edits.some(({ foundAs, path }) => foundAs === place.path || path === place.path)
        const isTold = plan.byHand.some((hand) => hand.place.type === 'file' && hand.place.path === place.path)
        expect(isEdited || isTold, place.path).toBe(true)
      }
    }
    expect(done.length).toBeGreaterThan(20)
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining([
        'aws-config',
        'aws-credentials',
        'dotenv',
        'ide',
        'kubeconfig',
        'rclone',
        'shell-startup',
        'terraform',
      ]),
    )
    for (const [path, print] of fingerprints()) expect(print.split(' ')[0]).toBe(before.get(path)?.split(' ')[0])
    for (const { edit, former } of done.toReversed()) expect(await revertEdit(machine, edit, former)).toBe('whole')
    expect(fingerprints()).toEqual(before)
  },
)
