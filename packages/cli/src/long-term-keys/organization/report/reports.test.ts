import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Audit } from '../audited-account.ts'
import { rankKeys } from '../retirement-order.ts'
import { formatCsv } from './csv-report.ts'
import { formatHtml } from './html-report.ts'
import { describeAudit } from './json-report.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'

const auditWith = (userName: string, accountName = 'Acme'): Audit => ({
  session: 'acme',
  startUrl: 'https://acme.awsapps.com/start',
  startedAt: NOW,
  endedAt: NOW,
  accounts: [
    {
      accountId: '111122223333',
      accountName,
      roleName: 'ReadOnlyAccess',
      readAt: NOW,
      hasRootKeys: true,
      hasRootMfa: false,
      users: [
        {
          userName,
          password: 'yes',
          breadth: 'wide',
          keys: [
            { accessKeyId: 'AKIAQQQQQQQQQQQQQQQQ', status: 'Active', createdAt: new Date('2025-01-01'), lastUsed: {} },
          ],
        },
        { userName: 'nobody', password: 'no', keys: [] },
      ],
      cannot: [{ what: 'the policies of some users', why: HOSTILE }],
    },
  ],
  unread: [{ accountId: '222233334444', accountName: HOSTILE, why: HOSTILE }],
})
const render = <T>(audit: Audit, format: (audit: Audit, keys: ReturnType<typeof rankKeys>) => T): T =>
  format(audit, rankKeys(audit.accounts, NOW))

/** The fields of a document of RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') rows.push([])
  }
  return rows.filter((row) => row.length > 0)
}

test('no name and no reason becomes HTML, in whatever place', () => {
  const page = render(auditWith(HOSTILE, HOSTILE), formatHtml)
  expect(page).not.toContain('<script>alert')
  expect(page).not.toContain('<img')
  expect(page.match(/<script>/g)).toHaveLength(1)
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})

test('a name that turns the writing round or hides signs shows that it does', () => {
  const page = render(auditWith('ad\u202emin\u200b\u0007'), formatHtml)
  expect(page).toContain('ad\ufffdmin\ufffd\ufffd')
})

test('the page loads nothing, and its policy lets its own style and script alone run', () => {
  const page = render(auditWith('x'), formatHtml)
  expect(page).not.toMatch(/<[a-z][^>]*\s(src|href|action|style|on\w+)=/)
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? []
  const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(page) ?? []
  const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page) ?? []
  const decoded = policy.replaceAll('&#39;', "'")
  for (const text of [script, style])
    expect(decoded).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  expect(decoded).toContain("default-src 'none'")
})

test('root keys stand above everything, and accounts that were not read are named', () => {
  const page = render(auditWith('x'), formatHtml)
  expect(page.indexOf('Root keys: an emergency')).toBeLessThan(page.indexOf('In this order'))
  expect(page).toContain('without a second factor')
  expect(page).toContain('<h2 id="unread">Not read</h2>')
})

test.each([
  ['=1+2', "'=1+2"],
  ['+build', "'+build"],
  ['-x', "'-x"],
  ['@sum', "'@sum"],
  ['a,b', 'a,b'],
  ['say "hi"', 'say "hi"'],
  ['two\r\nlines', 'two\r\nlines'],
  ['\t=1', "'\t=1"],
  ['Büro', 'Büro'],
])('a user named %j stands in its one field, and is no formula', (name, field) => {
  const rows = parseCsv(render(auditWith(name), formatCsv))
  const [head = [], root = [], user = []] = rows
  expect(user[head.indexOf('user_name')]).toBe(field)
  expect(root[head.indexOf('tier')]).toBe('root')
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]))
})

test('CSV has a line a key, a user without one, and an account that was not read', () => {
  const rows = parseCsv(render(auditWith('x'), formatCsv))
  expect(rows.map((row) => row[1])).toEqual(['tier', 'root', 'unused-wide', 'no-key', 'unread'])
})

test('JSON has the names as they are, and null where nothing is known', () => {
  const { keys, accounts, unread } = render(auditWith('=1+2'), describeAudit)
  expect(keys[0]).toMatchObject({ tier: 'root', accessKeyId: null, userName: null, lastUsed: null })
  expect(keys[1]).toMatchObject({ userName: '=1+2', lastUsed: { at: null, service: null, region: null } })
  expect(accounts[0]?.users[1]).toMatchObject({ userName: 'nobody', keys: [], breadth: null })
  expect(unread).toHaveLength(1)
})
