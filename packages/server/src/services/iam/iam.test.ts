import { afterEach, beforeEach, expect, test } from 'vitest'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const ACCOUNT = '222233334444'
const ANYTHING = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }],
})
const READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

let server: TestServer
let call: Call

beforeEach(async () => {
  server = await startTestServer()
  call = answering((await signedClients(server, { accountId: ACCOUNT }))('iam'))
})
afterEach(() => server.close())

const createRole = (RoleName: string, more: Record<string, unknown> = {}) =>
  call('CreateRole', { RoleName, AssumeRolePolicyDocument: TRUST, ...more })

const createPolicy = async (PolicyName: string, Path = '/'): Promise<string> =>
  (await call('CreatePolicy', { PolicyName, Path, PolicyDocument: ANYTHING })).Policy.Arn

/** The name of a permission set's role in the account. */
async function reservedRole(name: string): Promise<string> {
  const { Roles } = await call('ListRoles', { PathPrefix: '/aws-reserved/' })
  return Roles.find(({ RoleName }: { RoleName: string }) => RoleName.startsWith(`AWSReservedSSO_${name}_`)).RoleName
}

test('a role is made, read with its document encoded, changed, tagged and deleted', async () => {
  const { Role } = await createRole('Deploy', { Path: '/ci/', Description: 'It deploys', MaxSessionDuration: 7200 })
  expect(Role).toMatchObject({
    Path: '/ci/',
    RoleName: 'Deploy',
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    Arn: `arn:aws:iam::${ACCOUNT}:role/ci/Deploy`,
    CreateDate: expect.any(Date),
    Description: 'It deploys',
    MaxSessionDuration: 7200,
  })
  expect(Role.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22/)
  expect(decodeURIComponent(Role.AssumeRolePolicyDocument)).toBe(TRUST)
  const other = TRUST.replace(':root', ':role/Other')
  await call('UpdateAssumeRolePolicy', { RoleName: 'Deploy', PolicyDocument: other })
  await call('TagRole', { RoleName: 'Deploy', Tags: [{ Key: 'team', Value: 'a' }] })
  await call('TagRole', { RoleName: 'Deploy', Tags: [{ Key: 'Team', Value: 'b' }] })
  const { Role: read } = await call('GetRole', { RoleName: 'Deploy' })
  expect(read).toMatchObject({ RoleId: Role.RoleId, Tags: [{ Key: 'Team', Value: 'b' }] })
  expect(decodeURIComponent(read.AssumeRolePolicyDocument)).toBe(other)
  await call('DeleteRole', { RoleName: 'Deploy' })
  await expect(call('GetRole', { RoleName: 'Deploy' })).rejects.toMatchObject({ name: 'NoSuchEntity', statusCode: 404 })
})

test('an account has no two roles of a name, and a role comes with a trust policy that can be followed', async () => {
  await createRole('Deploy')
  const again = { name: 'EntityAlreadyExists', statusCode: 409 }
  await expect(createRole('deploy')).rejects.toMatchObject(again)
  const malformed = { name: 'MalformedPolicyDocument', statusCode: 400 }
  await expect(createRole('Other', { AssumeRolePolicyDocument: '{}' })).rejects.toMatchObject(malformed)
  await expect(createRole('Other', { AssumeRolePolicyDocument: ANYTHING })).rejects.toMatchObject(malformed)
  const twice = [
    { Key: 'a', Value: '1' },
    { Key: 'A', Value: '2' },
  ]
  await expect(createRole('Other', { Tags: twice })).rejects.toMatchObject({ name: 'InvalidInput' })
  for (const reserved of ['AWSReservedSSO_Mine_0', 'awsreservedsso_mine_0']) {
    await expect(createRole(reserved)).rejects.toMatchObject({ name: 'InvalidInput' })
  }
  await expect(createRole('a b')).rejects.toMatchObject({ name: 'ValidationError' })
})

test('twenty who make the same role or policy at once make one', async () => {
  for (const make of [() => createRole('Deploy'), () => createPolicy('Deploy')]) {
    const made = await Promise.allSettled(Array.from({ length: 20 }, make))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const reasons = made.flatMap((one) => (one.status === 'rejected' ? [one.reason.name] : []))
    expect(new Set(reasons)).toEqual(new Set(['EntityAlreadyExists']))
  }
})

