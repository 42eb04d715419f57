/** An empty home folder for a client, with no more in its environment than a person's shell would need. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { BrowserOrders } from './browser-person.ts'
import { root } from './root.ts'

export interface HomeProfile {
  readonly name: string
  readonly accountId: string
  readonly roleName: string
}

export class Home {
  readonly path = mkdtempSync(join(tmpdir(), 'mayfly-home-'))

  /** PATH without the repository's own commands; HOME; no agent unless a test wants one (MAYFLY_AGENT: 'allow'). */
  env(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
    return { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: this.path, LANG: 'C.UTF-8', MAYFLY_AGENT: 'never', ...extra }
  }

  /** The variables with which a client's browser is a person who follows `orders`; its log lies in this home. */
  browser(orders: Partial<Omit<BrowserOrders, 'log'>> = {}): Record<string, string> {
    const whole: BrowserOrders = {
      log: this.browserLog,
      userName: 'alice',
      password: 'mayfly-example',
      decision: 'allow',
      ...orders,
    }
    return {
      // A browser that gives the terminal back at once, as every real one does.
      BROWSER: `${process.execPath} ${join(root, 'conformance/harness/open-browser.ts')} %s`,
      MAYFLY_TEST_BROWSER: JSON.stringify(whole),
    }
  }

  get browserLog(): string {
    return join(this.path, 'browser.log')
  }

  /** The addresses that a browser was asked to open. */
  opened(): string[] {
    return (this.read('browser.log') ?? '')
      .split('\n')
      .filter((line) => line.startsWith('opened '))
      .map((line) => line.slice('opened '.length))
  }

  write(name: string, text: string, mode = 0o600): void {
    mkdirSync(join(this.path, name, '..'), { recursive: true })
    writeFileSync(join(this.path, name), text, { mode })
  }

  read(name: string): string | undefined {
    try {
      return readFileSync(join(this.path, name), 'utf8')
    } catch {
      return undefined
    }
  }

  /** Every file below `folder`, relative to the home, sorted. */
  files(folder = '.'): string[] {
    const top = join(this.path, folder)
    try {
      return readdirSync(top, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(this.path, join(entry.parentPath, entry.name)))
        .sort()
    } catch {
      return []
    }
  }

  /** Writes `~/.aws/config` with one sso-session and these profiles. */
  writeConfig(startUrl: string, profiles: readonly HomeProfile[], session = 'acme'): void {
    const sections = profiles.map(
      ({ name, accountId, roleName }) =>
        `[profile ${name}]\nsso_session = ${session}\nsso_account_id = ${accountId}\nsso_role_name = ${roleName}\nregion = us-east-1\n`,
    )
    this.write(
      '.aws/config',
      `${sections.join('')}[sso-session ${session}]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`,
    )
  }

  remove(): void {
    // A program that was just killed may still be writing.
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 })
  }
}
