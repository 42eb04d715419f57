/** A fresh clone needs nothing but Node and npm: also when two commands begin at the same moment. */

import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../harness/free-port.ts'
import { Home } from '../harness/home.ts'
import { root } from '../harness/root.ts'
import { runProgram } from '../harness/run-program.ts'

const MINUTES = 60_000
const clone = mkdtempSync(join(tmpdir(), 'mayfly-clone-'))
const home = new Home()

beforeAll(async () => {
  const { status, stderr } = await runProgram('git', ['clone', '--quiet', root, clone], { env: home.env() })
  expect(status, stderr).toBe(0)
})
afterAll(() => {
  rmSync(clone, { recursive: true, force: true })
  home.remove()
})

test('two builds at once install once, and both succeed', { timeout: 6 * MINUTES }, async () => {
  const build = () => runProgram('npm', ['run', 'build'], { env: home.env(), cwd: clone, timeout: 5 * MINUTES })
  const both = await Promise.all([build(), build()])
  for (const { status, stderr } of both) expect(status, stderr).toBe(0)
  const installations = both.filter(({ stderr }) => stderr.includes('Installing what package-lock.json names'))
  expect(installations).toHaveLength(1)
  for (const name of ['server', 'cli', 'console']) {
    expect(readdirSync(join(clone, 'packages', name, 'dist')).length).toBeGreaterThan(2)
  }
})

test('npm start serves the example organization and says what to paste', { timeout: 3 * MINUTES }, async () => {
  const env = home.env({ MAYFLY_PORT: String(await freePort()) })
  const server = spawn('npm', ['start'], { cwd: clone, env, detached: true })
  const ended = new Promise((resolve) => server.on('close', resolve))
  let printed = ''
  server.stdout.on('data', (data) => {
    printed += data
  })
  try {
    await expect.poll(() => printed, { timeout: 2 * MINUTES, interval: 500 }).toContain('mayfly whoami')
    expect(printed).toMatch(/Access portal {3}http:\/\/localhost:\d+\/start/)
  } finally {
    process.kill(-(server.pid ?? 0), 'SIGINT')
    await ended
  }
})
