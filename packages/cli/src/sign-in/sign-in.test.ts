import { seconds } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import type { HttpRequest } from '../machine/http.ts'
import type { Callback } from '../machine/loopback.ts'
import type { Machine } from '../machine/machine.ts'
import { getSsoConfiguration } from '../shared-config/profile.ts'
import { loadSettings } from '../shared-config/settings.ts'
import { createTestMachine, jsonAnswer } from '../testing/test-machine.ts'
import { signIn, signInOnce } from './sign-in.ts'
import { tokenFileName, writeToken } from './token-cache.ts'
import { isExpired } from './token-state.ts'

const CONFIG = `[sso-session corp]
sso_start_url = https://d-1.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
`
const TOKEN_PATH = '~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json'

function answer({ url }: HttpRequest) {
  if (new URL(url).pathname === '/client/register') {
    return jsonAnswer(200, { clientId: 'c', clientSecret: 's', clientSecretExpiresAt: 1_903_000_000 })
  }
  return jsonAnswer(200, { accessToken: 'new', expiresIn: 28_800, refreshToken: 'r' })
}

/** A machine whose browser stands at `comeBack` until the test sends it back. */
async function open(startUrl?: string) {
  const clock = new TestClock('2026-11-21T01:30:00Z')
  const config = startUrl === undefined ? CONFIG : CONFIG.replace('https://d-1.awsapps.com/start', startUrl)
  const memory = createTestMachine({ clock, answer, files: { '~/.aws/config': config } })
  const opened: string[] = []
  const waiting: ((callback: Callback) => void)[] = []
  const machine: Machine = {
    ...memory,
    browser: {
      open: async (url) => {
        opened.push(url)
        return { is: 'opened', by: 'test' }
      },
    },
    loopback: {
      listen: async () => {
        const { promise: callback, resolve } = Promise.withResolvers<Callback>()
        waiting.push(resolve)
        return { redirectUri: 'http://127.0.0.1:1/oauth/callback', callback, close: async () => undefined }
      },
    },
  }
  const settings = await loadSettings(machine, {})
  const sso = getSsoConfiguration(settings.config, { sessionName: 'corp' })
  const once = () => signInOnce(machine, settings, sso, (token) => !isExpired(token, clock.now()), { prints: 'stderr' })
  const comeBack = async (callback: Callback): Promise<void> => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0)
    waiting.shift()?.(callback)
  }
  return { machine, memory, clock, settings, sso, opened, once, comeBack }
}

test('of many that ask at once, one opens a page, and all have its token', async () => {
  const { opened, once, comeBack, memory } = await open()
  const all = Promise.all(Array.from({ length: 20 }, once))
  await comeBack({ answer: 'code', code: 'c1' })
  expect((await all).map(({ accessToken }) => accessToken)).toEqual(Array.from({ length: 20 }, () => 'new'))
  expect(opened).toHaveLength(1)
  expect(memory.stdout()).toBe('')
})

test('when the person says no, nobody who was waiting asks again, and who comes later does', async () => {
  const { opened, once, comeBack, clock } = await open()
  const all = Promise.allSettled([once(), once(), once()])
  await comeBack({ answer: 'error', error: 'access_denied' })
  for (const outcome of await all) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('access_denied') } })
  }
  expect(opened).toHaveLength(1)
  await clock.advance(seconds(1))
  const later = once()
  await comeBack({ answer: 'code', code: 'c2' })
  await expect(later).resolves.toMatchObject({ accessToken: 'new' })
  expect(opened).toHaveLength(2)
})

test('a sign-in elsewhere, by another tool, ends the waiting', async () => {
  const { once, machine, sso, clock, opened } = await open()
  const waiting = once()
  await expect.poll(() => opened.length).toBe(1)
  const expiresAt = new Date('2026-11-21T09:30:00Z')
  await writeToken(machine, sso, { startUrl: sso.startUrl, region: sso.region, accessToken: 'elsewhere', expiresAt })
  await clock.advance(seconds(2))
  await expect(waiting).resolves.toMatchObject({ accessToken: 'elsewhere' })
})

test('what the former session left behind goes before the new token is there', async () => {
  const { machine, memory, settings, sso, comeBack } = await open()
  const seen: (string | undefined)[] = []
  const beforeWriting = async () => void seen.push(memory.text(TOKEN_PATH))
  const signedIn = signIn(machine, settings, sso, { beforeWriting })
  await comeBack({ answer: 'code', code: 'c1' })
  await signedIn
  expect(seen).toEqual([undefined])
  expect(memory.text(TOKEN_PATH)).toContain('"accessToken": "new"')
})

test('the pages of an Identity Center of one’s own lie where its start URL does, also below a prefix', async () => {
  const { machine, settings, sso, opened, comeBack } = await open('http://localhost:7373/sso/start')
  const signedIn = signIn(machine, settings, sso)
  await comeBack({ answer: 'code', code: 'c1' })
  await signedIn
  expect(opened[0]).toMatch(/^http:\/\/localhost:7373\/sso\/authorize\?/)
})

test('--no-browser prints the address and opens nothing', async () => {
  const { machine, memory, settings, sso, opened, comeBack } = await open()
  const signedIn = signIn(machine, settings, sso, { opensBrowser: false })
  await comeBack({ answer: 'code', code: 'c1' })
  await signedIn
  expect(opened).toEqual([])
  expect(memory.stdout()).toMatch(
    /^Browser will not be automatically opened\.\nPlease visit the following URL:\n\nhttps/,
  )
})

test('a refusal noted before the clock was set back is none', async () => {
  const { opened, once, comeBack, machine, sso } = await open()
  const note = JSON.stringify({ refusedAt: '2026-11-22T00:00:00Z', message: 'access_denied' })
  await machine.files.write(`${machine.home}/.mayfly/sign-in/${tokenFileName(sso)}`, note)
  const token = once()
  await comeBack({ answer: 'code', code: 'c' })
  await expect(token).resolves.toMatchObject({ accessToken: 'new' })
  expect(opened).toHaveLength(1)
})

test('nobody is sent to a page while the token could not be kept', async () => {
  const { machine, settings, sso, opened } = await open()
  const readOnly = { ...machine, files: { ...machine.files, isWritable: async () => false } }
  await expect(signIn(readOnly, settings, sso)).rejects.toMatchObject({
    hint: expect.stringContaining('sso/cache cannot be written'),
  })
  expect(opened).toEqual([])
})
