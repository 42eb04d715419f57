/** Signing in under attack: links, codes and guesses raced, replayed and spread over names and addresses. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseBase32, stepAt, totpAt } from '../../packages/identity-center/src/sign-in/totp.ts'
import { operate } from '../harness/operator.ts'
import type { Page } from '../harness/person.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { ask, Person } from './attacker.ts'

const PASSWORD = 'Correct-horse-7-battery'
const AT_ONCE = 12

let server: ServerProcess
let origin: string
let seed: Uint8Array
const recoveryCodes: string[] = []

const race = <T>(task: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, index) => task(index)))
const isSignedIn = (person: Person): boolean => person.cookies(origin).has('mayfly-session')
/** The code of the step after the present one is good too, and no earlier test has used it. */
const codeAt = (steps = 0): string => totpAt(seed, stepAt(new Date()) + steps)

beforeAll(async () => {
  server = await ServerProcess.start({ args: ['--trust-proxy', '127.0.0.1'] })
  origin = server.origin
})
afterAll(() => server.stop())

test('of twelve who follow the one-time link at once one becomes the administrator', async () => {
  const link = /(http\S+\/link\/\S+)/.exec(server.output)?.[1]?.replace('localhost', '127.0.0.1') ?? ''
  const people = Array.from({ length: AT_ONCE }, () => new Person())
  const forms = await Promise.all(people.map((person) => person.open(link)))
  const answers = await race((index) => {
    const [person, form] = [people[index], forms[index]]
    if (!person || !form) throw new Error('no form')
    return person.submit(form, {
      userName: index === 0 ? 'admin' : `admin${index}`,
      givenName: 'Ada',
      familyName: 'First',
      email: 'ada@acme.example',
      newPassword: PASSWORD,
      newPasswordAgain: PASSWORD,
    })
  })
  const won = answers.findIndex(({ html }) => html.includes('Set up your second factor'))
  expect(answers.filter(({ html }) => html.includes('Set up your second factor'))).toHaveLength(1)
  expect((await ask(origin, new URL(link).pathname)).status).toBe(404)
  // One password alone registers one app, however often its form is sent at once.
  const enrolment = answers[won] as Page
  seed = parseBase32(/class="secret">([A-Z2-7 ]+)</.exec(enrolment.html)?.[1] ?? '') ?? new Uint8Array()
  const person = people[won] as Person
  const registered = await race(() => person.submit(enrolment, { code: codeAt(-1), name: '' }))
  const shown = registered.filter(({ html }) => html.includes('Keep your recovery codes'))
  expect(shown).toHaveLength(1)
  recoveryCodes.push(...[...(shown[0]?.html ?? '').matchAll(/<li>([0-9A-Z-]{17})<\/li>/g)].map(([, code = '']) => code))
  expect(recoveryCodes).toHaveLength(10)
  userName = won === 0 ? 'admin' : `admin${won}`
})
let userName = ''

/** A browser in which the password was right, before its second step. */
async function pending(): Promise<{ person: Person; page: Page }> {
  const person = new Person()
  const page = await person.submit(await person.open(`${origin}/sign-in`), { userName, password: PASSWORD })
  expect(isSignedIn(person)).toBe(false)
  return { person, page }
}

test('the password alone opens nothing, and no other page skips the second step', async () => {
  const { person } = await pending()
  for (const path of ['/start', '/portal/me', '/device', '/authorize', '/sign-in/mfa/register', '/sign-in']) {
    await person.open(origin + path)
    expect(isSignedIn(person)).toBe(false)
  }
  const cookie = [...person.cookies(origin)].map(([name, value]) => `${name}=${value}`).join('; ')
  expect((await ask(origin, '/portal/me', { headers: { cookie } })).status).toBe(401)
  expect((await ask(origin, '/sign-in/mfa/register', { headers: { cookie } })).headers['location']).toContain(
    '/sign-in',
  )
})

test('of twelve who show one code of the app at once one is let in, and the code is worth nothing later', async () => {
  const visits = await Promise.all(Array.from({ length: 4 }, pending))
  const code = codeAt()
  const answers = await race(async (index) => {
    const visit = visits[index % visits.length]
    if (!visit) throw new Error('no visit')
    return visit.person.submit(visit.page, { code })
  })
  expect(answers.length).toBe(AT_ONCE)
  expect(visits.filter(({ person }) => isSignedIn(person))).toHaveLength(1)
  const late = await pending()
  await late.person.submit(late.page, { code: ` ${code.slice(0, 3)} ${code.slice(3)} ` })
  expect(isSignedIn(late.person)).toBe(false)
})

test('whoever sends many codes at once has five of them looked at, and the sign-in ends', async () => {
  expect((await operate(server, 'users', 'unlock', userName)).status).toBe(0)
  const { person, page } = await pending()
  const answers = await race((index) => person.submit(page, { code: String(100_000 + index) }))
  const looked = answers.filter(({ html }) => html.includes('That code is not right'))
  expect(looked.length).toBeLessThanOrEqual(5)
  expect(answers.every(({ status }) => status === 403 || status === 429)).toBe(true)
  expect(isSignedIn(person)).toBe(false)
})

test('addresses that a client makes up before its own do not make it another', async () => {
  const attempt = async (forwarded: string): Promise<number> => {
    const person = new Person({ headers: { 'x-forwarded-for': forwarded } })
    const page = await person.open(`${origin}/sign-in`)
    return (await person.submit(page, { userName: `nobody-${forwarded}`, password: 'x' })).status
  }
  const statuses: number[] = []
  for (let index = 0; index < 34; index += 1) statuses.push(await attempt(`198.51.100.${index}, 203.0.113.9`))
  expect(statuses.slice(31)).toEqual([429, 429, 429])
  // A network of one subscriber has 2^64 addresses; they count as one.
  const six: number[] = []
  for (let index = 0; index < 34; index += 1) six.push(await attempt(`2001:db8:1:2:${index}::1`))
  expect(six.slice(31)).toEqual([429, 429, 429])
  expect(await attempt('2001:db8:1:3::1')).toBe(403)
  expect(await attempt('198.51.100.7')).toBe(403)
})

test('of twelve who show one recovery code at once one is let in', async () => {
  const [code = ''] = recoveryCodes
  // The guesses above have earned a pause, which the operator ends.
  expect((await operate(server, 'users', 'unlock', userName)).status).toBe(0)
  const visits = await Promise.all(Array.from({ length: 2 }, pending))
  expect(visits.filter(({ person }) => isSignedIn(person))).toHaveLength(0)
  await race(async (index) => {
    const visit = visits[index % visits.length]
    if (!visit) throw new Error('no visit')
    const page = await visit.person.open(`${origin}/sign-in/mfa?with=recovery-code`)
    return page.html.includes('recovery') ? visit.person.submit(page, { code }) : page
  })
  expect(visits.filter(({ person }) => isSignedIn(person))).toHaveLength(1)
})
