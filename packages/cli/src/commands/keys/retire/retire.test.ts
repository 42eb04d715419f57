import { expect, test } from 'vitest'
import { createTestMachine } from '../../../testing/test-machine.ts'
import { judgeConsent } from './consent.ts'
import { parseDays } from './retire-options.ts'
import { formatTimer } from './timer.ts'

test('days are said in days or hours', () => {
  expect(['7d', '0d', '12h', '7', undefined].map((typed) => parseDays(typed, '--soak'))).toEqual([7, 0, 0.5, 7, 7])
  for (const typed of ['', 'soon', '-1d', '1w', '366d', '7 d', 'NaN', '1e3d'])
    expect(() => parseDays(typed, '--soak'), typed).toThrow('is no number of days')
})

test('a yes to everything is no yes to deleting, and nothing goes beyond what was asked for', () => {
  const yes = { isGiven: true, mayAsk: false }
  const acts = ['swap', 'deactivate', 'delete'] as const
  expect(acts.map((act) => judgeConsent(act, yes))).toEqual(['go', 'go', 'nobody'])
  expect(acts.map((act) => judgeConsent(act, { ...yes, to: 'deleted' }))).toEqual(['go', 'go', 'go'])
  expect(acts.map((act) => judgeConsent(act, { ...yes, to: 'soak' }))).toEqual(['go', 'beyond', 'beyond'])
  expect(acts.map((act) => judgeConsent(act, { ...yes, to: 'inactive' }))).toEqual(['go', 'go', 'beyond'])
  expect(acts.map((act) => judgeConsent(act, { isGiven: false, mayAsk: true }))).toEqual(['ask', 'ask', 'ask'])
  expect(acts.map((act) => judgeConsent(act, { isGiven: false, mayAsk: false }))).toEqual([
    'nobody',
    'nobody',
    'nobody',
  ])
})

test('a scheduler gets the program by its whole path, in its own way of quoting', () => {
  const machine = createTestMachine()
  const odd = { ...machine, ownProgram: { ...machine.ownProgram, node: '/opt/100% $me/"node"' } }
  expect(formatTimer('crontab', machine)).toBe(
    '# crontab -e\n17 10 * * * /usr/bin/node /opt/mayfly/bin/mayfly.cjs keys retire --due\n',
  )
  expect(formatTimer('crontab', odd)).toContain(`17 10 * * * '/opt/100\\% $me/"node"' /opt/mayfly`)
  expect(formatTimer('systemd', odd)).toContain('ExecStart="/opt/100%% $$me/\\"node\\"" /opt/mayfly')
  expect(formatTimer('launchd', odd)).toContain('    <string>/opt/100% $me/"node"</string>\n')
  expect(formatTimer('schtasks', { ...machine, platform: 'win32' })).toContain('/TR "/usr/bin/node /opt/mayfly')
})
