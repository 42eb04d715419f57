/** The nearest permission set of the same account takes a key's place; where none does, the next step is said. */

import { expect, test } from 'vitest'
import { writeAccessIndex } from '../../account-access/access-index.ts'
import { loadSettings } from '../../shared-config/settings.ts'
import { tokenFileName } from '../../sign-in/token-cache.ts'
import { answerIam, type IamAnswer, type IamQuestion, xml } from '../../testing/test-iam.ts'
import { createTestMachine, jsonAnswer, type TestMachine } from '../../testing/test-machine.ts'
import type { KeyFacts } from '../inquiry/key-facts.ts'
import { findReplacement, type ReplacementOptions } from './find-replacement.ts'

const ACCOUNT = '222233334444'
const SSO = { sessionName: 'acme', startUrl: 'https://acme.awsapps.com/start', region: 'eu-west-1' }
const TOKEN = { startUrl: SSO.startUrl, region: SSO.region, accessToken: 'token', expiresAt: '2026-11-21T09:00:00Z' }
const CONFIG = `[sso-session acme]
sso_start_url = ${SSO.startUrl}
sso_region = ${SSO.region}
sso_registration_scopes = sso:account:access
[profile dev-reader]
sso_session = acme
sso_account_id = ${ACCOUNT}
sso_role_name = ReadOnlyAccess
`

const factsWith = (actions: readonly string[], more: Partial<KeyFacts> = {}): KeyFacts => ({
  accessKeyId: 'AKIA',
  accountId: ACCOUNT,
  state: 'live',
  reason: 'Active',
  isRoot: false,
  isCanary: false,
  userName: 'deploy',
  otherKeys: [],
  tags: [],
  cannot: [],
  askedAs: [],
  ownUses: [],
  policies: {
    isWhole: true,
    policies: [
      {
        name: 'own',
        way: 'inline',
        document: JSON.stringify({ Statement: { Effect: 'Allow', Action: actions, Resource: '*' } }),
      },
    ],
  },
  ...more,
})

/** Inline policies of permission sets, by name: their actions. */
/** `hidden`: `s3:*`, and others alone may read it. */
type Sets = Readonly<Record<string, readonly string[] | 'unreadable' | 'hidden'>>

