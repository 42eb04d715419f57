/** What is sent with every call, and how each kind of refusal is read. */
import { expect, test } from 'vitest'
import { createOperations, type Fetch, loadMe } from './operations.ts'

const answering =
  (status: number, body: unknown, headers: Record<string, string> = {}): Fetch =>
  async () =>
    new Response(body === undefined ? null : JSON.stringify(body), { status, headers })

test('every call carries the anti-forgery token, keeps to this origin and follows no redirect', async () => {
  const sent: [string, RequestInit][] = []
  const operations = createOperations(
    'the-token',
    () => {},
    async (path, init) => {
      sent.push([path, init])
      return new Response(null, { status: 204 })
    },
  )
  await operations.endSession('a/b')
  expect(sent).toMatchObject([
    [
      '/portal/sessions/a%2Fb',
      {
        method: 'DELETE',
        headers: { 'x-mayfly-anti-forgery': 'the-token' },
        credentials: 'same-origin',
        redirect: 'manual',
      },
    ],
  ])
})

test("a refusal of the portal's own is told in its words, with its hint", async () => {
  const operations = createOperations(
    't',
    () => {},
    answering(403, { error: 'forbidden', message: 'The current password is not right.', hint: 'Try again.' }),
  )
  await expect(operations.changePassword('a', 'b')).rejects.toMatchObject({
    status: 403,
    code: 'forbidden',
    message: 'The current password is not right.',
    hint: 'Try again.',
  })
})

test('an exception of a published operation is known by its name', async () => {
  const operations = createOperations(
    't',
    () => {},
    answering(403, { message: 'No access' }, { 'x-amzn-errortype': 'ForbiddenException:' }),
  )
  await expect(operations.listAccountRoles('111122223333')).rejects.toMatchObject({
    status: 403,
    code: 'ForbiddenException',
    message: 'No access',
  })
})

test('an answer that is no JSON is told by its status', async () => {
  const operations = createOperations(
    't',
    () => {},
    async () => new Response('<h1>Bad gateway', { status: 502 }),
  )
  await expect(operations.listSessions()).rejects.toMatchObject({ message: 'The server answered with status 502.' })
})

test('a server that does not answer is said to be out of reach', async () => {
  const unreachable: Fetch = () => Promise.reject(new TypeError('fetch failed'))
  await expect(loadMe(unreachable)).rejects.toMatchObject({
    code: 'unreachable',
    message: 'The server cannot be reached.',
  })
})

test('a session that has ended is noticed on any call, and on no other refusal', async () => {
  let signedOut = 0
  const answers = [answering(403, {}), answering(500, {}), answering(401, { message: 'Session token not found' })]
  for (const answer of answers) {
    const operations = createOperations('t', () => (signedOut += 1), answer)
    await expect(operations.listAccounts()).rejects.toThrow()
  }
  expect(signedOut).toBe(1)
})

test('the permission sets of an account are gathered from every page', async () => {
  const pages: Record<string, object> = {
    first: { roleList: [{ roleName: 'A', accountId: '1' }], nextToken: 'second' },
    second: { roleList: [{ roleName: 'B', accountId: '1' }] },
  }
  const operations = createOperations(
    't',
    () => {},
    async (path) => {
      const token = new URLSearchParams(path.split('?')[1]).get('next_token') ?? 'first'
      return new Response(JSON.stringify(pages[token]), { status: 200 })
    },
  )
  expect(await operations.listAccountRoles('111122223333')).toEqual(['A', 'B'])
})

test('the way to the console leads to a page of this origin, whatever is answered', async () => {
  const sent: string[] = []
  const operations = createOperations(
    't',
    () => {},
    async (path) => {
      sent.push(path)
      const destination = 'https://console.aws.amazon.com/ec2'
      const answer = { signInToken: 'a+b', signInFederationLocation: 'https://elsewhere.example/', destination }
      return new Response(JSON.stringify(answer))
    },
  )
  const role = { accountId: '111122223333', roleName: 'Billing' }
  expect(await operations.signInToConsole({ ...role, destination: 'https://console.aws.amazon.com/ec2' })).toBe(
    '/federation?Action=login&Destination=https%3A%2F%2Fconsole.aws.amazon.com%2Fec2&SigninToken=a%2Bb',
  )
  expect(sent[0]).toContain('/federation/console?account_id=111122223333&role_name=Billing&destination=https')
})
