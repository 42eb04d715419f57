/** A real browser on the portal: it records what the policy refused, and looks at each page in every appearance. */

import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { axe, launchChromium, makePictureFolder } from '../harness/chromium.ts'

const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 390, height: 844 }

export class PortalBrowser {
  /** Where the pictures are. */
  readonly pictures: string
  readonly #browser: Browser

  private constructor(browser: Browser) {
    this.#browser = browser
    this.pictures = makePictureFolder()
  }

  static async launch(): Promise<PortalBrowser> {
    return new PortalBrowser(await launchChromium())
  }

  /** A browser profile of its own, with no session in it. */
  async visitor(origin: string): Promise<Visitor> {
    const context = await this.#browser.newContext({
      viewport: WIDE,
      colorScheme: 'light',
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    return new Visitor(await context.newPage(), context, origin, this.pictures)
  }

  close(): Promise<void> {
    return this.#browser.close()
  }
}

export class Visitor {
  /** What the content security policy refused, Trusted Types included, and what broke in a page. */
  readonly violations: string[] = []
  readonly page: Page
  readonly #context: BrowserContext
  readonly #origin: string
  readonly #pictures: string

  constructor(page: Page, context: BrowserContext, origin: string, pictures: string) {
    this.page = page
    this.#context = context
    this.#origin = origin
    this.#pictures = pictures
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => this.violations.push(`error: ${error.message}`))
    page.on('console', (message) => {
      if (/content security policy|trusted ?(type|html|script)/i.test(message.text()))
        this.violations.push(message.text())
    })
  }

  /** Opens the portal at a fragment such as `#/sessions`, signing in on the way when it is asked to. */
  async open(fragment: string, { userName, password }: { userName: string; password: string }): Promise<void> {
    // A change of the fragment alone loads nothing.
    await this.page.goto('about:blank')
    await this.page.goto(`${this.#origin}/start${fragment}`)
    const heading = this.page.locator('h1')
    await heading.first().waitFor()
    if (new URL(this.page.url()).pathname === '/start') return
    await this.signIn(userName, password)
  }

  /** Fills in the sign-in page that is shown. */
  async signIn(userName: string, password: string): Promise<void> {
    await this.page.locator('input[name=userName]').fill(userName)
    await this.page.locator('input[name=password]').fill(password)
    await this.page.locator('input[name=password]').press('Enter')
    await this.page.waitForURL(`${this.#origin}/start**`)
  }

  /** What was copied last. */
  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  /** Takes pictures of the page in light, dark and narrow; answers what axe finds serious in any of them. */
  async look(name: string): Promise<string[]> {
    const found: string[] = []
    for (const [appearance, size, colorScheme] of [
      ['light', WIDE, 'light'],
      ['dark', WIDE, 'dark'],
      ['narrow', NARROW, 'light'],
    ] as const) {
      await this.page.setViewportSize(size)
      await this.page.emulateMedia({ colorScheme })
      await this.page.evaluate(() => scrollTo(0, 0))
      await this.page.waitForTimeout(150)
      await this.page.screenshot({ path: join(this.#pictures, `${name}-${appearance}.png`), fullPage: true })
      for (const violation of await this.#axe()) found.push(`${name}, ${appearance}: ${violation}`)
    }
    await this.page.setViewportSize(WIDE)
    await this.page.emulateMedia({ colorScheme: 'light' })
    return found
  }

  close(): Promise<void> {
    return this.#context.close()
  }

  /** Evaluated through the debugger: the page's own policy would not let axe in. */
  async #axe(): Promise<string[]> {
    const debug = await this.#context.newCDPSession(this.page)
    const { result } = await debug.send('Runtime.evaluate', {
      expression: `${axe}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(
        violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html.slice(0, 160)).join(' '))))`,
      awaitPromise: true,
      returnByValue: true,
    })
    await debug.detach()
    return JSON.parse(String(result.value)) as string[]
  }
}
