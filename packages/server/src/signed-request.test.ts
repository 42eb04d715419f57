import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { signRequest } from '@mayfly/wire/signature-v4'
import { expect, onTestFinished, test } from 'vitest'
import { createServer } from './server.ts'
import { linesOf } from './signed-request.ts'
import { roleCredentials, signInWithPkce } from './testing/journeys.ts'
import { startTestServer } from './testing/test-server.ts'

const BODY = 'Action=GetCallerIdentity&Version=2011-06-15'

/** A server that listens, and how to send it lines as they are. */
async function listen() {
  const server = await startTestServer()
  const app = await createServer(server.context)
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    await app.close()
    await server.close()
  })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { tokens } = await signInWithPkce(server, 'alice')
  const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  const credentials = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  const send = async (lines: readonly (readonly [string, string])[]): Promise<string> => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    socket.write(`POST / HTTP/1.1\r\n${head}connection: close\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`)
    return await text(socket)
  }
  /** The lines of a call that is signed over `repeated`, each value a line. */
  const signed = (repeated: Readonly<Record<string, string | readonly string[]>>) => {
    const headers = {
      host: `127.0.0.1:${port}`,
      'content-type': 'application/x-www-form-urlencoded',
      ...repeated,
    }
    const request = { method: 'POST', rawPath: '/', rawQuery: '', headers, body: BODY }
    const added = signRequest({ request, credentials, region: 'us-east-1', service: 'sts', now: server.clock.now() })
    return Object.entries({ ...headers, ...added.headers }).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((line) => [name, line] as const),
    )
  }
  return { send, signed }
}

test('a signature over a header of several lines is verified as AWS does, line by line', async () => {
  const { send, signed } = await listen()
  const answer = await send(signed({ 'x-amz-meta-note': ['one', '  two   words ', 'three, four'] }))
  expect(answer).toMatch(/^HTTP\/1.1 200 /)
  expect(answer).toContain('<Account>222233334444</Account>')
})

test('a signature over one line does not cover a second one', async () => {
  const { send, signed } = await listen()
  const lines = signed({ 'x-amz-meta-note': 'one' })
  expect(await send(lines)).toMatch(/^HTTP\/1.1 200 /)
  const refused = await send([...lines, ['x-amz-meta-note', 'two']])
  expect(refused).toMatch(/^HTTP\/1.1 403 /)
  expect(refused).toContain('SignatureDoesNotMatch')
})

test('the order of the lines is signed too', async () => {
  const { send, signed } = await listen()
  const lines = signed({ 'x-amz-meta-note': ['one', 'two'] })
  const turned = lines.map(([name, value]) =>
    name === 'x-amz-meta-note' ? ([name, value === 'one' ? 'two' : 'one'] as const) : ([name, value] as const),
  )
  expect(await send(turned)).toMatch(/^HTTP\/1.1 403 /)
})

test('a second session token is refused, and a second Authorization does not count', async () => {
  const { send, signed } = await listen()
  const lines = signed({})
  expect(await send([...lines, ['x-amz-security-token', 'another']])).toMatch(/^HTTP\/1.1 403 /)
  expect(await send([...lines, ['authorization', 'AWS4-HMAC-SHA256 Credential=nobody']])).toMatch(/^HTTP\/1.1 200 /)
})

test('headers that came once are left as they are', () => {
  const headers = { host: 'localhost', accept: 'text/html, */*' }
  expect(linesOf({ headers, rawHeaders: ['Host', 'localhost', 'Accept', 'text/html, */*'] })).toBe(headers)
})
