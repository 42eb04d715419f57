import { expect, test } from 'vitest'
import { startMark } from '../hot/agent-door.ts'
import { addressIn } from './agent-listener.ts'
import { findOwnScript } from './own-program.ts'
import { smallFlags } from './small-process.ts'
import { agentEnvironment } from './system-agent.ts'
import { isOlder } from './version.ts'

test('the address is a socket in the folder, and on Windows a pipe whose name nobody can guess', () => {
  const chance = (): string => '00112233445566778899aabbccddeeff'
  expect(addressIn('/home/alice/.mayfly/agent', 'linux', chance)).toBe('/home/alice/.mayfly/agent/agent.sock')
  expect(addressIn('C:\\Users\\alice\\.mayfly\\agent', 'win32', chance)).toBe(
    '\\\\.\\pipe\\mayfly-00112233445566778899aabbccddeeff',
  )
})

test('the mark of a start lies in the folder of Mayfly', () => {
  expect(startMark({ home: '/home/alice', platform: 'linux', userId: 1 })).toBe('/home/alice/.mayfly/agent-starting')
  expect(startMark({ home: 'C:\\Users\\a', platform: 'win32', userId: undefined })).toBe(
    'C:\\Users\\a\\.mayfly\\agent-starting',
  )
})

test('keys and what one terminal meant stay out of the environment of an agent', () => {
  const kept = { HOME: '/home/alice', HTTPS_PROXY: 'http://p', AWS_CONFIG_FILE: '/c', AWS_CA_BUNDLE: '/ca' }
  const left = {
    ...{ AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_SESSION_TOKEN: 'T', AWS_PROFILE: 'dev' },
    ...{ MAYFLY_AGENT: 'asked', NODE_OPTIONS: '--inspect', AWS_REGION: 'eu-central-1' },
  }
  expect(agentEnvironment({ ...kept, ...left, NODE_EXTRA_CA_CERTS: '/extra' })).toEqual({
    ...{ ...kept, NODE_EXTRA_CA_CERTS: '/extra' },
    MAYFLY_AGENT: 'never',
  })
})

test('an older agent is told from one of the same or a newer version', () => {
  expect(isOlder('0.1.0', '0.2.0')).toBe(true)
  expect(isOlder('0.9.0', '0.10.0')).toBe(true)
  expect(isOlder('1.0.0', '0.9.9')).toBe(false)
  expect(isOlder('0.2.0', '0.2.0')).toBe(false)
  expect(isOlder('nonsense', '0.2.0')).toBe(true)
})

test('a Node that nobody has tried is started without words for its engine', () => {
  expect(smallFlags('24.21.0')).toContain('--max-semi-space-size=1')
  expect(smallFlags('28.0.0')).toEqual([])
})

test('only a process that runs Mayfly can start an agent', () => {
  expect(findOwnScript(undefined)).toBeUndefined()
  expect(findOwnScript(process.execPath)).toBeUndefined()
})
