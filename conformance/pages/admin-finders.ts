/** What a person does on a page of the admin console: finds things by their names, walks by Tab, chooses from menus. */

import type { Visitor } from './portal-browser.ts'

/** More than any page has. */
const MOST_STOPS = 150

export function finders(visitor: () => Visitor) {
  const page = () => visitor().page
  const button = (name: string | RegExp) => page().getByRole('button', { name, exact: true })
  return {
    button,
    dialog: () => page().getByRole('dialog'),
    field: (name: string) => page().getByLabel(name, { exact: true }),
    heading: (name: string) => page().getByRole('heading', { name, exact: true, level: 1 }),
    link: (name: string | RegExp) => page().getByRole('link', { name, exact: true }),
    option: (name: string | RegExp) => page().getByRole('option', { name }),
    tab: (name: string) => page().getByRole('tab', { name, exact: true }),
    text: (words: string | RegExp) => page().getByText(words).first(),

    /** Opens a menu and chooses from it. */
    async choose(menu: string | RegExp, item: string | RegExp): Promise<void> {
      await button(menu).click()
      await page().locator('[role=menuitem], [role=menuitemcheckbox]').filter({ hasText: item }).first().click()
    },

    /** Presses Tab until what is called so has the focus. */
    async tabTo(name: string): Promise<void> {
      const seen: string[] = []
      for (let presses = 0; presses < MOST_STOPS; presses++) {
        await page().keyboard.press('Tab')
        const focused = await page().evaluate(() => {
          const element = document.activeElement as HTMLInputElement | null
          const label = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent
          return label ?? element?.textContent ?? ''
        })
        if (focused.trim() === name) return
        seen.push(focused.trim())
      }
      throw new Error(`the keyboard does not reach ${name}, but: ${[...new Set(seen)].join(' | ')}`)
    },
  }
}
