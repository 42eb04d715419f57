/** A real browser on the plain pages: without JavaScript as a person may have it, or with it so that axe can look. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { axe, launchChromium, makePictureFolder } from '../harness/chromium.ts'

const WIDE = { width: 1100, height: 860 }
const NARROW = { width: 360, height: 740 }

/** The most that a page may weigh, its stylesheet and pictures included. */
export const HEAVIEST_PAGE = 30_000

export class PlainBrowser {
  readonly pictures: string
  readonly #browser: Browser

  private constructor(browser: Browser) {
    this.#browser = browser
    this.pictures = makePictureFolder()
  }

  static async launch(): Promise<PlainBrowser> {
    return new PlainBrowser(await launchChromium())
  }

  /** A profile of its own. Without JavaScript it takes pictures; with it, axe looks at each page instead. */
  async visitor(javaScriptEnabled: boolean): Promise<PlainVisitor> {
    const context = await this.#browser.newContext({
      javaScriptEnabled,
      viewport: WIDE,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    })
    return new PlainVisitor(await context.newPage(), context, javaScriptEnabled, this.pictures)
  }

  close(): Promise<void> {
    return this.#browser.close()
  }
}

export class PlainVisitor {
  /** What the content security policy refused, what broke, and what axe objects to. */
  readonly faults: string[] = []
  readonly page: Page
  readonly #context: BrowserContext
  readonly #javaScript: boolean
  readonly #pictures: string
  #weight = 0

  constructor(page: Page, context: BrowserContext, javaScript: boolean, pictures: string) {
    this.page = page
    this.#context = context
    this.#javaScript = javaScript
    this.#pictures = pictures
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => this.faults.push(`error: ${error.message}`))
    page.on('console', (message) => {
      if (/content security policy|refused to/i.test(message.text())) this.faults.push(message.text())
    })
    page.on('requestfinished', async (request) => {
      const { responseBodySize } = await request.sizes().catch(() => ({ responseBodySize: 0 }))
      this.#weight += responseBodySize
    })
  }

  field(name: string) {
    return this.page.locator(`input[name="${name}"]`)
  }

  /** Presses the button of that name and waits for the page after it. */
  async press(name: string): Promise<void> {
    await Promise.all([
      this.page.waitForEvent('framenavigated'),
      this.page.getByRole('button', { name, exact: true }).click(),
    ])
    await this.page.waitForLoadState('load')
  }

  async open(url: string): Promise<void> {
    this.#weight = 0
    await this.page.goto(url)
  }

  heading(): Promise<string> {
    return this.page.locator('h1').innerText()
  }

  async signIn(userName: string, password: string): Promise<void> {
    await this.field('userName').fill(userName)
    await this.field('password').fill(password)
    await this.press('Sign in')
  }

  /** Pictures in light, dark and narrow, or what axe finds in each of them; and nothing that hangs over the edge. */
  async look(name: string): Promise<void> {
    for (const [appearance, size, colorScheme] of [
      ['light', WIDE, 'light'],
      ['dark', WIDE, 'dark'],
      ['narrow', NARROW, 'light'],
    ] as const) {
      await this.page.setViewportSize(size)
      await this.page.emulateMedia({ colorScheme })
      if (this.#javaScript) await this.#judge(`${name}, ${appearance}`)
      else await this.page.screenshot({ path: join(this.#pictures, `${name}-${appearance}.png`), fullPage: true })
    }
    await this.page.setViewportSize(WIDE)
    await this.page.emulateMedia({ colorScheme: 'light' })
    const weight = Buffer.byteLength(await this.page.content())
    if (weight > HEAVIEST_PAGE) this.faults.push(`${name} weighs ${weight} bytes`)
  }

  close(): Promise<void> {
    return this.#context.close()
  }

  /** Evaluated through the debugger: the page's own policy would not let axe in. */
  async #judge(where: string): Promise<void> {
    const debug = await this.#context.newCDPSession(this.page)
    const { result } = await debug.send('Runtime.evaluate', {
      expression: `${axe}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(
        violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html.slice(0, 160)).join(' '))
          .concat(document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : [])))`,
      awaitPromise: true,
      returnByValue: true,
    })
    await debug.detach()
    for (const found of JSON.parse(String(result.value)) as string[]) this.faults.push(`${where}: ${found}`)
  }
}

/** A client's listener on a loopback address, as the AWS CLI has one: it keeps the addresses that browsers came to. */
export class LoopbackListener {
  readonly came: URL[] = []
  readonly #server: Server
  readonly #host: string

  private constructor(server: Server, host: string) {
    this.#server = server
    this.#host = host
  }

  static start(host: '127.0.0.1' | '[::1]' | 'localhost'): Promise<LoopbackListener> {
    const server = createServer()
    const listener = new LoopbackListener(server, host)
    server.on('request', (request, response) => {
      listener.came.push(new URL(request.url ?? '/', 'http://client'))
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><title>Client</title><h1>Back at the client</h1>')
    })
    return new Promise((resolve, reject) => {
      server.on('error', reject)
      server.listen(0, host.replace(/[[\]]/g, ''), () => resolve(listener))
    })
  }

  get redirectUri(): string {
    return `http://${this.#host}:${(this.#server.address() as AddressInfo).port}/oauth/callback`
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
