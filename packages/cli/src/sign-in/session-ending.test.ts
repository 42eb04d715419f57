import { minutes } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import { createTestMachine } from '../testing/test-machine.ts'
import { sessionEnd, warnBeforeEnd } from './session-ending.ts'

const sso = { sessionName: 'corp', startUrl: 'https://d-1.awsapps.com/start', region: 'us-east-1' }
const TOKEN = '~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json'

function open(token: object, { watched = true, interactive = true } = {}) {
  const clock = new TestClock('2026-11-21T09:00:00Z')
  const memory = createTestMachine({ clock, files: { [TOKEN]: JSON.stringify({ accessToken: 'a', ...token }) } })
  return { ...memory, clock, terminal: { ...memory.terminal, watched, interactive } }
}

test('a session that cannot be refreshed is warned about in its last quarter of an hour, once in five minutes', async () => {
  const machine = open({ expiresAt: '2026-11-21T09:20:00Z' })
  await warnBeforeEnd(machine, sso)
  expect(machine.stderr()).toBe('')
  await machine.clock.advance(minutes(6))
  await warnBeforeEnd(machine, sso)
  await warnBeforeEnd(machine, sso)
  expect(machine.stderr()).toBe('mayfly: corp ends in 14 min. To go on: mayfly login --sso-session corp\n')
  await machine.clock.advance(minutes(5))
  await warnBeforeEnd(machine, sso)
  expect(machine.stderr().match(/ends in/g)).toHaveLength(2)
  expect(machine.stdout()).toBe('')
})

test('a clock that was set back does not silence it for ever', async () => {
  const machine = open({ expiresAt: '2026-11-21T09:10:00Z' })
  machine.disk.set('/home/alice/.mayfly/sessions/warned-ee0bfd2552fbd840c02cc48b6e823320543c450f.json', {
    content: Buffer.from('2027-01-01T00:00:00Z'),
    mode: 0o600,
  })
  await warnBeforeEnd(machine, sso)
  expect(machine.stderr()).toContain('ends in 10 min')
})

test('one that goes on by itself, one that has ended, and one that is not there are not warned about', async () => {
  const renewing = {
    clientId: 'c',
    clientSecret: 's',
    refreshToken: 'r',
    registrationExpiresAt: '2027-01-01T00:00:00Z',
  }
  for (const token of [{ expiresAt: '2026-11-21T09:05:00Z', ...renewing }, { expiresAt: '2026-11-21T08:00:00Z' }, {}]) {
    const machine = open(token)
    await warnBeforeEnd(machine, sso)
    expect(machine.stderr()).toBe('')
  }
})

test('where nobody watches nothing is said', async () => {
  for (const seat of [{ watched: false }, { interactive: false }]) {
    const machine = open({ expiresAt: '2026-11-21T09:05:00Z' }, seat)
    await warnBeforeEnd(machine, sso)
    expect(machine.stderr()).toBe('')
  }
})

test('the end of a session that is refreshed is that of its registration', () => {
  const [expiresAt, registrationExpiresAt] = [new Date('2026-11-21T10:00:00Z'), new Date('2027-02-01T00:00:00Z')]
  const token = { startUrl: '', region: '', accessToken: 'a', expiresAt, clientId: 'c', clientSecret: 's' }
  const now = new Date('2026-11-21T09:00:00Z')
  expect(sessionEnd(token, now)).toEqual(expiresAt)
  expect(sessionEnd({ ...token, refreshToken: 'r', registrationExpiresAt }, now)).toEqual(registrationExpiresAt)
})
