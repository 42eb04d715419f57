/** The report of keys audit in a browser: light and dark, wide and narrow, sorted, printed, and with hostile names. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Audit, AuditedUser } from '../../../packages/cli/src/long-term-keys/organization/audited-account.ts'
import { formatHtml } from '../../../packages/cli/src/long-term-keys/organization/report/html-report.ts'
import { rankKeys } from '../../../packages/cli/src/long-term-keys/organization/retirement-order.ts'
import { axe, chromiumPath, launchChromium, makePictureFolder } from '../../harness/chromium.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const ago = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000)
const HOSTILE = `"><img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`

let made = 0
const key = (age: number, used?: number, status: 'Active' | 'Inactive' = 'Active') => {
  made += 1
  const lastUsed =
    used === undefined ? {} : { at: ago(used), service: ['s3', 'ec2', 'sts'][made % 3] ?? '', region: 'eu-west-1' }
  return {
    accessKeyId: `AKIA${'QRSTUVWX'[made % 8]}${String(made).padStart(15, 'Z')}`,
    status,
    createdAt: ago(age),
    lastUsed,
  }
}

const usersOf = (account: number): readonly AuditedUser[] => [
  { userName: 'terraform', password: 'no', breadth: 'everything', keys: [key(1200, account === 1 ? 400 : 1)] },
  {
    userName: 'jenkins-deployment-of-the-data-platform',
    password: 'no',
    breadth: 'wide',
    keys: [key(700), key(30, 0)],
  },
  { userName: 'carla.anders', password: 'yes', passwordLastUsed: ago(3), breadth: 'wide', keys: [key(300, 2)] },
  { userName: 'backup', password: 'no', breadth: 'narrow', keys: [key(90, 60, 'Inactive')] },
  { userName: account === 2 ? HOSTILE : 'reporting', password: 'no', breadth: 'narrow', keys: [key(200, 150)] },
  { userName: 'someone', password: 'yes', keys: [] },
]

const audit: Audit = {
  session: 'acme',
  startUrl: 'https://acme.awsapps.com/start',
  startedAt: ago(0),
  endedAt: NOW,
  accounts: ['Acme Production', 'Acme Büro Zürich', HOSTILE].map((accountName, index) => ({
    accountId: String(111_122_223_333 + index),
    accountName,
    roleName: 'ReadOnlyAccess',
    readAt: NOW,
    hasRootKeys: index === 1,
    hasRootMfa: false,
    users: usersOf(index),
    cannot: index === 2 ? [{ what: 'who has a console password', why: 'AccessDenied: no' }] : [],
  })),
  unread: [
    { accountId: '999988887777', accountName: 'Closed', why: 'as ReadOnlyAccess: ForbiddenException: No access' },
  ],
}

const pictures = makePictureFolder()
const folder = mkdtempSync(join(tmpdir(), 'mayfly-report-'))
const file = join(folder, 'keys.html')
let browser: Browser | undefined

beforeAll(async () => {
  writeFileSync(file, formatHtml(audit, rankKeys(audit.accounts, NOW)))
  if (chromiumPath) browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(options: { colorScheme?: 'light' | 'dark'; width?: number } = {}): Promise<Page> {
  const { colorScheme = 'light', width = 1280 } = options
  // axe is put into the page, whose own policy would refuse it.
  const context = await (browser as Browser).newContext({
    colorScheme,
    viewport: { width, height: 900 },
    bypassCSP: true,
  })
  const page = await context.newPage()
  await page.goto(`file://${file}`)
  return page
}

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const)('in %s, %i wide, it reads well, and nothing overflows', async (colorScheme, width) => {
  if (!browser) return
  const page = await open({ colorScheme, width })
  await page.screenshot({ path: join(pictures, `keys-audit-${colorScheme}-${width}.png`), fullPage: true })
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect(overflow).toBe(0)
  await page.evaluate(axe)
  const found = (await page.evaluate('axe.run()')) as { violations: { id: string; nodes: unknown[] }[] }
  expect(found.violations.map(({ id, nodes }) => `${id} ${JSON.stringify(nodes)}`)).toEqual([])
  await page.context().close()
})

test('a column sorts, upwards and downwards, and says so', async () => {
  if (!browser) return
  const page = await open()
  const ages = async (): Promise<number[]> =>
    (await page.locator('td[data-label=Age]').all()).length === 0
      ? []
      : page
          .locator('td[data-label=Age]')
          .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))))
  await page.getByRole('button', { name: 'Age' }).click()
  expect(await ages()).toEqual((await ages()).toSorted((one, other) => one - other))
  await page.getByRole('button', { name: 'Age' }).click()
  expect(await ages()).toEqual((await ages()).toSorted((one, other) => other - one))
  expect(await page.locator('th[aria-sort=descending]').innerText()).toContain('Age')
  await page.context().close()
})

test('no name does anything, not even without the page’s own policy', async () => {
  if (!browser) return
  const page = await open()
  expect(await page.title()).toBe('Long-term access keys: acme')
  expect(await page.locator('img').count()).toBe(0)
  expect(await page.locator('script').count()).toBe(1)
  await page.context().close()
})

test('on paper everything is there in black', async () => {
  if (!browser) return
  const page = await open({ colorScheme: 'dark' })
  await page.emulateMedia({ media: 'print' })
  await page.screenshot({ path: join(pictures, 'keys-audit-print.png'), fullPage: true })
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
  expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)')
  await page.context().close()
})
