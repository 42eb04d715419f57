/** What leads AWS's tools astray is found, and told with the place where it stands. */

import { expect, test } from 'vitest'
import { createTestMachine } from '../testing/test-machine.ts'
import { listTraps, type TrapSituation } from './precedence-traps.ts'
import { formatOwnProcess } from './profile-form.ts'
import { loadSharedConfig } from './shared-config.ts'

const role = { sessionName: 'corp', accountId: '111122223333', roleName: 'ReadOnly' }
const PROCESS = formatOwnProcess({ platform: 'linux', home: '/home/alice' }, role)
const SSO = 'sso_session = corp\nsso_account_id = 1\nsso_role_name = R\n'
const KEYS = 'aws_access_key_id = AKIA\naws_secret_access_key = s\n'

async function trapsOf(
  files: Record<string, string>,
  {
    mode = 'sealed',
    env = {},
    ...more
  }: Partial<Pick<TrapSituation, 'mode' | 'env' | 'plainFiles' | 'profileName'>> = {},
): Promise<readonly string[]> {
  const machine = createTestMachine({ files, env })
  const config = await loadSharedConfig(machine)
  const { platform, home } = machine
  return listTraps({ env, platform, home, mode, config, ...more }).map(
    ({ kind, weight, profile }) => `${weight} ${kind}${profile === undefined ? '' : ` ${profile}`}`,
  )
}

test('a sealed profile and a shared one in their own modes are no trap', async () => {
  expect(await trapsOf({ '~/.aws/config': `[profile a]\ncredential_process = ${PROCESS}\nregion = x\n` })).toEqual([])
  expect(await trapsOf({ '~/.aws/config': `[profile a]\n${SSO}` }, { mode: 'shared' })).toEqual([])
  expect(await trapsOf({ '~/.aws/config': `[profile a]\ncredential_process = /opt/x\n` })).toEqual([])
  expect(await trapsOf({ '~/.aws/credentials': `[a]\n${KEYS}` })).toEqual([])
})

test('any sso_* key beside a credential_process makes SDKs pass the process over', async () => {
  for (const key of ['sso_session', 'sso_region', 'sso_start_url', 'sso_account_id']) {
    const config = `[profile a]\n${key} = x\ncredential_process = ${PROCESS}\n`
    expect(await trapsOf({ '~/.aws/config': config }, { mode: 'shared' })).toEqual(['wrong sso-beside-process a'])
  }
})

test('long-term keys that shadow a sign-in are found in either file', async () => {
  const files = {
    '~/.aws/config': `[profile a]\ncredential_process = ${PROCESS}\n`,
    '~/.aws/credentials': `[a]\n${KEYS}`,
  }
  expect(await trapsOf(files)).toEqual(['wrong keys-in-credentials-file a'])
  expect(await trapsOf({ '~/.aws/config': `[profile a]\n${SSO}${KEYS}` }, { mode: 'shared' })).toEqual([
    'wrong keys-in-profile a',
  ])
})

test('the environment can lead away from every profile', async () => {
  const env = { AWS_ACCESS_KEY_ID: 'x', AWS_WEB_IDENTITY_TOKEN_FILE: 'y', AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: 'b' }
  expect(await trapsOf({}, { env })).toEqual([
    'wrong keys-in-environment',
    'wrong web-identity-in-environment',
    'wrong two-profiles-in-environment',
    'wrong profile-missing',
  ])
  const elsewhere = { AWS_CONFIG_FILE: '/etc/aws', AWS_SHARED_CREDENTIALS_FILE: '' }
  expect(await trapsOf({}, { env: elsewhere })).toEqual([
    'note config-file-elsewhere',
    'note credentials-file-elsewhere',
  ])
})

test('in sealed mode a profile of the shared form finds no token, and plain files are named', async () => {
  const config = { '~/.aws/config': `[profile a]\n${SSO}` }
  expect(await trapsOf(config, { plainFiles: ['/p'] })).toEqual(['wrong unsealed-profile a', 'exposed plain-text-file'])
  expect(await trapsOf(config, { mode: 'shared', plainFiles: ['/p'] })).toEqual([])
})

test('a process of ours that runs something else than the helper is named', async () => {
  const config = `[profile a]\ncredential_process = mayfly credentials --sso-session corp --account-id 1 --role-name R\n`
  expect(await trapsOf({ '~/.aws/config': config })).toEqual(['note helper-elsewhere a'])
})

test('one profile can be asked about alone', async () => {
  const config = { '~/.aws/config': `[profile a]\n${SSO}[profile b]\n${SSO}` }
  expect(await trapsOf(config, { profileName: 'b' })).toEqual(['wrong unsealed-profile b'])
})
