import { expect, test } from 'vitest'
import { findPlace, gatherTraces, isWsl, mayRunWindowsPrograms, type Traces } from './surroundings.ts'

const bare: Traces = { platform: 'linux', env: {}, kernel: 'Linux version 6.1.0', interop: '', hasContainerMark: false }
const KERNEL_OF_WSL = 'Linux version 5.15.153.1-microsoft-standard-WSL2'

test('a computer without any trace is here', () => {
  expect(findPlace(bare)).toBe('here')
})

test.each([
  ['wsl', { kernel: KERNEL_OF_WSL }],
  ['wsl', { env: { WSL_DISTRO_NAME: 'Debian' } }],
  ['ssh', { env: { SSH_CONNECTION: '10.0.0.1 50000 10.0.0.2 22' } }],
  ['container', { hasContainerMark: true }],
  ['container', { env: { container: 'podman' } }],
  ['ssh', { kernel: KERNEL_OF_WSL, env: { SSH_TTY: '/dev/pts/0' } }],
  ['container', { kernel: KERNEL_OF_WSL, hasContainerMark: true }],
] as const)('%s is told from %j', (place, traces) => {
  expect(findPlace({ ...bare, ...traces })).toBe(place)
})

test('sudo takes the variables of WSL away, and the kernel still says so', () => {
  expect(isWsl({ ...bare, kernel: KERNEL_OF_WSL })).toBe(true)
  expect(isWsl({ ...bare, platform: 'darwin', env: { WSL_DISTRO_NAME: 'x' } })).toBe(false)
})

test('programs of Windows are tried unless they were switched off', () => {
  const wsl = { ...bare, kernel: KERNEL_OF_WSL }
  expect(mayRunWindowsPrograms({ ...wsl, interop: 'enabled\ninterpreter /init\n' })).toBe(true)
  expect(mayRunWindowsPrograms(wsl)).toBe(true)
  expect(mayRunWindowsPrograms({ ...wsl, interop: 'disabled\n' })).toBe(false)
  expect(mayRunWindowsPrograms({ ...bare, interop: 'enabled\n' })).toBe(false)
})

test('this computer can be looked at, whatever it is', () => {
  expect(['wsl', 'container', 'ssh', 'here']).toContain(findPlace(gatherTraces('linux', {})))
  expect(gatherTraces('win32', {})).toMatchObject({ kernel: '', interop: '', hasContainerMark: false })
})
