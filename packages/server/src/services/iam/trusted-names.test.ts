import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { assumeRole } from '../../testing/roles.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const DEVELOPMENT = '222233334444'
const PRODUCTION = '333344445555'
const DENIED = { name: 'AccessDenied', statusCode: 403 }

const trustOf = (principal: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
  })

await forEachEngine((engine) => {
  describe('a trust policy that names a user', () => {
    let server: TestServer
    let iam: Call
    let elsewhere: Call

    beforeEach(async () => {
      server = await startTestServer({ databaseUrl: await engine.createDatabase() })
      iam = answering((await signedClients(server, { accountId: DEVELOPMENT }))('iam'))
      elsewhere = answering((await signedClients(server, { accountId: PRODUCTION }))('iam'))
    })
    afterEach(() => server.close())

    /** A user who may take whatever trusts it, and its key. */
    async function create(UserName: string, Path = '/') {
      const { User } = await iam('CreateUser', { UserName, Path })
      const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
      await iam('AttachUserPolicy', { UserName, PolicyArn })
      const { AccessKey } = await iam('CreateAccessKey', { UserName })
      const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey
      return { arn: User.Arn, id: User.UserId, credentials: { accessKeyId, secretAccessKey } }
    }

    async function remove(UserName: string, { credentials }: Awaited<ReturnType<typeof create>>) {
      await iam('DeleteAccessKey', { UserName, AccessKeyId: credentials.accessKeyId })
      await iam('DetachUserPolicy', { UserName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })
      await iam('DeleteUser', { UserName })
    }

    async function trusting(RoleName: string, AssumeRolePolicyDocument: string, call = iam): Promise<string> {
      return (await call('CreateRole', { RoleName, AssumeRolePolicyDocument })).Role.Arn
    }

    const documentOf = async (RoleName: string, call = iam): Promise<unknown> =>
      JSON.parse(decodeURIComponent((await call('GetRole', { RoleName })).Role.AssumeRolePolicyDocument))

    test('trusts nobody who is made under its name when it is gone, in no account', async () => {
      const before = await create('deploy', '/machines/')
      const own = await trusting('Own', trustOf([before.arn, `arn:aws:iam::${PRODUCTION}:root`]))
      const escaped = await trusting('Escaped', trustOf(before.arn).replaceAll('/', '\\/'))
      const other = await trusting('Other', trustOf(before.arn), elsewhere)
      for (const arn of [own, escaped, other]) {
        await expect(assumeRole(server, before.credentials, arn)).resolves.toHaveProperty('Credentials')
      }
      await remove('deploy', before)
      const namesake = await create('deploy', '/machines/')
      expect(namesake.arn).toBe(before.arn)
      for (const arn of [own, escaped, other]) {
        await expect(assumeRole(server, namesake.credentials, arn)).rejects.toMatchObject(DENIED)
      }
      expect(await documentOf('Own')).toEqual(JSON.parse(trustOf([before.id, `arn:aws:iam::${PRODUCTION}:root`])))
      expect(await documentOf('Other', elsewhere)).toEqual(JSON.parse(trustOf(before.id)))
    })

    test('follows it to another name and path, and trusts nobody who takes the former one', async () => {
      const user = await create('deploy')
      const arn = await trusting('Own', trustOf(user.arn))
      await iam('UpdateUser', { UserName: 'deploy', NewUserName: 'ship', NewPath: '/x/' })
      const heir = await create('deploy')
      await expect(assumeRole(server, user.credentials, arn)).resolves.toHaveProperty('Credentials')
      await expect(assumeRole(server, heir.credentials, arn)).rejects.toMatchObject(DENIED)
    })

    test('leaves alone who has a name like it, and conditions that ask for the ARN', async () => {
      const [user, other] = [await create('a_b'), await create('axb')]
      const statement = {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:AssumeRole',
        Condition: { ArnEquals: { 'aws:PrincipalArn': user.arn } },
      }
      const document = JSON.parse(trustOf([user.arn, other.arn]))
      document.Statement.push(statement)
      const arn = await trusting('Own', JSON.stringify(document))
      const untouched = await trusting('Untouched', trustOf(other.arn))
      await remove('a_b', user)
      for (const role of [arn, untouched]) {
        await expect(assumeRole(server, other.credentials, role)).resolves.toHaveProperty('Credentials')
      }
      expect(await documentOf('Own')).toMatchObject({ Statement: [{}, statement] })
    })

    test('and one that names a role trusts no other role of that name', async () => {
      const first = await trusting('First', trustOf(PRODUCTION))
      await trusting('Second', trustOf(first))
      const { Role } = await iam('GetRole', { RoleName: 'First' })
      await iam('DeleteRole', { RoleName: 'First' })
      await trusting('First', trustOf(PRODUCTION))
      expect(await documentOf('Second')).toEqual(JSON.parse(trustOf(Role.RoleId)))
    })
  })
})