function createMachine(sets: Sets): TestMachine {
  const answer = ({ action, input, signer }: IamQuestion): IamAnswer => {
    const asked = signer.replace('ASIA', '')
    const roleOf = (name: string): string => `AWSReservedSSO_${name}_0123456789abcdef`
    if (action === 'GetCallerIdentity') {
      const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${roleOf(asked)}/alice`
      return xml({ Account: ACCOUNT, Arn: arn, UserId: 'AROA:alice' })
    }
    const name = Object.keys(sets).find((each) => roleOf(each) === input['RoleName'])
    if (name === undefined) return { code: 'NoSuchEntity', status: 404 }
    const isReader = asked === 'ReadOnlyAccess' && sets[name] !== 'unreadable'
    if (!Array.isArray(sets[asked]) || (name !== asked && !isReader)) return { code: 'AccessDenied' }
    const actions = Array.isArray(sets[name]) ? sets[name] : ['s3:*']
    const role = roleOf(name)
    switch (action) {
      case 'ListAttachedRolePolicies':
        return xml({ IsTruncated: false, AttachedPolicies: [] })
      case 'ListRolePolicies':
        return xml({ IsTruncated: false, PolicyNames: ['AwsSSOInlinePolicy'] })
      case 'GetRole':
        return xml({ Role: { RoleName: role } })
      case 'GetRolePolicy':
        return xml({
          PolicyDocument: encodeURIComponent(
            JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }),
          ),
        })
      default:
        return { code: 'InvalidAction' }
    }
  }
  return createTestMachine({
    now: '2026-11-21T01:30:00Z',
    files: { '~/.aws/config': CONFIG },
    answer: answerIam(answer, ({ url }) =>
      url.includes('/federation/credentials')
        ? jsonAnswer(200, {
            roleCredentials: {
              accessKeyId: `ASIA${new URL(url).searchParams.get('role_name')}`,
              secretAccessKey: 'x',
              sessionToken: 'y',
              expiration: Date.parse('2026-11-21T03:00:00Z'),
            },
          })
        : jsonAnswer(200, { roleList: Object.keys(sets).map((roleName) => ({ roleName, accountId: ACCOUNT })) }),
    ),
  })
}

async function find(
  sets: Sets,
  facts: KeyFacts,
  { isSignedIn = true, ...options }: ReplacementOptions & { isSignedIn?: boolean; offline?: boolean } = {},
) {
  const machine = createMachine(sets)
  if (isSignedIn)
    await machine.files.write(`${machine.home}/.aws/sso/cache/${tokenFileName(SSO)}`, JSON.stringify(TOKEN))
  if (options.offline) {
    const accounts = [{ accountId: ACCOUNT, accountName: 'Acme Dev', roles: Object.keys(sets) }]
    await writeAccessIndex(machine, { ...SSO, takenAt: machine.clock.now(), accounts })
  }
  const found = await findReplacement(machine, await loadSettings(machine, {}), facts, options)
  return { found, machine }
}

test('who covers the key with the least beyond it goes before who may do everything', async () => {
  const sets = { AdministratorAccess: ['*'], Deploy: ['s3:*', 'ec2:*'], Storage: ['s3:*'], ReadOnlyAccess: ['s3:Get*'] }
  const { found } = await find(sets, factsWith(['s3:GetObject', 's3:PutObject']))
  expect(found).toMatchObject({
    roleName: 'Storage',
    profileName: `${ACCOUNT}-storage`,
    role: { sessionName: 'acme', accountId: ACCOUNT, roleName: 'Storage' },
    why: 'allows all that the key allows',
    difference: { known: 'both', lost: [], gained: [{ actions: ['s3:*'], resources: ['*'] }] },
  })
  expect('alternatives' in found && found.alternatives.map(({ roleName }) => roleName)).toEqual([
    'Deploy',
    'AdministratorAccess',
    'ReadOnlyAccess',
  ])
})

test('where none covers it, the one that loses least; what is lost is named', async () => {
  const { found } = await find({ A: ['ec2:*'], B: ['s3:Get*'] }, factsWith(['s3:GetObject', 's3:PutObject']))
  expect(found).toMatchObject({
    roleName: 'B',
    why: 'does not allow a part of what the key allows',
    difference: { lost: [{ actions: ['s3:PutObject'], resources: ['*'] }] },
  })
})

test('a person may name another one, and a name that is not granted is refused with those that are', async () => {
  const sets = { Storage: ['s3:*'], ReadOnlyAccess: ['s3:Get*'] }
  const forced = await find(sets, factsWith(['s3:*']), { permissionSet: 'readonlyaccess' })
  expect(forced.found).toMatchObject({ roleName: 'ReadOnlyAccess', profileName: 'dev-reader' })
  const missing = await find(sets, factsWith(['s3:*']), { permissionSet: 'Admin' })
  expect(missing.found).toEqual({
    none: 'not-granted',
    advice: `Admin is not granted to you in the account ${ACCOUNT}. There are: ReadOnlyAccess, Storage.`,
  })
})

test('the name that held the key is kept', async () => {
  const { found } = await find({ Storage: ['s3:*'] }, factsWith(['s3:*']), { keptName: 'default' })
  expect(found).toMatchObject({ profileName: 'default' })
})

test("a set that cannot be read is known by the name of AWS's policy, or is a guess", async () => {
  const sets: Sets = { AdministratorAccess: 'unreadable', Team: 'unreadable' }
  const { found } = await find(sets, factsWith(['dynamodb:*']))
  expect(found).toMatchObject({
    roleName: 'AdministratorAccess',
    why: 'allows all that the key allows, going by its name',
    alternatives: [{ roleName: 'Team', difference: { known: 'key' } }],
  })
})

test('a set that may not read itself is read by one that may', async () => {
  const sets: Sets = { Deploy: 'hidden', ReadOnlyAccess: ['iam:Get*', 'iam:List*'], PowerUserAccess: 'hidden' }
  const { found } = await find(sets, factsWith(['s3:PutObject']))
  expect(found).toMatchObject({
    roleName: 'Deploy',
    why: 'allows all that the key allows',
    difference: { known: 'both' },
  })
})

test('offline the index and the names are all that is known', async () => {
  const { found, machine } = await find({ ReadOnlyAccess: [], PowerUserAccess: [] }, factsWith(['ec2:RunInstances']), {
    offline: true,
    isSignedIn: false,
  })
  expect(found).toMatchObject({ roleName: 'PowerUserAccess', profileName: 'acme-dev-poweruseraccess' })
  expect(machine.requests).toEqual([])
})

test('of a key whose policies nobody could read, the set is a guess that says so', async () => {
  const { policies: _, ...facts } = factsWith([])
  const { found } = await find({ ReadOnlyAccess: ['s3:Get*'], PowerUserAccess: ['s3:*'] }, facts)
  expect(found).toMatchObject({
    roleName: 'PowerUserAccess',
    why: 'a guess by its name: what the key allows could not be read',
    difference: { known: 'set' },
  })
})

test('every other key has an answer of its own', async () => {
  const noneOf = async (facts: KeyFacts, options: { isSignedIn?: boolean } = {}, sets: Sets = {}) => {
    const { found } = await find(sets, facts, options)
    return found.none === undefined ? undefined : found
  }
  expect((await noneOf(factsWith([], { isRoot: true })))?.none).toBe('root')
  expect((await noneOf(factsWith([], { isCanary: true })))?.none).toBe('canary')
  const { accountId: _, ...unknown } = factsWith([])
  expect((await noneOf(unknown))?.none).toBe('unknown-account')
  expect(await noneOf(factsWith(['s3:GetObject', 'sqs:SendMessage']))).toEqual({
    none: 'no-account',
    advice:
      `No session of this computer reaches the account ${ACCOUNT}. Where it is of another organization: mayfly setup START_URL. ` +
      `Otherwise ask for it: an assignment to you of a permission set that allows s3:GetObject, sqs:SendMessage, in the account ${ACCOUNT}.`,
  })
})

test('whoever is signed out is told to sign in', async () => {
  const machine = createMachine({ Storage: ['s3:*'] })
  await machine.files.write(`${machine.home}/.aws/config`, CONFIG.slice(0, CONFIG.indexOf('[profile')))
  const found = await findReplacement(machine, await loadSettings(machine, {}), factsWith(['s3:*']))
  expect(found).toEqual({
    none: 'not-signed-in',
    advice:
      'Whether you reach its account is not known: acme could not be asked. Run: mayfly sso login --sso-session acme',
  })
})
