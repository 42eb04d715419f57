/** A browser on "another computer": Chromium behind a proxy that reaches one server, and nobody's 127.0.0.1. */

import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumPath } from '../harness/chromium.ts'

export class ElsewhereBrowser {
  readonly #browser: Browser
  readonly #proxy: Server

  private constructor(browser: Browser, proxy: Server) {
    this.#browser = browser
    this.#proxy = proxy
  }

  /** Only what is asked of `origin` is passed on; any other connection is cut, as to a port where nobody listens. */
  static async start(origin: string): Promise<ElsewhereBrowser> {
    const proxy = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://nowhere.invalid')
      if (url.origin !== origin) return void request.socket.destroy()
      const onward = httpRequest(url, { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      onward.on('error', () => request.socket.destroy())
      request.pipe(onward)
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    const browser = await chromium.launch({
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
      ],
      // Without this loopback addresses would not go through the proxy.
      proxy: { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' },
      ...(chromiumPath ? { executablePath: chromiumPath } : {}),
    })
    return new ElsewhereBrowser(browser, proxy)
  }

  /** Signs in and allows; what the address bar holds where the browser then cannot go on. */
  async signIn(
    url: string,
    { userName, password }: { readonly userName: string; readonly password: string },
  ): Promise<string> {
    const page = await this.#browser.newPage()
    page.setDefaultTimeout(30_000)
    await page.goto(url)
    if ((await page.locator('input[name=password]').count()) > 0) {
      await page.locator('input[name=userName]').fill(userName)
      await page.locator('input[name=password]').fill(password)
      await Promise.all([page.waitForEvent('load'), page.locator('input[name=password]').press('Enter')])
    }
    await page.locator('button[value=allow]').click()
    return findAddress(page)
  }

  async stop(): Promise<void> {
    await this.#browser.close()
    this.#proxy.closeAllConnections()
    await new Promise((resolve) => this.#proxy.close(resolve))
  }
}

/** The address bar keeps the address of a page that could not be loaded; only the history tells it. */
async function findAddress(page: Page): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const address = await readAddress(page).catch(() => '')
    if (address.includes('/oauth/callback')) return address
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the browser never left ${page.url()}`)
}

/** A session of its own each time: the page of an error is another one. */
async function readAddress(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const { currentIndex, entries } = await session.send('Page.getNavigationHistory')
  return entries[currentIndex]?.url ?? ''
}