test('policies are put on a role and taken off, and a role goes when nothing is on it', async () => {
  await createRole('Deploy')
  const own = await createPolicy('Own', '/team/')
  const on = { RoleName: 'Deploy' }
  for (const PolicyArn of [READ, own, own]) await call('AttachRolePolicy', { ...on, PolicyArn })
  expect(await call('ListAttachedRolePolicies', on)).toEqual({
    AttachedPolicies: [
      { PolicyName: 'Own', PolicyArn: own },
      { PolicyName: 'ReadOnlyAccess', PolicyArn: READ },
    ],
    IsTruncated: false,
  })
  const inTeam = await call('ListAttachedRolePolicies', { ...on, PathPrefix: '/team/' })
  expect(inTeam.AttachedPolicies).toHaveLength(1)
  await call('PutRolePolicy', { ...on, PolicyName: 'Inline', PolicyDocument: ANYTHING })
  expect(await call('ListRolePolicies', on)).toEqual({ PolicyNames: ['Inline'], IsTruncated: false })
  const { PolicyDocument } = await call('GetRolePolicy', { ...on, PolicyName: 'Inline' })
  expect(decodeURIComponent(PolicyDocument)).toBe(ANYTHING)
  const conflict = { name: 'DeleteConflict', statusCode: 409 }
  await expect(call('DeleteRole', on)).rejects.toMatchObject(conflict)
  await expect(call('DeletePolicy', { PolicyArn: own })).rejects.toMatchObject(conflict)
  for (const PolicyArn of [READ, own]) await call('DetachRolePolicy', { ...on, PolicyArn })
  await expect(call('DeleteRole', on)).rejects.toMatchObject(conflict)
  await call('DeleteRolePolicy', { ...on, PolicyName: 'Inline' })
  await call('DeleteRole', on)
  await call('DeletePolicy', { PolicyArn: own })
  const gone = { name: 'NoSuchEntity', statusCode: 404 }
  await expect(call('GetPolicy', { PolicyArn: own })).rejects.toMatchObject(gone)
  await createRole('Deploy')
  for (const [operation, input] of [
    ['GetRolePolicy', { PolicyName: 'Inline' }],
    ['DeleteRolePolicy', { PolicyName: 'Inline' }],
    ['DetachRolePolicy', { PolicyArn: READ }],
    ['AttachRolePolicy', { PolicyArn: own }],
  ] as const) {
    await expect(call(operation, { ...on, ...input }), operation).rejects.toMatchObject(gone)
  }
  await expect(call('AttachRolePolicy', { ...on, PolicyArn: 'arn:aws:iam::aws:role/Deploy' })).rejects.toMatchObject({
    name: 'InvalidInput',
  })
})

test('a role takes ten managed policies, and inline ones of 10,240 characters together', async () => {
  await createRole('Deploy')
  const attach = (number: number) =>
    call('AttachRolePolicy', { RoleName: 'Deploy', PolicyArn: `arn:aws:iam::aws:policy/Some${number}` })
  for (let number = 0; number < 10; number += 1) await attach(number)
  const limit = { name: 'LimitExceeded', statusCode: 409 }
  await expect(attach(10)).rejects.toMatchObject(limit)
  const put = (PolicyName: string, length: number) =>
    call('PutRolePolicy', {
      RoleName: 'Deploy',
      PolicyName,
      PolicyDocument: ANYTHING.replace('s3:*', `s3:${'x'.repeat(length)}`),
    })
  await put('One', 6000)
  await expect(put('Two', 6000)).rejects.toMatchObject(limit)
  await put('One', 9000)
})

test('a policy is read with its one version; those of AWS that have a document here are too', async () => {
  const arn = await createPolicy('Own', '/team/')
  const { Policy } = await call('GetPolicy', { PolicyArn: arn })
  expect(Policy).toMatchObject({
    PolicyName: 'Own',
    PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
    Arn: `arn:aws:iam::${ACCOUNT}:policy/team/Own`,
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    IsAttachable: true,
  })
  for (const PolicyArn of [arn, READ]) {
    const { PolicyVersion } = await call('GetPolicyVersion', { PolicyArn, VersionId: 'v1' })
    expect(PolicyVersion).toMatchObject({ VersionId: 'v1', IsDefaultVersion: true })
    expect(JSON.parse(decodeURIComponent(PolicyVersion.Document))).toHaveProperty('Statement')
  }
  const second = call('GetPolicyVersion', { PolicyArn: arn, VersionId: 'v2' })
  await expect(second).rejects.toMatchObject({ name: 'NoSuchEntity' })
  const elsewhere = 'arn:aws:iam::333344445555:policy/Own'
  await expect(call('GetPolicy', { PolicyArn: elsewhere })).rejects.toThrow()
  const malformed = call('CreatePolicy', { PolicyName: 'Bad', PolicyDocument: TRUST })
  await expect(malformed).rejects.toMatchObject({ name: 'MalformedPolicyDocument' })
})

