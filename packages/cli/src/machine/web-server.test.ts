import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { systemWebServer, type WebListener, type WebRequest } from './web-server.ts'

let listener: WebListener | undefined
afterEach(async () => {
  await listener?.close()
  listener = undefined
})

const heard: WebRequest[] = []

async function listen(answer = (request: WebRequest): string => request.target): Promise<number> {
  heard.length = 0
  listener = await systemWebServer.listen({ host: '127.0.0.1', port: 0 }, async (request) => {
    heard.push(request)
    return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: answer(request) }
  })
  return listener.port
}

const open = (port: number): Socket => connect(port, '127.0.0.1').on('error', () => undefined)

const exchange = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    const socket = open(port)
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.write(text)
  })

test('a request arrives as it was sent: target, repeated headers, the address it came from', async () => {
  const port = await listen()
  const answer = await exchange(port, 'GET /a/../b%2f?c HTTP/1.1\r\nHost: x\r\nX-Two: 1\r\nX-Two: 2\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/)
  expect(answer).toContain('Connection: close')
  expect(heard[0]).toMatchObject({ method: 'GET', target: '/a/../b%2f?c', peer: '127.0.0.1' })
  expect(heard[0]?.headers).toMatchObject({ host: ['x'], 'x-two': ['1', '2'] })
})

test('a connection carries one request, and a body is never read', async () => {
  const port = await listen()
  const two = 'GET /one HTTP/1.1\r\nHost: x\r\n\r\nGET /two HTTP/1.1\r\nHost: x\r\n\r\n'
  expect((await exchange(port, two)).match(/HTTP\/1.1 200/g)).toHaveLength(1)
  expect(await exchange(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\nabc')).toContain(' 200 ')
})

test('an answer that cannot be made is a 500 without a word', async () => {
  const port = await listen(() => {
    throw new Error('secret')
  })
  const answer = await exchange(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1.1 500 /)
  expect(answer).not.toContain('secret')
})

test('what is no HTTP, or too long, is closed', async () => {
  const port = await listen()
  expect(await exchange(port, '\u0016\u0003\u0001 hello\r\n\r\n')).toContain(' 400 ')
  expect(await exchange(port, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`)).toContain(' 431 ')
  expect(heard).toHaveLength(0)
})

test('of too many connections the oldest that asked nothing goes, and a request still gets through', async () => {
  const port = await listen()
  const silent = Array.from({ length: 200 }, () => open(port).resume())
  await Promise.all(silent.map((socket) => new Promise((resolve) => socket.once('connect', resolve))))
  expect(await exchange(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')).toContain(' 200 ')
  await expect.poll(() => silent.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(70)
  expect(silent[0]?.closed).toBe(true)
  expect(silent.at(-1)?.closed).toBe(false)
  for (const socket of silent) socket.destroy()
})

test('an address that is taken, or not of this computer, is the error of the system', async () => {
  const port = await listen()
  const answer = async () => ({ status: 200, headers: {}, body: '' })
  await expect(systemWebServer.listen({ host: '127.0.0.1', port }, answer)).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
  await expect(systemWebServer.listen({ host: '192.0.2.1', port: 0 }, answer)).rejects.toMatchObject({
    code: 'EADDRNOTAVAIL',
  })
})

test('closing waits for the answer that is on its way', async () => {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  listener = await systemWebServer.listen({ host: '127.0.0.1', port: 0 }, async () => {
    await held
    return { status: 200, headers: {}, body: 'late' }
  })
  const asked = exchange(listener.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await new Promise((resolve) => setTimeout(resolve, 50))
  const closed = listener.close()
  release()
  expect(await asked).toContain('late')
  await closed
})
