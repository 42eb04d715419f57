/** What `mayfly storage check` says is why it ends as it does. */

import { expect, test } from 'vitest'
import { run } from '../main.ts'
import { createTestKeychain } from '../testing/test-keychain.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { moveToSealed } from './storage/move.ts'

const CONFIG =
  '[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = R\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n'
const TOKEN = '/home/alice/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json'

test('a token that another tool wrote in plain text since is named by the check', async () => {
  const machine = createTestMachine({ keychain: createTestKeychain(), files: { '~/.aws/config': CONFIG } })
  await moveToSealed(machine)
  expect(await run(['storage', 'check'], machine)).toBe(0)
  expect(machine.stdout()).toBe('Nothing stands in the way.\n')
  await machine.files.write(TOKEN, '{"accessToken":"t","expiresAt":"2026-01-01T00:00:00Z"}')
  expect(await run(['storage', 'check'], machine)).toBe(255)
  expect(machine.stdout()).toContain(
    '1 file in plain text came since (aws sso login leaves such), read by nobody. To\ntake them in: mayfly storage sealed\n',
  )
})
