/** The browser of this machine, the checker that looks at its pages, and the folder for their pictures. */

import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const CHROMIUMS = [
  process.env['MAYFLY_TEST_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Undefined when this machine has none. */
export const chromiumPath = CHROMIUMS.find((path) => path !== '' && existsSync(path))

/** axe-core as a script to add to a page. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// Without these it calls home at every start, and waits where there is no network.
const QUIET = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Starts it without a sandbox, because tests may run as root, where Chromium refuses one. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...QUIET],
    ...(chromiumPath ? { executablePath: chromiumPath } : {}),
  })

/** `MAYFLY_SCREENSHOTS` when somebody wants to look, otherwise a folder of its own. */
export function makePictureFolder(): string {
  const wanted = process.env['MAYFLY_SCREENSHOTS']
  if (!wanted) return mkdtempSync(join(tmpdir(), 'mayfly-pages-'))
  mkdirSync(wanted, { recursive: true })
  return wanted
}
