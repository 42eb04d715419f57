import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { answerCallback, systemLoopback } from './loopback.ts'

const expected = { path: '/oauth/callback', state: 'f2a1' }

test('a code with the right state is the callback', () => {
  const answer = answerCallback({ method: 'GET', target: '/oauth/callback?code=c1&state=f2a1' }, expected)
  expect(answer).toMatchObject({ status: 200, callback: { answer: 'code', code: 'c1' } })
})

test('an error with the right state is the callback, with the server’s own sentence', () => {
  const target = '/oauth/callback?error=access_denied&error_description=No+access&state=f2a1'
  expect(answerCallback({ method: 'GET', target }, expected)).toMatchObject({
    status: 200,
    callback: { answer: 'error', error: 'access_denied', description: 'No access' },
  })
})

test.each([
  ['a foreign state', 'GET', '/oauth/callback?code=c1&state=other', 400],
  ['no state', 'GET', '/oauth/callback?code=c1', 400],
  ['an error from somebody who does not know the state', 'GET', '/oauth/callback?error=access_denied', 400],
  ['another path', 'GET', '/?code=c1&state=f2a1', 404],
  ['a longer path', 'GET', '/oauth/callback/x?code=c1&state=f2a1', 404],
  ['what is no address at all', 'GET', '//', 404],
  ['another method', 'POST', '/oauth/callback?code=c1&state=f2a1', 405],
  ['neither code nor error', 'GET', '/oauth/callback?state=f2a1', 400],
  ['an empty code', 'GET', '/oauth/callback?code=&state=f2a1', 400],
])('%s is answered and does not end the sign-in', (_, method, target, status) => {
  const answer = answerCallback({ method, target }, expected)
  expect(answer.status).toBe(status)
  expect(answer.callback).toBeUndefined()
})

test('the port is open before the address is known, and closed after one result', async () => {
  const listener = await systemLoopback.listen(expected)
  expect(listener.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/)
  expect((await fetch(`${listener.redirectUri}?code=c1&state=wrong`)).status).toBe(400)
  const answer = await fetch(`${listener.redirectUri}?code=c1&state=f2a1`)
  expect(answer.status).toBe(200)
  await expect(listener.callback).resolves.toEqual({ answer: 'code', code: 'c1' })
  await answer.text()
  await expect(fetch(`${listener.redirectUri}?code=c2&state=f2a1`)).rejects.toThrow()
})

test('the page brings nothing from elsewhere and forbids its address to travel', async () => {
  const listener = await systemLoopback.listen(expected)
  const answer = await fetch(`${listener.redirectUri}?code=secret-code&state=f2a1`)
  const page = await answer.text()
  expect(page).not.toMatch(/https?:|src=|href=|secret-code/)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
})

test('nobody but this machine can reach it', async () => {
  const listener = await systemLoopback.listen(expected)
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === 'IPv4')
  if (outside) {
    const port = Number(new URL(listener.redirectUri).port)
    const reached = await new Promise((resolve) => {
      const socket = connect({ host: outside.address, port, timeout: 1000 })
      socket
        .on('connect', () => resolve(true))
        .on('error', () => resolve(false))
        .on('timeout', () => resolve(false))
    })
    expect(reached).toBe(false)
  }
  await listener.close()
})

test('a closed listener frees its port', async () => {
  const listener = await systemLoopback.listen(expected)
  await listener.close()
  await expect(fetch(listener.redirectUri)).rejects.toThrow()
})
