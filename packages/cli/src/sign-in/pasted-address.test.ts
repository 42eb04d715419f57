import { expect, test } from 'vitest'
import { parsePasted } from './pasted-address.ts'

const redirectUri = 'http://127.0.0.1:40000/oauth/callback'
const state = '6f1c9b1e-0000-4000-8000-000000000001'
const WHOLE = `${redirectUri}?code=abc.DEF_1&state=${state}&iss=https%3A%2F%2Fid.example`
const paste = (text: string) => parsePasted(text, { redirectUri, state })

test.each([
  ['as the browser shows it', WHOLE],
  ['with blanks and line ends around it', `  ${WHOLE}\r\n`],
  ['broken into lines by a narrow window', `${WHOLE.slice(0, 30)}\n   ${WHOLE.slice(30, 70)}\r\n${WHOLE.slice(70)}`],
  ['in double quotes', `"${WHOLE}"`],
  ['in single quotes', `'${WHOLE}'`],
  ['in angle brackets', `<${WHOLE}>`],
  ['without its scheme, as some browsers copy it', WHOLE.slice('http://'.length)],
  ['from a browser that would have no page without TLS', WHOLE.replace('http:', 'https:')],
  ['with the state first', `${redirectUri}?state=${state}&code=abc.DEF_1`],
  ['with control characters in it', `\u001b${WHOLE}\u0007`],
])('the address counts %s', (_, text) => {
  expect(paste(text)).toEqual({ is: 'callback', callback: { answer: 'code', code: 'abc.DEF_1' } })
})

test('what the server said against it counts as well, with its description', () => {
  expect(paste(`${redirectUri}?error=access_denied&error_description=no&state=${state}`)).toEqual({
    is: 'callback',
    callback: { answer: 'error', error: 'access_denied', description: 'no' },
  })
})

test.each([
  ['the scheme', 'http://127'],
  ['the port', 'http://127.0.0.1:400'],
  ['the path', 'http://127.0.0.1:40000/oau'],
  ['the path, whole', redirectUri],
  ['the code', `${redirectUri}?code=abc`],
  ['the state', `${redirectUri}?code=abc&state=${state.slice(0, 12)}`],
  ['the code behind the state', `${redirectUri}?state=${state}`],
])('an address that ends within %s goes on in the next line', (_, text) => {
  expect(paste(text)).toEqual({ is: 'unfinished' })
})

test.each([
  ['', 'no address'],
  ['abc.DEF_1', 'no address'],
  ['file:///etc/passwd', 'no address'],
  ['javascript:alert(1)', 'no address'],
  [`https://id.example/authorize?redirect_uri=${encodeURIComponent(redirectUri)}&state=${state}`, 'page to sign in at'],
  [WHOLE.replace('127.0.0.1', 'evil.example'), 'elsewhere'],
  [WHOLE.replace('127.0.0.1', 'localhost'), 'elsewhere'],
  [WHOLE.replace('127.0.0.1:', '127.0.0.1:40000@evil.example:'), 'elsewhere'],
  [WHOLE.replace('40000', '40001'), 'another sign-in'],
  [WHOLE.replace(state, '6f1c9b1e-0000-4000-8000-000000000002'), 'another sign-in'],
  [WHOLE.replace(state, `${state}0`), 'another sign-in'],
  [WHOLE.replace('/oauth/callback', '/oauth/other'), 'none of this sign-in'],
  ['x'.repeat(1_000_000), 'too long'],
])('%.60s is refused: %s', (text, words) => {
  expect(paste(text)).toMatchObject({ is: 'refused', sentence: expect.stringContaining(words) })
})

test('no refusal repeats what was pasted', () => {
  const answer = paste(WHOLE.replace(state, 'other').replace('abc.DEF_1', 'secret-code'))
  expect(JSON.stringify(answer)).not.toContain('secret-code')
})
