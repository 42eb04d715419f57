/** What is sent with every call of the admin console, and how refusals are read. */
import { expect, test } from 'vitest'
import type { Fetch } from '../operations.ts'
import { createApi } from './api.ts'
import { prepare } from './call.ts'
import { createCallLog } from './call-log.ts'

const role = { accountId: '111122223333', roleName: 'AdministratorAccess' }
const at = new Date('2030-01-01T00:00:00Z')
const apiOver = (fetch: Fetch, log = createCallLog()) =>
  createApi({ antiForgeryToken: 'token', role, log, now: () => at, onSignedOut() {}, fetch })
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

test('a call names its operation, the role, and the token against forgery, and never a signature', async () => {
  const sent: [string, RequestInit][] = []
  const api = apiOver(async (path, init) => {
    sent.push([path, init])
    return json({ GroupId: 'g' })
  })
  const call = prepare('identitystore', 'CreateGroup', {
    IdentityStoreId: 'd-1',
    DisplayName: 'Ops',
    Description: undefined,
  })
  expect(await api.send(call)).toEqual({ GroupId: 'g' })
  expect(sent).toMatchObject([
    [
      '/',
      {
        headers: {
          'x-amz-target': 'AWSIdentityStore.CreateGroup',
          'x-mayfly-role': '111122223333/AdministratorAccess',
          'x-mayfly-anti-forgery': 'token',
        },
        body: '{"IdentityStoreId":"d-1","DisplayName":"Ops"}',
      },
    ],
  ])
  expect(sent[0]?.[1].headers).not.toHaveProperty('authorization')
})

test('a refusal keeps the words of AWS, gains a hint, and stands in the log', async () => {
  const log = createCallLog()
  const api = apiOver(
    async () => json({ __type: 'com.amazonaws#ConflictException', Message: 'Already there' }, 400),
    log,
  )
  await expect(api.send(prepare('mayfly', 'UnlockUser', { UserId: 'u' }))).rejects.toMatchObject({
    code: 'ConflictException',
    message: 'Already there',
    hint: 'Reload to see what is there now.',
  })
  expect(log.calls()).toMatchObject([{ status: 'refused', refusal: 'ConflictException: Already there', at }])
})

test('a list is read to its last page', async () => {
  const api = apiOver(async (_path, init) =>
    String(init.body).includes('NextToken')
      ? json({ Groups: [{ GroupId: 'b' }] })
      : json({ Groups: [{ GroupId: 'a' }], NextToken: 'n' }),
  )
  expect(await api.listAll(prepare('identitystore', 'ListGroups', { IdentityStoreId: 'd-1' }), 'Groups')).toEqual([
    { GroupId: 'a' },
    { GroupId: 'b' },
  ])
})
