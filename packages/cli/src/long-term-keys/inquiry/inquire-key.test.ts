/** Somebody else is asked first; the key itself signs where nobody else could say, and that is noted. */

import { createAccessKeyId } from '@mayfly/identity-center/account-access/role-credentials'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import { expect, test } from 'vitest'
import { writeAccessIndex } from '../../account-access/access-index.ts'
import { ConnectionRefusal } from '../../machine/connection.ts'
import { loadSettings } from '../../shared-config/settings.ts'
import { answerIam, type IamAnswer, type IamQuestion, xml } from '../../testing/test-iam.ts'
import { createTestMachine, jsonAnswer, type TestMachine, type TestMachineOptions } from '../../testing/test-machine.ts'
import { HiddenSecret } from '../key/hidden-secret.ts'
import { type InquiryOptions, inquireKey, type KeyQuestion, openInquiry } from './inquire-key.ts'
import { isOwnUse, readOwnUses } from './own-uses.ts'

const ACCOUNT = '222233334444' as Parameters<typeof createAccessKeyId>[0]
const KEY = createAccessKeyId(ACCOUNT, new TestRandom(), 'AKIA')
const SECRET = new HiddenSecret(`${'s'.repeat(36)}Tail`)
const NOW = '2026-11-21T01:30:00Z'
const ARN = `arn:aws:iam::${ACCOUNT}:user/team/deploy`
const TOKEN = {
  startUrl: 'https://acme.awsapps.com/start',
  region: 'eu-west-1',
  accessToken: 'token',
  expiresAt: '2026-11-21T09:00:00Z',
}

const CONFIG = `[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
`

async function createMachine(ask: (question: IamQuestion) => IamAnswer, options: TestMachineOptions = {}) {
  const asked: IamQuestion[] = []
  const machine = createTestMachine({
    now: NOW,
    answer: answerIam(
      (question) => {
        asked.push(question)
        return ask(question)
      },
      ({ url }) =>
        url.includes('/federation/credentials')
          ? jsonAnswer(200, {
              roleCredentials: {
                accessKeyId: `ASIA${new URL(url).searchParams.get('role_name')}`,
                secretAccessKey: 'x',
                sessionToken: 'y',
                expiration: Date.parse('2026-11-21T03:00:00Z'),
              },
            })
          : jsonAnswer(403, {}, 'ForbiddenException'),
    ),
    ...options,
    files: { '~/.aws/config': CONFIG, ...options.files },
  })
  return { machine, asked }
}

/** Somebody is signed in, and reaches the account with these roles. */
async function signIn(machine: TestMachine, roles: readonly string[]): Promise<void> {
  const { tokenFileName } = await import('../../sign-in/token-cache.ts')
  const sso = { sessionName: 'acme', startUrl: TOKEN.startUrl, region: TOKEN.region }
  await machine.files.write(`${machine.home}/.aws/sso/cache/${tokenFileName(sso)}`, JSON.stringify(TOKEN))
  await writeAccessIndex(machine, { ...sso, takenAt: machine.clock.now(), accounts: [{ accountId: ACCOUNT, roles }] })
}

const inquire = async (machine: TestMachine, question: Partial<KeyQuestion & InquiryOptions> = {}) =>
  inquireKey(machine, await loadSettings(machine, {}), { accessKeyId: KEY, secret: SECRET, ...question })

const denied: IamAnswer = {
  code: 'AccessDenied',
  message: 'User: arn:aws:iam::1:user/a is not authorized to perform: iam:GetUser on resource: b',
}

/** An account in which everything may be read. */
function answerAll({ action, input }: IamQuestion): IamAnswer {
  const document = encodeURIComponent('{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}')
  switch (action) {
    case 'GetCallerIdentity':
      return xml({ Account: ACCOUNT, Arn: ARN, UserId: 'AIDA' })
    case 'GetAccessKeyLastUsed':
      return input['AccessKeyId'] === KEY
        ? xml({
            UserName: 'deploy',
            AccessKeyLastUsed: { LastUsedDate: '2026-11-18T00:00:00Z', ServiceName: 's3', Region: 'eu-west-1' },
          })
        : xml({ UserName: 'deploy', AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } })
    case 'ListAccessKeys':
      return xml({
        IsTruncated: false,
        AccessKeyMetadata: [
          { UserName: 'deploy', AccessKeyId: KEY, Status: 'Active', CreateDate: '2024-01-02T00:00:00Z' },
          { UserName: 'deploy', AccessKeyId: 'AKIAOTHER', Status: 'Inactive', CreateDate: '2025-01-02T00:00:00Z' },
        ],
      })
    case 'GetUser':
      return xml({ User: { UserName: 'deploy', Arn: ARN, Path: '/team/', Tags: [{ Key: 'ci', Value: 'gitlab' }] } })
    case 'ListAttachedUserPolicies':
      return input['Marker'] === undefined
        ? xml({
            IsTruncated: true,
            Marker: 'next',
            AttachedPolicies: [{ PolicyName: 'A', PolicyArn: 'arn:aws:iam::aws:policy/A' }],
          })
        : xml({ IsTruncated: false, AttachedPolicies: [{ PolicyName: 'B', PolicyArn: 'arn:aws:iam::aws:policy/B' }] })
    case 'ListUserPolicies':
      return xml({ IsTruncated: false, PolicyNames: ['own'] })
    case 'ListGroupsForUser':
      return xml({ IsTruncated: false, Groups: [{ GroupName: 'ops' }] })
    case 'ListAttachedGroupPolicies':
      return xml({ IsTruncated: false, AttachedPolicies: [] })
    case 'ListGroupPolicies':
      return xml({ IsTruncated: false, PolicyNames: ['shared'] })
    case 'GetPolicy':
      return xml({ Policy: { DefaultVersionId: 'v2' } })
    case 'GetPolicyVersion':
      return xml({ PolicyVersion: { Document: document } })
    case 'GetUserPolicy':
    case 'GetGroupPolicy':
      return xml({ PolicyDocument: document })
    default:
      return { code: 'InvalidAction' }
  }
}

