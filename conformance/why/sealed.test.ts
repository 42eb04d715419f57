/** The sealed store: a keychain that lost its entry, one that is locked or gone, a passphrase that nobody says. */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MAYFLY } from '../harness/mayfly.ts'
import { missingSecretService, SecretService } from '../harness/secret-service.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { hasTerminal, runInTerminal } from '../harness/terminal-run.ts'
import { readToken, tokenFile } from '../harness/tokens.ts'
import { faultsOf, type Patient, patientOf, toldOf } from './patient.ts'

let server: ServerProcess
let patient: Patient
beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach(async () => {
  patient = patientOf(server)
  await patient.signIn()
})
afterEach(() => patient.remove())

/** A sealed profile names a helper; where none was put, that is a fault of its own. */
const withoutHelper = (faults: readonly string[]): readonly string[] =>
  faults.filter((each) => each !== 'helper-missing')

describe.skipIf(missingSecretService !== undefined)(`with a Secret Service (${missingSecretService ?? 'here'})`, () => {
  let service: SecretService
  beforeEach(async () => {
    service = await SecretService.start()
    const sealed = await patient.run(['storage', 'sealed'], { env: service.env })
    expect(sealed.status, sealed.stdout + sealed.stderr).toBe(0)
  })
  afterEach(() => service?.stop())

  test('a healthy sealed profile has nothing named', async () => {
    const answer = await patient.ask(['dev'], { env: service.env })
    expect(withoutHelper(answer.causes.map(({ cause }) => cause))).toEqual([])
    expect(answer.checked).toContain('role')
  })

  test('keychain-entry-lost: the next command signs in again', async () => {
    await service.clear()
    const answer = await patient.ask(['dev'], { env: service.env })
    expect(withoutHelper(faultsOf(answer))).toEqual(['keychain-entry-lost'])
    expect(answer.causes.find(({ cause }) => cause === 'keychain-entry-lost')?.next).toMatch(/^mayfly sso login/)
  })

  test('keychain-out-of-reach: locked, and then gone with its session', async () => {
    await service.lock()
    const locked = await patient.ask(['dev'], { env: service.env })
    expect(withoutHelper(faultsOf(locked))).toEqual(['keychain-out-of-reach'])
    expect(toldOf(locked, 'keychain-out-of-reach')).toContain('locked')
    service.end()
    expect(withoutHelper(await patient.faults(['dev'], { env: service.env }))).toEqual(['keychain-out-of-reach'])
  })

  test('token-unsealed: a token in plain text, as the AWS CLI leaves one, is a warning', async () => {
    const move = (mode: 'shared' | 'sealed') => patient.run(['storage', mode], { env: service.env })
    expect((await move('shared')).status).toBe(0)
    const text = patient.home.read(tokenFile()) ?? ''
    expect((await move('sealed')).status).toBe(0)
    patient.home.write(tokenFile(), text)
    const answer = await patient.ask(['dev'], { env: service.env })
    expect(withoutHelper(faultsOf(answer))).toEqual([])
    expect(toldOf(answer, 'token-unsealed')).toContain('mayfly storage sealed')
    expect(JSON.stringify(answer)).not.toContain(readToken(patient.home)?.accessToken)
  })

  test('helper-missing: the program that a sealed profile names', async () => {
    rmSync(join(patient.home.path, '.mayfly/bin'), { recursive: true, force: true })
    const answer = await patient.ask(['dev'], { env: service.env })
    expect(faultsOf(answer)).toEqual(['helper-missing'])
    expect(toldOf(answer, 'helper-missing')).toContain('.mayfly/bin/mayfly-credentials')
  })

  test('profile-not-sealed: a profile that still looks where nothing is', async () => {
    patient.edit([
      /^/,
      '[profile late]\nsso_session = acme\nsso_account_id = 222233334444\nsso_role_name = ReadOnlyAccess\n',
    ])
    const answer = await patient.ask(['late'], { env: service.env })
    expect(faultsOf(answer)).toEqual(['profile-not-sealed'])
    expect(toldOf(answer, 'profile-not-sealed')).toContain('~/.aws/config:2: sso_session')
  })

  test('role-not-granted, session-missing: what to write is an option of the process', async () => {
    patient.edit([/--role-name ReadOnlyAccess/, '--role-name ReadOnlyAcess'])
    const mistyped = await patient.ask(['dev'], { env: service.env })
    expect(withoutHelper(faultsOf(mistyped))).toEqual(['role-not-granted'])
    expect(mistyped.causes.find(({ cause }) => cause === 'role-not-granted')).toMatchObject({
      evidence: expect.arrayContaining([expect.stringMatching(/^~\/\.aws\/config:\d+: --role-name ReadOnlyAcess$/)]),
      next: expect.stringMatching(/^Write --role-name ReadOnlyAccess into ~\/\.aws\/config:\d+$/),
    })
    patient.edit([/--sso-session acme/, '--sso-session acmee'])
    const elsewhere = await patient.ask(['dev'], { env: service.env })
    expect(elsewhere.causes.find(({ cause }) => cause === 'session-missing')?.next).toMatch(
      /^Write --sso-session acme into ~\/\.aws\/config:\d+$/,
    )
  })

  test('storage-unreadable: what says how secrets are kept', async () => {
    patient.home.write('.mayfly/storage.json', '{')
    expect(withoutHelper(await patient.faults(['dev'], { env: service.env }))).toEqual(['storage-unreadable'])
  })
})

test.skipIf(!hasTerminal)('passphrase-needed: nobody is asked for it', async () => {
  const run = await runInTerminal([process.execPath, MAYFLY, 'storage', 'sealed', '--passphrase'], {
    env: patient.home.env(),
    steps: [
      ['passphrase', 'correct horse battery staple\n'],
      ['gain', 'correct horse battery staple\n'],
    ],
  })
  expect(run.status, run.shown).toBe(0)
  const answer = await patient.ask()
  expect(withoutHelper(faultsOf(answer))).toEqual(['passphrase-needed'])
  expect(answer.causes.find(({ cause }) => cause === 'passphrase-needed')?.next).toBe('mayfly storage unlock')
})
