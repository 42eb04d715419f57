/** Files that cannot be changed as they should be, on a real disk. */

import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFiles } from '../../machine/files.ts'
import { createInspection } from '../../machine/inspection.ts'
import type { Machine } from '../../machine/machine.ts'
import { createTestMachine } from '../../testing/test-machine.ts'
import type { FoundKey } from '../key/found-key.ts'
import { applyEdit, hashOf, refuseUnlessReady, revertEdit } from './apply-edit.ts'
import { planEdits } from './plan-edits.ts'
import { findUnwritable } from './writable.ts'

const ID = `AKIA${'QWERTYUIOPASDFG2'}`
const ENV = `AWS_ACCESS_KEY_ID=${ID}\n`
const replacement = { profileName: 'work', role: { sessionName: 'corp', accountId: '111122223333', roleName: 'Dev' } }

let folder: string
let machine: Machine
let count = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-edits-'))
  const files = createFiles(() => {
    count += 1
    return String(count)
  })
  machine = { ...createTestMachine({ home: folder }), files, inspection: createInspection({}) }
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, mode = 0o600): string => {
  const path = join(folder, name)
  writeFileSync(path, ENV, { mode })
  return path
}

const plan = (path: string) => {
  const place = { type: 'file', path, line: 1, column: 1 } as const
  const key: FoundKey = { accessKeyId: ID, isCanary: false, place, kind: 'dotenv', uses: [] }
  return planEdits(machine, [key], replacement)
}

test('a read-only file is left to its owner, with the command that makes it writable', async () => {
  const path = write('.env', 0o400)
  const { edits, byHand } = await plan(path)
  expect(edits.map((edit) => edit.foundAs)).toEqual([join(folder, '.aws/config')])
  expect(byHand).toMatchObject([{ why: 'It is read-only.', advice: expect.stringContaining('chmod u+w') }])
})

test('where the file system is read-only, no chmod is advised', async () => {
  const path = write('.env')
  const { inspection } = machine
  const describeFile = async (each: string) => {
    const state = await inspection.describeFile(each)
    return state && { ...state, isWritable: each !== path }
  }
  machine = { ...machine, inspection: { ...inspection, describeFile } }
  const { byHand } = await plan(path)
  expect(byHand).toMatchObject([{ why: expect.stringContaining('file system that is read-only') }])
  expect(byHand[0]?.advice).not.toContain('chmod')
})

test('a file with two names is left alone: the other name would keep the key', async () => {
  const path = write('.env')
  linkSync(path, join(folder, 'other'))
  const { byHand } = await plan(path)
  expect(byHand).toMatchObject([{ why: expect.stringContaining('2 names') }])
})

test('a folder, a file of another user and a full disk are told', async () => {
  mkdirSync(join(folder, 'd'))
  expect(await findUnwritable(machine, join(folder, 'd'))).toMatchObject({ why: 'It is no plain file.' })
  const path = write('.env')
  const foreign = {
    ...machine.inspection,
    describeFile: async () =>
      ({ kind: 'file', mode: 0o600, isOwn: false, isReadable: true, isWritable: true, names: 1 }) as const,
  }
  expect(await findUnwritable({ ...machine, inspection: foreign }, path)).toMatchObject({
    why: expect.stringContaining('another user'),
  })
  const full = { ...machine, files: { ...machine.files, isWritable: async () => false } }
  expect(await findUnwritable(full, path)).toMatchObject({ why: expect.stringContaining('its disk is full') })
})

test('what became unwritable after the plan is refused before anything is written', async () => {
  const path = write('.env')
  const { edits } = await plan(path)
  chmodSync(path, 0o400)
  await expect(refuseUnlessReady(machine, edits)).rejects.toMatchObject({ code: 'invalid' })
  chmodSync(path, 0o600)
  writeFileSync(path, `${ENV}# new\n`)
  await expect(refuseUnlessReady(machine, edits)).rejects.toMatchObject({ code: 'conflict' })
  expect(readFileSync(path, 'utf8')).toBe(`${ENV}# new\n`)
})

