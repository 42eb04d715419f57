/** The picker in a real terminal: narrow ones, ones that change, two thousand profiles, none at all. */

import { afterEach, describe, expect, test } from 'vitest'
import { runMayfly } from '../harness/mayfly.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'
import { ShellHome } from './shell-home.ts'

let home: ShellHome
const terminals: Tmux[] = []
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.stop()
  home.remove()
})

async function open(script: string, { columns = 80, rows = 12, ...extra }: Record<string, string | number> = {}) {
  const env = home.shellEnv('bash', extra as Record<string, string>)
  const options = { env, columns: Number(columns), rows: Number(rows), cwd: home.path }
  const terminal = await Tmux.start(['/bin/bash', '--norc', '-c', script], options)
  terminals.push(terminal)
  return terminal
}

describe.skipIf(!hasTmux)('in a terminal', () => {
  test('standard output is for the result: the picker is drawn beside it', async () => {
    home = new ShellHome()
    const terminal = await open('x="$(mayfly use)"; echo "[$x]"')
    await terminal.until('Which profile')
    await terminal.keys('Down', 'Enter')
    const screen = await terminal.until(']')
    expect(screen).toContain('[export AWS_PROFILE=dev-read;')
    expect(screen).not.toContain('Which profile')
  })

  test('Esc and Ctrl-C leave with 130, and the screen as it was', async () => {
    for (const key of ['Escape', 'C-c']) {
      home = new ShellHome()
      const terminal = await open('echo before; mayfly whoami; echo "code $?"')
      await terminal.until('Which profile')
      await terminal.keys(key)
      const screen = await terminal.until('code 130')
      expect(screen).toMatch(/^before\n+code 130(\n|$)/)
      await terminals.pop()?.stop()
      if (key === 'Escape') home.remove()
    }
  })

  test('Ctrl-Z stops it, fg brings it back where it was', async () => {
    home = new ShellHome()
    const terminal = await open('exec bash --norc -i')
    await terminal.until(/[$#]/)
    await terminal.type('mayfly whoami\n')
    await terminal.until('Which profile')
    await terminal.type('prod')
    await terminal.until('2/4')
    await terminal.keys('C-z')
    await terminal.until('Stopped')
    await terminal.type('fg\n')
    await terminal.until(/> prod .*2\/4/)
    await terminal.keys('C-c')
  })

  test('twenty columns, then eighty, then five rows: what fits is shown, the marked row always', async () => {
    home = new ShellHome(['a-profile-with-a-name-that-is-longer-than-most', '東京の本番', 'prod-read'])
    const terminal = await open('mayfly whoami', { columns: 20 })
    const narrow = await terminal.until('…')
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(20)
    await terminal.resize(80, 12)
    await terminal.until(/prod-read +11111111111\d +ReadOnly/)
    expect(await terminal.screen()).toContain('東京の本番')
    await terminal.resize(40, 5)
    await terminal.keys('End')
    await terminal.until(/▌ /)
    await terminal.keys('C-c')
  })

  test('two thousand profiles: a key is answered before the next is pressed', async () => {
    home = new ShellHome(Array.from({ length: 2_000 }, (_, index) => `team-${index}-${index % 2 ? 'read' : 'admin'}`))
    const terminal = await open('mayfly use')
    await terminal.until('2000/2000')
    const started = performance.now()
    await terminal.type('1999 read')
    await terminal.until(/▌ team-1999-read/)
    expect(performance.now() - started).toBeLessThan(5_000)
    await terminal.keys('Enter')
    await terminal.until('AWS_PROFILE=team-1999-read')
  })

  test('NO_COLOR leaves colours out; without it production is red', async () => {
    for (const [env, isRed] of [
      [{ NO_COLOR: '1' }, false],
      [{}, true],
    ] as const) {
      home = new ShellHome()
      const terminal = await open('mayfly whoami', env)
      await terminal.until('prod-admin')
      expect((await terminal.screen({ colours: true })).includes('\u001b[31mprod-admin')).toBe(isRed)
      await terminal.keys('C-c')
      await terminals.pop()?.stop()
      if (!isRed) home.remove()
    }
  })

  test('without the hook the line is shown, with how to run it and how to install it', async () => {
    home = new ShellHome()
    const terminal = await open('mayfly use prod-read')
    const screen = await terminal.until('mayfly hook install')
    expect(screen).toContain('export AWS_PROFILE=prod-read;')
    expect(screen).toContain('eval "$(mayfly use prod-read)"')
  })

  test('a credential_process whose caller leaves it a terminal asks nobody', async () => {
    home = new ShellHome()
    const terminal = await open(`mayfly credentials --profile nope | cat; echo "code \${PIPESTATUS[0]}"`)
    const screen = await terminal.until('code ')
    expect(screen).toContain('code 255')
    expect(screen).not.toContain('Which one?')
  })
})

test('without a terminal the commands say what is missing, and the nearest name', async () => {
  home = new ShellHome()
  const { status, stderr } = await runMayfly(home, ['whoami', '--profile', 'prdo-read'])
  expect(status).toBe(255)
  expect(stderr).toContain('The config profile (prdo-read) could not be found')
  expect(stderr).toContain('Did you mean: prod-read')
})
