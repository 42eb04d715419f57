/** The endpoint of a sealed home: what it serves passes through memory alone. */

import { expect, test } from 'vitest'
import { missingSecretService } from '../harness/secret-service.ts'
import { SealedHome } from '../sealed/sealed-home.ts'
import { ask, startServing } from './served.ts'

test('sealed, served and refused, no issued secret is in a file, a process or a line of serve', async (context) => {
  context.skip(missingSecretService !== undefined, missingSecretService)
  const sealed = await SealedHome.open({ keychain: true })
  context.onTestFinished(() => sealed.close())
  expect((await sealed.mayfly('storage sealed')).status).toBe(0)
  expect((await sealed.mayfly('login --profile dev')).status).toBe(0)
  const files = ['--write-env', '~/{client}.env', '--token-file', '~/{client}.token']
  const served = await startServing(['dev', 'prod', ...files], { env: sealed.home.env(sealed.env()) })
  context.onTestFinished(async () => void (await served.stop()))
  const keys: string[] = []
  for (const { url, token } of served.clients) {
    const { status, body } = await ask(url, { authorization: token })
    expect(status, body).toBe(200)
    keys.push((JSON.parse(body) as { SecretAccessKey: string }).SecretAccessKey)
    expect((await ask(url, { authorization: 'wrong' })).status).toBe(401)
  }
  expect(new Set(keys).size).toBe(2)
  sealed.hunt.heard('mayfly serve', { status: 0, signal: undefined, stdout: '', stderr: served.said() })
  // The hunt knows what was served, so that finding nothing means something.
  for (const key of keys) expect([...sealed.hunt.secrets().keys()]).toContain(key)
  expect(sealed.search()).toEqual([])
  sealed.home.write('planted', keys[0] ?? '')
  expect(sealed.search()).not.toEqual([])
})
