/**
 * What `BROWSER` names in the journeys: a program that is given an address, signs in there as a person would, and
 * allows what is asked. `MAYFLY_TEST_BROWSER` holds its orders as JSON: {"log": file, "userName", "password",
 * "decision": "allow" | "deny" | "ignore", "ca": PEM file}. It writes one line a visit to the log.
 */

import { appendFileSync, readFileSync } from 'node:fs'
import { type Page, Person, textOf } from './person.ts'

export interface BrowserOrders {
  readonly log: string
  readonly userName: string
  readonly password: string
  readonly decision: 'allow' | 'deny' | 'ignore'
  readonly ca?: string
}

/** Signs in on whatever page `url` shows and decides there; the last page it saw. */
export async function visit(person: Person, url: string, orders: Omit<BrowserOrders, 'log' | 'ca'>): Promise<Page> {
  let page = await person.open(url)
  if (page.html.includes('type="password"')) {
    page = await person.submit(page, { userName: orders.userName, password: orders.password }, { action: '/sign-in' })
  }
  if (orders.decision === 'ignore') return page
  // The device page first asks whether the code is the one on the screen, then whether to allow it.
  if (page.html.includes('name="user_code"')) page = await person.submit(page, {}, { action: '/device' })
  for (let turn = 0; turn < 3 && page.html.includes('value="allow"'); turn++) {
    page = await person.submit(page, {}, { button: `decision=${orders.decision}` })
  }
  return page
}

if (import.meta.main) {
  const orders = JSON.parse(process.env['MAYFLY_TEST_BROWSER'] ?? '') as BrowserOrders
  const url = process.argv[2] ?? ''
  appendFileSync(orders.log, `opened ${url}\n`)
  const person = new Person(orders.ca === undefined ? {} : { ca: readFileSync(orders.ca, 'utf8') })
  visit(person, url, orders).then(
    (page) =>
      appendFileSync(orders.log, `ended ${page.status} ${page.url.split('?')[0]} ${textOf(page.html).slice(0, 300)}\n`),
    (error: Error) => appendFileSync(orders.log, `failed ${error.message}\n`),
  )
}
