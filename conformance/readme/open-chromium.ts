/**
 * What `BROWSER` names while README is followed: gives the terminal back at once, and in the background lets Chromium
 * sign in where the address leads, as a person would. Without Chromium a person without JavaScript does.
 */

import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { type BrowserOrders, visit } from '../harness/browser-person.ts'
import { chromiumPath, launchChromium } from '../harness/chromium.ts'
import { Person } from '../harness/person.ts'

const [url = '', isInBackground] = process.argv.slice(2)

if (isInBackground) {
  const orders = JSON.parse(process.env['MAYFLY_TEST_BROWSER'] ?? '') as BrowserOrders
  const say = (line: string): void => appendFileSync(orders.log, `${line}\n`)
  say(`opened ${url}`)
  await (chromiumPath ? signInWithChromium(orders) : visit(new Person(), url, orders)).then(
    () => say('ended'),
    (error: Error) => say(`failed ${error.message}`),
  )
} else {
  spawn(process.execPath, [import.meta.filename, url, 'in-background'], { detached: true, stdio: 'ignore' }).unref()
}

async function signInWithChromium(orders: BrowserOrders): Promise<void> {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(30_000)
    await page.goto(url)
    await fillInSignIn(page, orders)
    await allow(page)
  } finally {
    await browser.close()
  }
}

async function fillInSignIn(page: Page, { userName, password }: BrowserOrders): Promise<void> {
  await page.locator('input[name=userName]').fill(userName)
  await page.locator('input[name=password]').fill(password)
  await Promise.all([page.waitForEvent('load'), page.locator('input[name=password]').press('Enter')])
}

/** Hands in the code that the device page shows, where it shows one, and presses Allow. */
async function allow(page: Page): Promise<void> {
  const code = page.locator('input[name=user_code]:not([type=hidden])')
  if ((await code.count()) > 0) await Promise.all([page.waitForEvent('load'), code.press('Enter')])
  await Promise.all([page.waitForEvent('load'), page.locator('button[value=allow]').click()])
}