/** Everything that a list gives, page by page. */
async function listAll(operation: string, member: string, input: Record<string, unknown>): Promise<string[]> {
  const found: string[] = []
  let Marker: string | undefined
  do {
    const page = await call(operation, { ...input, MaxItems: 2, ...(Marker === undefined ? {} : { Marker }) })
    expect(page[member].length).toBeLessThanOrEqual(2)
    expect(page.IsTruncated).toBe(page.Marker !== undefined)
    found.push(...page[member].map(({ Arn }: { Arn: string }) => Arn))
    Marker = page.Marker
  } while (Marker !== undefined)
  return found
}

test('policies are listed by scope, by path and by use, in pages', async () => {
  const own = [await createPolicy('One'), await createPolicy('Three', '/team/'), await createPolicy('Two')]
  expect(await listAll('ListPolicies', 'Policies', { Scope: 'Local' })).toEqual(own)
  expect(await listAll('ListPolicies', 'Policies', { Scope: 'Local', PathPrefix: '/team/' })).toEqual([own[1]])
  const ofAws = await listAll('ListPolicies', 'Policies', { Scope: 'AWS' })
  expect(ofAws).toContain('arn:aws:iam::aws:policy/job-function/Billing')
  expect(new Set(ofAws).size).toBe(ofAws.length)
  expect(await listAll('ListPolicies', 'Policies', {})).toEqual([...own, ...ofAws])
  const jobs = await listAll('ListPolicies', 'Policies', { Scope: 'AWS', PathPrefix: '/job-function/' })
  expect(jobs).toEqual(ofAws.filter((arn) => arn.includes('/job-function/')))
  await createRole('Deploy', { PermissionsBoundary: own[2] })
  await call('AttachRolePolicy', { RoleName: 'Deploy', PolicyArn: own[0] })
  const local = { Scope: 'Local', OnlyAttached: true }
  expect(await listAll('ListPolicies', 'Policies', local)).toEqual([own[0], own[2]])
  const bounding = { ...local, PolicyUsageFilter: 'PermissionsBoundary' }
  expect(await listAll('ListPolicies', 'Policies', bounding)).toEqual([own[2]])
  // What the permission sets in the account use counts too.
  expect(await listAll('ListPolicies', 'Policies', { Scope: 'AWS', OnlyAttached: true })).toContain(READ)
  await expect(call('DeletePolicy', { PolicyArn: own[2] })).rejects.toMatchObject({ name: 'DeleteConflict' })
  await expect(call('ListPolicies', { Marker: 'x' })).rejects.toMatchObject({ name: 'ValidationError' })
})

test('roles of permission sets stand among the others, and nobody else may change them', async () => {
  await createRole('Deploy')
  const RoleName = await reservedRole('PowerUserAccess')
  const { Role } = await call('GetRole', { RoleName })
  expect(Role).toMatchObject({
    Path: '/aws-reserved/sso.amazonaws.com/',
    Arn: `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/${RoleName}`,
    MaxSessionDuration: 43200,
    Description: "Everything but users and permissions, for half a day's work",
  })
  const provider = `arn:aws:iam::${ACCOUNT}:saml-provider/AWSSSO_7223b1e5f2a94c60_DO_NOT_DELETE`
  expect(JSON.parse(decodeURIComponent(Role.AssumeRolePolicyDocument)).Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    },
  ])
  const all = await listAll('ListRoles', 'Roles', {})
  expect(all).toHaveLength(4)
  expect(all.at(-1)).toBe(`arn:aws:iam::${ACCOUNT}:role/Deploy`)
  expect((await call('ListAttachedRolePolicies', { RoleName })).AttachedPolicies).toMatchObject([
    { PolicyName: 'PowerUserAccess' },
  ])
  const message = `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`
  for (const [operation, input] of [
    ['DeleteRole', {}],
    ['UpdateAssumeRolePolicy', { PolicyDocument: TRUST }],
    ['TagRole', { Tags: [{ Key: 'a', Value: '' }] }],
    ['AttachRolePolicy', { PolicyArn: READ }],
    ['DetachRolePolicy', { PolicyArn: READ }],
    ['PutRolePolicy', { PolicyName: 'a', PolicyDocument: ANYTHING }],
    ['DeleteRolePolicy', { PolicyName: 'a' }],
  ] as const) {
    const changed = call(operation, { RoleName, ...input })
    await expect(changed, operation).rejects.toMatchObject({ name: 'UnmodifiableEntity', statusCode: 400, message })
  }
})

test('what IAM has besides is a well-formed refusal', async () => {
  await expect(call('ListGroups')).rejects.toMatchObject({ name: 'InvalidAction', statusCode: 400 })
})
