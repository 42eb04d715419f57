/** An update takes the program's files away while it is under way: it goes on to its end, and tells that. */

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyId, secretOf } from '../../../packages/cli/src/long-term-keys/detection/testing/made-keys.ts'
import { TestFolder } from '../../../packages/cli/src/testing/test-repository.ts'
import { MAYFLY } from '../../harness/mayfly.ts'
import { type ProgramRun, runProgram } from '../../harness/run-program.ts'

const KEY = keyId('111122223333', 1)
let folder: TestFolder
let program: string

beforeEach(() => {
  folder = new TestFolder()
  program = mkdtempSync(join(tmpdir(), 'mayfly-replaced-'))
  for (const part of ['bin', 'dist'])
    cpSync(join(dirname(MAYFLY), '..', part), join(program, part), { recursive: true })
  const home = folder.repository('home')
  home.commit('.env', `AWS_ACCESS_KEY_ID=${KEY}\nAWS_SECRET_ACCESS_KEY=${secretOf(1)}\n`)
  home.commit('.env', 'clean\n')
  home.write('package.json', `{ "key": "${keyId('111122223333', 2)}" }\n`)
  // What is deleted once the search comes by.
  home.write('update', '')
  const hook = `const fs = require('node:fs')
const { openSync } = fs
fs.openSync = (path, ...words) => {
  if (String(path).endsWith('/update')) fs.rmSync(${JSON.stringify(join(program, 'dist'))}, { recursive: true, force: true })
  return openSync(path, ...words)
}`
  writeFileSync(join(program, 'hook.cjs'), hook)
})
afterEach(() => {
  folder.close()
  rmSync(program, { recursive: true, force: true })
})

const run = (...words: readonly string[]): Promise<ProgramRun> =>
  runProgram(process.execPath, ['--require', join(program, 'hook.cjs'), join(program, 'bin/mayfly.cjs'), ...words], {
    env: { HOME: join(folder.path, 'home'), PATH: process.env['PATH'] ?? '', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
  })

test('keys find looks at histories and writes SARIF', async () => {
  const { stdout, stderr, status } = await run('keys', 'find', '--sarif')
  expect([stderr, status]).toEqual(['', 1])
  expect(stdout).toContain(KEY)
})

test('keys plan plans', async () => {
  const plan = await run('keys', 'plan', '--json')
  expect([plan.stderr, plan.status]).toEqual(['', 1])
  expect(JSON.parse(plan.stdout).plans).toHaveLength(2)
})

test('keys retire says what stands in its way', async () => {
  const { stderr, status } = await run('keys', 'retire', KEY)
  expect(stderr).toContain(`${KEY} cannot be retired as things stand.`)
  expect(stderr).not.toContain('MODULE_NOT_FOUND')
  expect(status).toBe(255)
})
