/** A person reads lines that fit, the emergency first, and nothing that moves the cursor. */

import { expect, test } from 'vitest'
import type { KeyFacts } from '../../../long-term-keys/inquiry/key-facts.ts'
import { byUrgency, type CheckedFacts, formatReport } from './check-report.ts'

const WHERE = { now: new Date('2026-11-21T00:00:00Z'), home: '/home/alice', columns: 80 }

const checked = (accessKeyId: string, facts: Partial<KeyFacts> = {}): CheckedFacts => ({
  key: { accessKeyId, isCanary: false, places: [{ type: 'file', path: '/home/alice/.env', line: 3, column: 1 }] },
  facts: {
    accessKeyId,
    accountId: '222233334444',
    state: 'live',
    reason: 'IAM lists it as Active',
    isRoot: false,
    isCanary: false,
    userName: 'deploy',
    createdAt: new Date('2020-11-01T00:00:00Z'),
    lastUsed: { at: new Date('2026-11-18T00:00:00Z'), service: 's3', region: 'eu-west-1' },
    otherKeys: [],
    tags: [],
    cannot: [],
    askedAs: [],
    ownUses: [],
    ...facts,
  },
})

test('a table: age and last use in words, the root key first and as the emergency that it is', () => {
  const keys = [
    checked('AKIAONE'),
    checked('AKIATWO', { isRoot: true, lastUsed: {} }),
    checked('AKIADEAD', { state: 'dead' }),
  ]
  expect(
    formatReport(keys.toSorted(byUrgency), WHERE),
  ).toBe(`KEY       STATE  USER                    AGE      LAST USED
AKIATWO   ROOT   root of 222233334444    6 years  never
AKIAONE   live   deploy in 222233334444  6 years  3 days ago, s3 eu-west-1
AKIADEAD  dead   deploy in 222233334444  6 years  3 days ago, s3 eu-west-1

AKIATWO
  This is a key of the root user: it may do everything, and nothing can limit
  it.
  Now: sign in as root, deactivate it (Security credentials), delete it when
  nothing fails.

What would take its place: mayfly keys plan AKIAONE
`)
})

test('a use by Mayfly itself is told as one', () => {
  const at = new Date('2026-11-20T23:30:00Z')
  const text = formatReport([checked('AKIAONE', { lastUsed: { at, service: 'iam' }, ownUses: [at] })], WHERE)
  expect(text).toContain('Last used  within the hour, by Mayfly')
})

test('what a service says stays in its line and fits', () => {
  const reason = `evil\u001b[2J\u202e${' word'.repeat(40)}`
  const text = formatReport([checked('AKIAONE', { state: 'unknown', reason, userName: 'a\u0007b' })], WHERE)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is the claim.
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  expect(text.split('\n').every((line) => line.length <= 80)).toBe(true)
})