test('a role of the account is asked, the likeliest reader first, and the key itself signs nothing', async () => {
  const { machine, asked } = await createMachine(answerAll)
  await signIn(machine, ['AdministratorAccess', 'ReadOnlyAccess'])
  const facts = await inquire(machine)
  expect(facts).toMatchObject({
    state: 'live',
    reason: 'IAM lists it as Active',
    accountId: ACCOUNT,
    isRoot: false,
    userName: 'deploy',
    arn: ARN,
    createdAt: new Date('2024-01-02T00:00:00Z'),
    lastUsed: { at: new Date('2026-11-18T00:00:00Z'), service: 's3', region: 'eu-west-1' },
    otherKeys: [{ accessKeyId: 'AKIAOTHER', status: 'Inactive', lastUsed: {} }],
    tags: [{ key: 'ci', value: 'gitlab' }],
    cannot: [],
    ownUses: [],
  })
  expect(facts.policies).toMatchObject({ isWhole: true })
  expect(facts.policies?.policies.map(({ name, way, groupName }) => [name, way, groupName])).toEqual([
    ['A', 'attached', undefined],
    ['B', 'attached', undefined],
    ['own', 'inline', undefined],
    ['shared', 'group', 'ops'],
  ])
  expect(new Set(asked.map(({ signer }) => signer))).toEqual(new Set(['ASIAReadOnlyAccess']))
  expect(new Set(asked.map(({ host }) => host))).toEqual(new Set(['iam.amazonaws.com']))
})

test('a role that may not is followed by the next one', async () => {
  const { machine } = await createMachine((question) =>
    question.signer === 'ASIAReadOnlyAccess' ? denied : answerAll(question),
  )
  await signIn(machine, ['AdministratorAccess', 'ReadOnlyAccess'])
  const facts = await inquire(machine)
  expect(facts).toMatchObject({ state: 'live', cannot: [] })
  expect(facts.askedAs).toEqual([`ReadOnlyAccess in ${ACCOUNT}`, `AdministratorAccess in ${ACCOUNT}`])
})

test('with nobody else to ask the key signs: its last use is read before, and the use is noted as ours', async () => {
  const { machine, asked } = await createMachine(answerAll)
  const facts = await inquire(machine)
  expect(facts).toMatchObject({
    state: 'live',
    reason: `it signs as ${ARN}`,
    userName: 'deploy',
    askedAs: ['the key itself'],
  })
  expect(asked[0]?.action).toBe('GetAccessKeyLastUsed')
  expect(asked.every(({ signer }) => signer === KEY)).toBe(true)
  expect(await readOwnUses(machine, KEY)).toEqual([new Date(NOW)])
  expect(facts.ownUses).toEqual([new Date(NOW)])
  expect(isOwnUse({ at: new Date('2026-11-21T01:31:00Z'), service: 'iam' }, facts.ownUses)).toBe(true)
  expect(isOwnUse({ at: new Date('2026-11-21T01:31:00Z'), service: 's3' }, facts.ownUses)).toBe(false)
  expect(isOwnUse({ at: new Date('2026-11-21T02:31:00Z'), service: 'iam' }, facts.ownUses)).toBe(false)
})

test('what signing is refused with says what the key is', async () => {
  const verdictOf = async (code: string, message = 'no') => {
    const { machine } = await createMachine(() => ({ code, message }))
    const { state, reason } = await inquire(machine)
    return { state, reason }
  }
  expect(await verdictOf('InvalidClientTokenId')).toEqual({
    state: 'dead',
    reason: 'InvalidClientTokenId: deleted, inactive, or never there',
  })
  expect(await verdictOf('SignatureDoesNotMatch')).toMatchObject({ state: 'live' })
  expect(await verdictOf('SignatureDoesNotMatch', 'Signature expired: 1 is now earlier than 2')).toMatchObject({
    state: 'unknown',
  })
  expect(await verdictOf('AccessDenied')).toMatchObject({ state: 'live' })
  expect(await verdictOf('OptInRequired', 'sign up')).toEqual({ state: 'unknown', reason: 'OptInRequired: sign up' })
})

