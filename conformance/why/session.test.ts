/** Sessions that ended, one way or the other, and roles that are not the person's, at the running server. */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { alice, DEVELOPMENT, INSTANCE_ARN, PRODUCTION } from '../harness/example.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { alter, operate } from '../harness/operator.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { type SignedCall, signedCall, timeUntil } from '../harness/signed-call.ts'
import { makeTokenExpireIn, readToken, tokenFile } from '../harness/tokens.ts'
import { ask } from '../refusals/wire-client.ts'
import { faultsOf, Patient, toldOf } from './patient.ts'

let server: ServerProcess
let patient: Patient
beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach(() => {
  patient = new Patient(server.startUrl, [
    { name: 'typo', accountId: DEVELOPMENT, roleName: 'ReadonlyAcess' },
    { name: 'slip', accountId: '222233334445', roleName: 'ReadOnlyAccess' },
    { name: 'stranger', accountId: '999988887777', roleName: 'Whatever' },
  ])
})
afterEach(() => {
  patient.remove()
  alter(server, "update users set status = 'ENABLED'")
})

const logout = (accessToken: string | undefined) =>
  ask(`${server.origin}/logout`, { method: 'POST', headers: { 'x-amz-sso_bearer_token': accessToken ?? '' } })

const changeToken = (changes: Readonly<Record<string, unknown>>): void =>
  patient.home.write(tokenFile(), JSON.stringify({ ...readToken(patient.home), ...changes }))

describe('the session', () => {
  test('signed-out', async () => {
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['signed-out'])
    expect(answer.causes[0]?.next).toBe('mayfly sso login --sso-session acme')
  })

  test('session-expired: without a refresh token', async () => {
    await patient.signIn()
    changeToken({ refreshToken: undefined, expiresAt: '2026-01-01T00:00:00Z' })
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['session-expired'])
    expect(toldOf(answer, 'session-expired')).toContain('The access token ended 2026-01-01T00:00:00Z')
  })

  test('registration-expired: the refresh token is there, the client registration is over', async () => {
    await patient.signIn()
    changeToken({ expiresAt: '2026-01-02T00:00:00Z', registrationExpiresAt: '2026-01-03T00:00:00Z' })
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['registration-expired'])
    expect(toldOf(answer, 'registration-expired')).toContain('2026-01-03T00:00:00Z')
  })

  test('refresh-refused: in the words of the server', async () => {
    await patient.signIn()
    await logout(readToken(patient.home)?.accessToken)
    makeTokenExpireIn(patient.home, -60)
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['refresh-refused'])
    expect(toldOf(answer, 'refresh-refused')).toMatch(/The server said: \w+Exception/)
  })

  test('a session that can be refreshed is, as any tool would do, and then nothing is wrong', async () => {
    await patient.signIn()
    makeTokenExpireIn(patient.home, -60)
    const former = readToken(patient.home)?.accessToken
    const run = await patient.run(['why', 'dev'])
    expect([run.status, run.stdout]).toEqual([0, expect.stringContaining('refreshed, ')])
    expect(readToken(patient.home)?.accessToken).not.toBe(former)
    expect(await patient.faults()).toEqual([])
  })

  test('session-ended: signed out elsewhere', async () => {
    await patient.signIn()
    await logout(readToken(patient.home)?.accessToken)
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['session-ended'])
    expect(toldOf(answer, 'session-ended')).toContain('UnauthorizedException')
  })

  test('session-ended: the person was disabled at the server', async () => {
    await patient.signIn()
    await operate(server, 'users', 'disable', 'bob')
    expect(await patient.faults()).toEqual(['session-ended'])
  })

  test('wrong-region: a token of another region is a warning, and the cause once the portal refuses it', async () => {
    await patient.signIn()
    patient.edit(['sso_region = us-east-1', 'sso_region = eu-west-1'])
    const good = await patient.ask()
    expect([good.verdict, good.causes.map(({ cause }) => cause)]).toEqual(['healthy', ['wrong-region']])
    await logout(readToken(patient.home)?.accessToken)
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['wrong-region', 'session-ended'])
    expect(toldOf(answer, 'wrong-region')).toMatch(/us-east-1[\s\S]*eu-west-1/)
  })
})

/** Calls as alice, the administrator of the example. */
async function signInAlice(): Promise<SignedCall> {
  const office = new Patient(server.startUrl)
  try {
    office.edit([DEVELOPMENT, '111122223333'], ['ReadOnlyAccess', 'AdministratorAccess'])
    await office.signIn({ browser: alice })
    const { stdout } = await runMayfly(office.home, ['credentials', '--profile', 'dev'])
    const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(stdout)
    return signedCall(server.origin, {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    })
  } finally {
    office.remove()
  }
}

