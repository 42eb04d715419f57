/** Files that somebody else laid out, folders for a while, and programs that stream. */

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemCarefulFiles as files } from './careful-files.ts'
import { systemScratch } from './scratch.ts'
import { streamProgram } from './streamed-program.ts'

let folder: string
const at = (name: string): string => join(folder, name)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-careful-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a pipe, a folder and a device hold nothing, and nobody waits for them', async () => {
  execFileSync('mkfifo', [at('pipe')])
  symlinkSync('/dev/zero', at('endless'))
  for (const path of [at('pipe'), folder, at('endless'), '/dev/tty', at('missing')])
    expect(await files.readStart(path, 100)).toBeUndefined()
})

test('of a file no more is read than was asked for', async () => {
  writeFileSync(at('file'), 'x'.repeat(1000))
  symlinkSync(at('file'), at('link'))
  expect((await files.readStart(at('link'), 10))?.length).toBe(10)
  expect((await files.readStart(at('file'), 5000))?.length).toBe(1000)
})

test('what lies in a folder is named with its kind, and no more than so many', async () => {
  writeFileSync(at('file'), '')
  mkdirSync(at('folder'))
  symlinkSync('/nowhere', at('link'))
  execFileSync('mkfifo', [at('pipe')])
  const entries = await files.listEntries(folder, 100)
  expect(entries?.map(({ name, kind }) => `${name} ${kind}`).sort()).toEqual([
    'file file',
    'folder folder',
    'link link',
    'pipe other',
  ])
  expect(await files.listEntries(folder, 2)).toHaveLength(2)
  expect(await files.listEntries(at('file'), 2)).toBeUndefined()
  expect(await files.look(at('link'))).toMatchObject({ kind: 'link', isOwn: true })
  expect(await files.findFolder(at('link'))).toBeUndefined()
  symlinkSync(at('folder'), at('alias'))
  expect((await files.findFolder(at('alias')))?.path).toMatch(/folder$/)
})

test('a folder for a while is private, and leaves what its links lead to', async () => {
  writeFileSync(at('kept'), 'x')
  const scratch = await systemScratch.open()
  expect(statSync(scratch.path).mode & 0o777).toBe(0o700)
  await scratch.write('deep/file', 'x')
  await scratch.linkFolder('link', folder)
  expect(existsSync(join(scratch.path, 'link', 'kept'))).toBe(true)
  await scratch.close()
  expect([existsSync(scratch.path), existsSync(at('kept'))]).toEqual([false, true])
})

const run = (script: string) =>
  streamProgram({ path: '/bin/sh', parameters: ['-c', script], env: { ONLY: 'this' }, folder })

async function readAll(output: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of output) text += Buffer.from(chunk).toString()
  return text
}

test('a program has the environment and the folder that it is given, and answers while it runs', async () => {
  const program = run('env | grep -v ^PWD= | grep -v ^_= | grep -v ^SHLVL= | grep -v ^OLDPWD=; pwd; cat')
  await program.write('hello')
  program.endInput()
  const said = await readAll(program.output)
  expect(said).toMatch(/^ONLY=this\n.*mayfly-careful-\w+\nhello$/)
  expect((await program.end).how).toEqual({ ended: 'by-itself', exitCode: 0 })
})

test('a program that ends without reading what it is given keeps nobody waiting', async () => {
  const program = run('echo no >&2; exit 3')
  for (let round = 0; round < 50; round += 1) await program.write('x'.repeat(100_000))
  program.endInput()
  expect(await readAll(program.output)).toBe('')
  expect(await program.end).toEqual({ how: { ended: 'by-itself', exitCode: 3 }, said: 'no\n' })
})

test('a program that reads and prints nothing waits until it is stopped', async () => {
  const program = run('sleep 60')
  const waiting = program.write('x'.repeat(10_000_000))
  setTimeout(program.stop, 50)
  await waiting
  expect(await readAll(program.output)).toBe('')
  expect((await program.end).how).toEqual({ ended: 'by-signal', signal: 'SIGKILL' })
})

test('one that cannot be started says so', async () => {
  const program = streamProgram({ path: at('missing'), parameters: [], env: {}, folder })
  await program.write('x')
  expect(await readAll(program.output)).toBe('')
  expect((await program.end).how).toMatchObject({ ended: 'not-started' })
})