test('a key of the root user is told as one', async () => {
  const { machine } = await createMachine((question) =>
    question.action === 'GetCallerIdentity'
      ? xml({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:root`, UserId: ACCOUNT })
      : answerAll(question),
  )
  expect(await inquire(machine)).toMatchObject({ state: 'live', isRoot: true })
})

test('who may nothing says so, each thing by itself', async () => {
  const { machine } = await createMachine((question) =>
    question.action === 'GetCallerIdentity' ? answerAll(question) : denied,
  )
  const facts = await inquire(machine)
  expect(facts).toMatchObject({ state: 'live', policies: { isWhole: false, policies: [] } })
  expect(facts.lastUsed).toBeUndefined()
  expect(facts.cannot.map(({ what }) => what)).toEqual([
    'the session acme',
    'last use',
    'the keys of the user',
    'the user',
    'attached policies',
    'inline policies',
    'groups',
  ])
  expect(facts.cannot[1]?.why).toBe('AccessDenied: iam:GetUser is not allowed')
})

test('bait is not called unless asked; without a secret, and with --no-signing, nothing is signed', async () => {
  const { machine, asked } = await createMachine(answerAll)
  expect(await inquire(machine, { isCanary: true })).toMatchObject({ state: 'unknown', isCanary: true })
  expect(await inquire(machine, { secret: undefined })).toMatchObject({ state: 'unknown', askedAs: [] })
  expect(await inquire(machine, { signing: 'never' })).toMatchObject({ state: 'unknown' })
  expect(asked).toEqual([])
  expect(await inquire(machine, { isCanary: true, callsCanaries: true })).toMatchObject({ state: 'live' })
})

test('a key that lies in a profile with an endpoint of its own is asked about there alone', async () => {
  const { machine, asked } = await createMachine(answerAll, {
    files: { '~/.aws/config': '[profile local]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:4566\n' },
  })
  await inquire(machine, { profileName: 'local' })
  expect(new Set(asked.map(({ host }) => host))).toEqual(new Set(['127.0.0.1:4566']))
})

test('a profile of another account is not asked: it could only say that it has no such key', async () => {
  const { machine, asked } = await createMachine(answerAll, {
    files: {
      '~/.aws/config': `${CONFIG}[profile other]\nsso_session = acme\nsso_account_id = 999988887777\nsso_role_name = Admin\n`,
    },
  })
  await signIn(machine, [])
  const facts = await inquire(machine, { as: 'other', secret: undefined })
  expect(facts).toMatchObject({ state: 'unknown', reason: expect.stringContaining('it is of account 999988887777') })
  expect(asked).toEqual([])
})

test('a key that IAM denies every question about is looked for among the users', async () => {
  const { machine } = await createMachine((question) => {
    if (question.action === 'ListUsers') return xml({ IsTruncated: false, Users: [{ UserName: 'deploy' }] })
    if (question.action === 'GetAccessKeyLastUsed') return denied
    return answerAll(question)
  })
  await signIn(machine, ['ReadOnlyAccess'])
  expect(await inquire(machine, { secret: undefined })).toMatchObject({ state: 'live', userName: 'deploy' })
  const gone = createAccessKeyId(ACCOUNT, { bytes: (count) => Buffer.alloc(count, 7) }, 'AKIA')
  expect(await inquire(machine, { accessKeyId: gone, secret: undefined })).toMatchObject({
    state: 'dead',
    reason: 'none of the 1 users of the account has it: deleted',
  })
})

test('throttled, it waits and asks again', async () => {
  let refusals = 0
  const { machine } = await createMachine((question) => {
    refusals += 1
    return refusals <= 3 ? { code: 'Throttling', message: 'Rate exceeded', status: 400 } : answerAll(question)
  })
  expect(await inquire(machine)).toMatchObject({ state: 'live' })
})

test('offline it says so', async () => {
  const machine = createTestMachine({ now: NOW })
  const facts = await inquire(machine)
  expect(facts).toMatchObject({ state: 'unknown' })
  expect(facts.reason).toContain('No network in this test')
})

test('an endpoint that cannot be reached is not waited for with the next key', async () => {
  const machine = createTestMachine({
    now: NOW,
    answer: () => {
      throw new ConnectionRefusal('Could not connect')
    },
  })
  const inquiry = openInquiry(machine, await loadSettings(machine, {}))
  const question = { accessKeyId: KEY, secret: SECRET }
  expect(await inquiry.inquire(question)).toMatchObject({ state: 'unknown', reason: 'not reached: Could not connect' })
  const asked = machine.requests.length
  expect(await inquiry.inquire(question)).toMatchObject({ state: 'unknown', reason: 'not reached: Could not connect' })
  expect(machine.requests).toHaveLength(asked)
})

test('no print of what was found out holds the secret', async () => {
  const { machine } = await createMachine(answerAll)
  const facts = await inquire(machine)
  const written = [...machine.disk.values()].map(({ content }) => Buffer.from(content).toString())
  for (const text of [JSON.stringify(facts), ...written, JSON.stringify(machine.requests)])
    expect(text).not.toContain(SECRET.reveal().slice(0, 20))
})
