/** setup in a real terminal of eighty columns: progress, the change, the filter, and an end without a word too many. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Home } from '../harness/home.ts'
import { MAYFLY } from '../harness/mayfly.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'
import { SetupWorld } from './setup-world.ts'

const home = new Home()
let world: SetupWorld

beforeAll(async () => {
  world = await SetupWorld.start(30)
})
afterAll(async () => {
  home.remove()
  await world?.stop()
})

const start = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Tmux> =>
  Tmux.start([process.execPath, MAYFLY, 'setup', ...words], { env: { ...home.env(home.browser()), ...env } })

test('a person sees how far it is, narrows the change down, writes it, and quits the next', async (context) => {
  context.skip(!hasTmux, 'there is no /usr/bin/tmux (Debian: apt-get install tmux)')
  const first = await start([world.server.startUrl.replace('http://', '')])
  try {
    await first.until(/\d+ of 30 accounts, \d+ roles/)
    await first.until('Enter writes; or d (show all), f (filter), q (quit), then Enter:')
    expect(await first.screen()).toContain('90 profiles to add, 0 to change, 0 to remove.')
    expect(await first.screen()).not.toContain('of 30 accounts')
    await first.type('f\n')
    await first.until('Only these roles')
    await first.type('*zurich*/{ReadOnly,None}*\n')
    await first.until('4 profiles to add')
    await first.type('\n')
    expect(await first.ended()).toBe(0)
    expect(await first.screen()).toContain('mayfly whoami --profile acme-buro-zurich-16-readonlyaccess')
  } finally {
    await first.stop()
  }
  expect(home.read('.aws/config')?.match(/^\[profile /gm)).toHaveLength(4)
  const second = await start(['--include', '*'], { NO_COLOR: '1' })
  try {
    await second.until('86 profiles to add, 0 to change, 0 to remove; 4 in place.')
    await second.type('d\n')
    await second.until(/\+ acme-production-7-readonlyaccess {2}\(100000000008 ReadOnlyAccess\)\n86 profiles to add/)
    await second.type('q\n')
    expect(await second.ended()).toBe(130)
    expect(await second.screen()).toContain('Nothing was written.')
  } finally {
    await second.stop()
  }
  expect(home.read('.aws/config')?.match(/^\[profile /gm)).toHaveLength(4)
})

test('who ends it with Ctrl-C while it reads is told that the same again goes on there', async (context) => {
  context.skip(!hasTmux, 'there is no /usr/bin/tmux (Debian: apt-get install tmux)')
  world.limit(5)
  const other = new Home()
  const words = [process.execPath, MAYFLY, 'setup', world.server.startUrl]
  const env = { ...other.env(other.browser()), NO_COLOR: '1' }
  const first = await Tmux.start(words, { env })
  try {
    await first.until(/[5-9] of 30 accounts/)
    await first.keys('C-c')
    expect(await first.ended()).toBe(130)
    // What the terminal itself shows of the key may have pushed it aside by as much.
    expect(await first.screen()).toMatch(
      /\n {0,2}Run the same again to go on where this ended: within the hour\.(\n|$)/,
    )
  } finally {
    await first.stop()
  }
  const second = await Tmux.start(words, { env })
  try {
    await second.until(/Going on from an earlier run: \d+ accounts read/)
  } finally {
    await second.stop()
    other.remove()
  }
})
