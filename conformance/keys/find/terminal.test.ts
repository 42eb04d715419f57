import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MAYFLY } from '../../harness/mayfly.ts'
import { hasTmux, Tmux } from '../../harness/tmux.ts'
import { seedHome } from '../seeds/home.ts'
import { growHome } from './large-home.ts'
import { searchHome } from './search.ts'

let home: string

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'mayfly-find-'))
  seedHome(home, 'terminal')
  growHome(home, { files: 20_000 })
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const start = (): Promise<Tmux> =>
  Tmux.start([process.execPath, MAYFLY, 'keys', 'find'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8', MAYFLY_AGENT: 'never', NO_COLOR: '1' },
    rows: 40,
  })

test.skipIf(!hasTmux)('a line tells how far it has come; Ctrl-C ends it with what was found so far', async () => {
  const terminal = await start()
  try {
    await terminal.until(/[\d,]+ files, \d+ keys found {2}~\//)
    await terminal.keys('C-c')
    expect(await terminal.ended()).toBe(130)
    const screen = await terminal.screen({ scrollback: true })
    expect(screen).toContain('! It was interrupted before everything was looked at.')
    expect(screen).toMatch(/\d+ long-term keys.*; [\d,]+ files/)
    expect(screen).not.toContain('keys found  ~/')
  } finally {
    await terminal.stop()
  }
})

test('where nobody watches there is no such line, and no line is wider than 80 columns but for long paths', async () => {
  const { stdout, stderr, status } = await searchHome(home)
  expect([stderr, status]).toEqual(['', 1])
  const wide = stdout.split('\n').filter((line) => line.length > 80)
  expect(wide.filter((line) => line.trim().includes('  '))).toEqual([])
})

test('a search that may take no time ends at once, and says that nobody knows', async () => {
  const { stdout, seconds } = await searchHome(home, ['--seconds', '0.3', '--no-history'])
  expect(stdout).toContain('! The time was over before everything was looked at.')
  expect(seconds).toBeLessThan(5)
})
