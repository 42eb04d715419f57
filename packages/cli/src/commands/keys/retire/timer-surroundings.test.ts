import { expect, test } from 'vitest'
import { createTestMachine } from '../../../testing/test-machine.ts'
import { formatTimer, type TIMERS } from './timer.ts'
import { findLastingProgram, timerVariables } from './timer-surroundings.ts'

const timerIn = (timer: (typeof TIMERS)[number], env: Record<string, string>): string =>
  formatTimer(timer, { ...createTestMachine(), env })

test('a scheduler is told where the files of AWS lie, and where the keychain answers', () => {
  const env = { AWS_CONFIG_FILE: "/data/alice's 5%/config", DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }
  expect(timerIn('crontab', env)).toContain(
    `17 10 * * * AWS_CONFIG_FILE='/data/alice'"'"'s 5\\%/config' DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus /usr/bin/node`,
  )
  expect(timerIn('systemd', env)).toContain(`Environment="AWS_CONFIG_FILE=/data/alice's 5%%/config"\nEnvironment=DBUS`)
  expect(timerIn('launchd', env)).toContain(`<key>AWS_CONFIG_FILE</key><string>/data/alice's 5%/config</string>\n`)
})

test('no password, no secret and no address of one session comes into a timer', () => {
  const names = { HTTPS_PROXY: 'http://alice:pass@proxy:3128', AWS_SECRET_ACCESS_KEY: 'secret', AWS_PROFILE: 'work' }
  expect(timerVariables({ ...names, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/dbus-x,guid=1' })).toEqual([])
  expect(timerVariables({ AWS_CONFIG_FILE: 'config' })).toEqual([])
  expect(timerVariables({ HTTPS_PROXY: 'http://proxy:3128' })).toEqual([['HTTPS_PROXY', 'http://proxy:3128']])
})

test('the name on PATH is taken when it leads to the program that runs, and no other', async () => {
  const machine = createTestMachine()
  const ownProgram = { ...machine.ownProgram, node: '/opt/Cellar/node/24.1/bin/node', script: '/opt/lib/mayfly.cjs' }
  const links: Record<string, string> = {
    '/usr/local/bin/node': ownProgram.node,
    '/usr/local/bin/mayfly': '/other.cjs',
  }
  const lasting = await findLastingProgram({
    ...machine,
    ownProgram,
    childProcess: {
      ...machine.childProcess,
      find: async (name) => ({ found: 'program', path: `/usr/local/bin/${name}` }),
    },
    files: { ...machine.files, followLinks: async (path) => links[path] ?? path },
  })
  expect(lasting).toEqual({ node: '/usr/local/bin/node', script: '/opt/lib/mayfly.cjs' })
})
