/** A role that is named in words, as the credential_process of a sealed profile names it. */

import { expect, test } from 'vitest'
import { run } from '../main.ts'
import { roleCacheFileName } from '../role-credentials/role-cache.ts'
import { createTestMachine } from '../testing/test-machine.ts'

const START_URL = 'https://corp.awsapps.com/start'
const CONFIG = `[sso-session corp]\nsso_start_url = ${START_URL}\nsso_region = us-east-1\n`
const ROLE = { accountId: '111122223333', roleName: 'ReadOnly' }
const WORDS = ['--account-id', ROLE.accountId, '--role-name', ROLE.roleName]

const cached = (accessKeyId: string) =>
  JSON.stringify({
    ProviderType: 'sso',
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: '2026-11-21T09:00:00Z',
    },
  })

const home = (env: Record<string, string> = {}) =>
  createTestMachine({
    env,
    files: {
      '~/.aws/config': CONFIG,
      [`~/.aws/cli/cache/${roleCacheFileName({ ...ROLE, sessionName: 'corp', startUrl: START_URL })}`]:
        cached('ASIASESSION'),
      [`~/.aws/cli/cache/${roleCacheFileName({ ...ROLE, startUrl: START_URL })}`]: cached('ASIALEGACY'),
    },
  })

test('through a sso-session, or through a start URL of its own', async () => {
  for (const [where, key] of [
    [['--sso-session', 'corp'], 'ASIASESSION'],
    [['--sso-start-url', START_URL, '--sso-region', 'us-east-1'], 'ASIALEGACY'],
  ] as const) {
    const machine = home()
    expect(await run(['credentials', ...where, ...WORDS], machine), machine.stderr()).toBe(0)
    expect(JSON.parse(machine.stdout())).toMatchObject({ Version: 1, AccessKeyId: key })
  }
})

test('whatever the environment says: the profile that runs this names the role', async () => {
  const machine = home({ AWS_PROFILE: 'nowhere', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x' })
  expect(await run(['credentials', '--sso-session', 'corp', ...WORDS], machine), machine.stderr()).toBe(0)
  expect(machine.stdout()).toContain('ASIASESSION')
})

test('half a role is refused with what belongs together', async () => {
  for (const words of [
    ['--account-id', '1'],
    ['--sso-session', 'corp'],
    WORDS,
    [...WORDS, '--sso-start-url', START_URL],
  ]) {
    const machine = home()
    expect(await run(['credentials', ...words], machine)).toBe(252)
    expect(machine.stderr()).toContain('--sso-start-url and --sso-region')
  }
})

test('a session that is not configured is refused as configuration', async () => {
  const machine = home()
  expect(await run(['credentials', '--sso-session', 'other', ...WORDS], machine)).toBe(253)
  expect(machine.stderr()).toContain('The specified sso-session does not exist: "other"')
})
