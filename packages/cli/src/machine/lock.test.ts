import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLock } from './lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const lockModule = new URL('./lock.ts', import.meta.url).href
const warnings: string[] = []
const lock = () => createLock(folder, (sentence) => warnings.push(sentence))

/** Another process that takes the lock `a` and runs `body` inside. */
function startProcess(body: string): { readonly child: ChildProcess; readonly ended: Promise<string> } {
  const program = `
    import { createLock } from ${JSON.stringify(lockModule)}
    import { readFileSync, writeFileSync } from 'node:fs'
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    await createLock(${JSON.stringify(folder)}, console.error).withLock('a', async () => { ${body} })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  return { child, ended: new Promise((resolve) => child.once('close', () => resolve(output))) }
}

const holding = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.stdout?.on('data', (chunk: Buffer) => chunk.includes('holding') && resolve()))

test('two tasks with the same lock never run at once', async () => {
  const seen: string[] = []
  const shared = lock()
  const task = (name: string) => async () => {
    seen.push(`${name} starts`)
    await new Promise((resolve) => setTimeout(resolve, 20))
    seen.push(`${name} ends`)
  }
  await Promise.all([shared.withLock('a', task('one')), shared.withLock('a', task('two'))])
  expect(seen).toEqual(['one starts', 'one ends', 'two starts', 'two ends'])
})

test('different locks do not wait for each other', async () => {
  const shared = lock()
  await shared.withLock('a', () => shared.withLock('b', async () => undefined))
})

test('a task that fails frees the lock', async () => {
  await expect(lock().withLock('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(lock().withLock('a', async () => 'yes')).resolves.toBe('yes')
})

test('processes take their turns, and none is lost', async () => {
  const counter = join(folder, 'counter')
  writeFileSync(counter, '0')
  const body = `
    const before = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'))
    await pause(2)
    writeFileSync(${JSON.stringify(counter)}, String(before + 1))`
  const outputs = await Promise.all(Array.from({ length: 12 }, () => startProcess(body).ended))
  expect(outputs.join('')).toBe('')
  expect(readFileSync(counter, 'utf8')).toBe('12')
})

test('when the holder is killed, the next one goes on at once', async () => {
  const { child, ended } = startProcess(`console.log('holding'); await pause(60_000)`)
  await holding(child)
  let told = false
  const waiting = lock().withLock('a', async () => 'mine', { onWait: () => (told = true) })
  await new Promise((resolve) => setTimeout(resolve, 1700))
  expect(told).toBe(true)
  child.kill('SIGKILL')
  await ended
  await expect(waiting).resolves.toBe('mine')
})

test('waiting costs next to no processor time', async () => {
  const { child, ended } = startProcess(`console.log('holding'); await pause(60_000)`)
  await holding(child)
  const before = process.cpuUsage()
  const waiting = lock().withLock('a', async () => undefined)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const { user, system } = process.cpuUsage(before)
  child.kill('SIGKILL')
  await ended
  await waiting
  expect((user + system) / 1000).toBeLessThan(200)
})

test('where nothing can be locked the task runs all the same, and the person is told why', async () => {
  warnings.length = 0
  const blocked = join(folder, 'file')
  writeFileSync(blocked, '')
  const shared = createLock(join(blocked, 'locks'), (sentence) => warnings.push(sentence))
  await expect(shared.withLock('a', async () => 'done')).resolves.toBe('done')
  await shared.withLock('a', async () => 'done')
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('cannot be locked')
})

test('who waits for nobody is told of the holder, in this process or in another, and runs beside it', async () => {
  const told: string[] = []
  const shared = lock()
  const beside = (name: string) =>
    shared.withLock('a', async () => name, { isShared: true, onWait: () => void told.push(name) })
  await shared.withLock('a', async () => {
    expect(await beside('same process')).toBe('same process')
  })
  expect(await beside('nobody')).toBe('nobody')
  const { child, ended } = startProcess(`console.log('holding'); await pause(60_000)`)
  await holding(child)
  expect(await beside('other process')).toBe('other process')
  child.kill('SIGKILL')
  await ended
  expect(await beside('gone')).toBe('gone')
  expect(told).toEqual(['same process', 'other process'])
})