test('the mode of a file and the link to it stay', async () => {
  const path = write('env-of-work', 0o640)
  chmodSync(path, 0o640)
  symlinkSync('env-of-work', join(folder, '.env'))
  const { edits } = await plan(join(folder, '.env'))
  for (const edit of edits) await applyEdit(machine, edit, async () => undefined)
  expect(edits.at(-1)).toMatchObject({ path, foundAs: join(folder, '.env') })
  expect(readFileSync(path, 'utf8')).toBe('AWS_PROFILE=work\n')
  expect(statSync(path).mode & 0o777).toBe(0o640)
})

test('a file whose backup cannot be kept is not written', async () => {
  const path = write('.env')
  const edit = (await plan(path)).edits.at(-1)
  if (!edit) throw new Error('no edit')
  const fail = (): Promise<void> => Promise.reject(new Error('ENOSPC'))
  await expect(applyEdit(machine, edit, fail)).rejects.toThrow('ENOSPC')
  expect(readFileSync(path, 'utf8')).toBe(ENV)
})

test('where the config file cannot be written nothing else changes, for there would be no profile', async () => {
  mkdirSync(join(folder, '.aws'))
  writeFileSync(join(folder, '.aws/config'), '', { mode: 0o400 })
  const planned = await plan(write('.env'))
  expect(planned).toMatchObject({ edits: [], obstacle: expect.stringContaining('It is read-only.') })
  expect(planned.byHand).toMatchObject([{ why: expect.stringContaining('cannot get the role') }])
})

test('a section that aws configure has made anew since is not put there twice', async () => {
  const path = join(folder, '.aws/credentials')
  const after = '[work]\nregion = eu-west-1\n'
  const former = `[default]\naws_access_key_id = ${ID}\n\n${after}`
  mkdirSync(join(folder, '.aws'))
  writeFileSync(path, after)
  const edit = {
    ...({ path, foundAs: path, kind: 'aws-credentials', accessKeyId: ID, encoding: 'utf-8' } as const),
    ...{ before: hashOf(Buffer.from(former)), after: hashOf(Buffer.from(after)) ?? '', diff: [], notes: [] },
    splices: [{ start: 0, end: former.indexOf('[work]'), text: '' }],
  }
  const made = `${after}\n[default]\naws_access_key_id = mine\n`
  writeFileSync(path, made)
  await expect(revertEdit(machine, edit, Buffer.from(former))).rejects.toMatchObject({ code: 'conflict' })
  expect(readFileSync(path, 'utf8')).toBe(made)
  writeFileSync(path, `${after}\n[other]\n`)
  expect(await revertEdit(machine, edit, Buffer.from(former))).toBe('lines')
  expect(readFileSync(path, 'utf8')).toBe(`${former}\n[other]\n`)
})

test('what a killed writer left beside a file, with all that is in it, is gone before the file is written again', async () => {
  const path = write('.env')
  const { edits } = await plan(path)
  const left = join(folder, '..env.7f.tmp')
  const other = join(folder, '..env.local')
  for (const each of [left, other]) writeFileSync(each, ENV)
  const old = new Date(Date.now() - 1000)
  utimesSync(left, old, old)
  const edit = edits.find((each) => each.foundAs === path)
  if (!edit) throw new Error('no edit')
  await applyEdit(machine, edit, async () => undefined)
  expect(readdirSync(folder).sort()).toEqual(['..env.local', '.env'])
})

test('a file that was moved away is put back whole, and none is where its folder is gone', async () => {
  const path = write('.env')
  const { edits } = await plan(path)
  const edit = edits.find((each) => each.foundAs === path)
  if (!edit) throw new Error('no edit')
  await applyEdit(machine, edit, async () => undefined)
  rmSync(path)
  expect(await revertEdit(machine, edit, Buffer.from(ENV))).toBe('whole')
  expect(readFileSync(path, 'utf8')).toBe(ENV)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const lost = { ...edit, path: join(folder, 'gone', '.env') }
  await expect(revertEdit(machine, lost, Buffer.from(ENV))).rejects.toMatchObject({ code: 'conflict' })
  expect(readdirSync(folder)).not.toContain('gone')
})