/** The assignment of a permission set to the group of developers, as the API names it. */
async function findAssignment(call: SignedCall, roleName: string, accountId: string) {
  const sets = await call('sso-admin', 'ListPermissionSets', { InstanceArn: INSTANCE_ARN })
  for (const PermissionSetArn of sets['PermissionSets'] as string[]) {
    const set = await call('sso-admin', 'DescribePermissionSet', { InstanceArn: INSTANCE_ARN, PermissionSetArn })
    if ((set['PermissionSet'] as { Name: string }).Name !== roleName) continue
    const found = await call('sso-admin', 'ListAccountAssignments', {
      InstanceArn: INSTANCE_ARN,
      AccountId: accountId,
      PermissionSetArn,
    })
    // Of alice's group and bob's: the developers' is the one that reaches production for bob.
    return {
      PermissionSetArn,
      assignments: found['AccountAssignments'] as { PrincipalType: string; PrincipalId: string }[],
    }
  }
  throw new Error(`there is no permission set ${roleName}`)
}

describe('the role', () => {
  beforeEach(() => patient.signIn())

  test('role-not-granted: mistyped, with the nearest and the line to change', async () => {
    const answer = await patient.ask(['typo'])
    expect(faultsOf(answer)).toEqual(['role-not-granted'])
    expect(answer.nearest).toEqual({
      accountId: DEVELOPMENT,
      accountName: 'Acme Development',
      roleName: 'ReadOnlyAccess',
    })
    expect(answer.causes[0]?.next).toBe('Write sso_role_name = ReadOnlyAccess into ~/.aws/config:9')
    expect(toldOf(answer, 'role-not-granted')).toContain('ForbiddenException: No access')
  })

  test('account-not-assigned: one digit off, and one that is like none', async () => {
    const answer = await patient.ask(['slip'])
    expect(faultsOf(answer)).toEqual(['account-not-assigned'])
    expect(answer.nearest).toMatchObject({ accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' })
    const stranger = await patient.ask(['stranger'])
    expect([faultsOf(stranger), stranger.nearest]).toEqual([['account-not-assigned'], null])
    expect(toldOf(stranger, 'account-not-assigned')).toContain('You have 4 other accounts.')
  })

  test('the assignment is withdrawn through the API: role-not-granted, or account-not-assigned when it was the last', async () => {
    const call = await signInAlice()
    const withdraw = async (roleName: string, accountId: string): Promise<() => Promise<unknown>> => {
      const { PermissionSetArn, assignments } = await findAssignment(call, roleName, accountId)
      const made = assignments.map(({ PrincipalType, PrincipalId }) => ({
        InstanceArn: INSTANCE_ARN,
        TargetId: accountId,
        TargetType: 'AWS_ACCOUNT',
        PermissionSetArn,
        PrincipalType,
        PrincipalId,
      }))
      for (const each of made) await call('sso-admin', 'DeleteAccountAssignment', each)
      return () => Promise.all(made.map((each) => call('sso-admin', 'CreateAccountAssignment', each)))
    }
    expect(await patient.faults()).toEqual([])
    const giveBack = await withdraw('ReadOnlyAccess', DEVELOPMENT)
    try {
      await timeUntil(async () => (await patient.run(['why', 'dev'])).status === 1)
      const answer = await patient.ask()
      expect(faultsOf(answer)).toEqual(['role-not-granted'])
      expect(toldOf(answer, 'role-not-granted')).toContain('You have there: PowerUserAccess')
      rmSync(join(patient.home.path, '.aws/cli'), { recursive: true, force: true })
      const who = await patient.run(['whoami', '--profile', 'dev'])
      expect(who.stderr).toContain('The account or the role is not assigned to you: mayfly why dev')
    } finally {
      await giveBack()
    }
    patient.edit([DEVELOPMENT, PRODUCTION])
    expect(await patient.faults()).toEqual([])
    const giveProduction = await withdraw('ReadOnlyAccess', PRODUCTION)
    try {
      await timeUntil(async () => (await patient.run(['why', 'dev'])).status === 1)
      expect(await patient.faults()).toEqual(['account-not-assigned'])
    } finally {
      await giveProduction()
    }
  })

  test('role-credentials-ended: cached ones from before the role was taken away and given back', async () => {
    const call = await signInAlice()
    expect((await patient.run(['credentials', '--profile', 'dev'])).status).toBe(0)
    const { PermissionSetArn, assignments } = await findAssignment(call, 'ReadOnlyAccess', DEVELOPMENT)
    for (const change of ['DeleteAccountAssignment', 'CreateAccountAssignment']) {
      for (const { PrincipalType, PrincipalId } of assignments) {
        const input = { TargetId: DEVELOPMENT, TargetType: 'AWS_ACCOUNT', PermissionSetArn, PrincipalType, PrincipalId }
        await call('sso-admin', change, { InstanceArn: INSTANCE_ARN, ...input })
        await new Promise((resolve) => setTimeout(resolve, 1100))
      }
    }
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['role-credentials-ended'])
    expect(toldOf(answer, 'role-credentials-ended')).toContain('STS said: ')
  })
})
