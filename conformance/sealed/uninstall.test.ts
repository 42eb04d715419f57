/** Taking Mayfly away leaves the home as it was before. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { missingSecretService } from '../harness/secret-service.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'
import { SealedHome } from './sealed-home.ts'

let place: SealedHome

beforeEach(async (context) => {
  context.skip(missingSecretService !== undefined, missingSecretService)
  place = await SealedHome.open({ keychain: true })
})
afterEach(() => place?.close())

/** Every path below the home with its mode and its content. */
function tree(): Record<string, string> {
  const { path } = place.home
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.startsWith('browser.log'),
  )
  return Object.fromEntries(
    names.sort().map((name) => {
      const found = statSync(join(path, name))
      const content = found.isFile() ? readFileSync(join(path, name), 'latin1') : ''
      return [name, `${(found.mode & 0o777).toString(8)} ${content}`]
    }),
  )
}

const BASHRC = 'export EDITOR=vi\nalias ll="ls -l"'

test('with --sign-out the whole tree is what it was before the first sign-in', async () => {
  place.home.write('.bashrc', BASHRC, 0o644)
  const before = tree()
  await place.mayfly('login --profile dev')
  await place.mayfly('storage sealed')
  const hooked = await place.mayfly('hook install --shell bash')
  expect(hooked.status, hooked.stderr).toBe(0)
  expect(place.home.read('.bashrc')).toContain('mayfly')
  await place.ask('credentials --profile dev')
  const run = await place.mayfly('uninstall --sign-out --yes')
  expect([run.status, run.stderr]).toEqual([0, ''])
  expect(tree()).toEqual(before)
  expect(await place.service?.entries()).toEqual([])
  const { passed } = place.hunt.proxy
  expect(passed.filter(({ path }) => path.startsWith('/logout')).map(({ status }) => status)).toEqual([200])
  expect(place.search()).toEqual([])
})

test('without it sessions go on, with the tools of AWS', async () => {
  await place.mayfly('login --profile dev')
  const config = place.home.read('.aws/config')
  await place.mayfly('storage sealed')
  const run = await place.mayfly('uninstall --yes --json')
  expect(run.status, run.stderr).toBe(0)
  expect(JSON.parse(run.stdout)).toMatchObject({ done: true, left: [] })
  expect(place.home.read('.aws/config')).toBe(config)
  expect(place.home.files('.mayfly')).toEqual([])
  expect((await place.mayfly('whoami --profile dev')).status).toBe(0)
  expect(place.home.opened()).toHaveLength(1)
})

test('a lost key does not stop it; a locked keychain does, before anything is gone', async () => {
  await place.mayfly('login --profile dev')
  await place.mayfly('storage sealed')
  await place.service?.lock()
  const locked = await place.mayfly('uninstall --yes')
  expect([locked.status, locked.stderr]).toEqual([255, expect.stringContaining('The keychain is locked')])
  expect(place.home.files('.mayfly/sealed').length).toBeGreaterThan(1)
  place.service?.end()
  const away = await place.mayfly('uninstall --yes')
  expect([away.status, away.stderr]).toEqual([255, expect.stringContaining('No keychain can be reached')])
})

test('a lost key takes the tokens with it, and the profiles still come back', async () => {
  await place.mayfly('login --profile dev')
  const config = place.home.read('.aws/config')
  await place.mayfly('storage sealed')
  await place.service?.clear()
  const run = await place.mayfly('uninstall --yes')
  expect([run.status, run.stderr]).toEqual([0, ''])
  expect(place.home.read('.aws/config')).toBe(config)
  expect(existsSync(join(place.home.path, '.mayfly'))).toBe(false)
})

test('nobody to ask means that nothing is done; --dry-run shows what would be', async () => {
  await place.mayfly('login --profile dev')
  await place.mayfly('storage sealed')
  const before = tree()
  const refused = await place.mayfly('uninstall')
  expect([refused.status, refused.stderr]).toEqual([252, expect.stringContaining('mayfly uninstall --yes')])
  const shown = await place.mayfly('uninstall --dry-run')
  expect(shown.stdout).toContain('put 2 sealed profiles back into the form of AWS, with their tokens')
  expect(tree()).toEqual(before)
})

test('in a terminal it asks, and anything but yes does nothing', async (context) => {
  context.skip(!hasTmux, 'there is no tmux (Debian: apt-get install tmux)')
  const env = place.home.env(place.env({ NO_COLOR: '1' }))
  for (const [answer, end] of [
    ['n', 'Nothing was done.'],
    ['y', 'Done.'],
  ] as const) {
    const terminal = await Tmux.start([process.execPath, place.program, 'uninstall'], { env })
    try {
      await terminal.until('Go on?')
      await terminal.type(`${answer}\n`)
      await terminal.until(end)
    } finally {
      await terminal.stop()
    }
  }
})
