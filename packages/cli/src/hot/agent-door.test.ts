import { expect, test } from 'vitest'
import { readAnswer } from './agent-call.ts'
import { agentFolders, fitsSocket, formatProof, parseProof, proofFile } from './agent-door.ts'
import { formatSurroundings } from './deciding-variables.ts'

const DOOR = {
  address: '/home/alice/.mayfly/agent/agent.sock',
  askProof: 'a',
  answerProof: 'b',
  pid: 7,
  version: '1.0.0',
}

test('the agent is looked for below home, then in the short folder of this user and this home', () => {
  const linux = { home: '/home/alice', platform: 'linux', userId: 1000 }
  expect(agentFolders(linux)).toEqual(['/home/alice/.mayfly/agent', '/tmp/mayfly-1000-c5ff88ea02f0'])
  expect(agentFolders({ ...linux, home: '/' })[0]).toBe('/.mayfly/agent')
  const long = `/home/${'a'.repeat(90)}`
  expect(agentFolders({ ...linux, home: long })).toHaveLength(1)
  expect(agentFolders({ ...linux, home: long })[0]).toMatch(/^\/tmp\/mayfly-1000-[0-9a-f]{12}$/)
  expect(fitsSocket(`/${'a'.repeat(91)}`)).toBe(true)
  expect(fitsSocket(`/${'a'.repeat(92)}`)).toBe(false)
})

test('on Windows the proof lies in the profile folder', () => {
  const place = { home: 'C:\\Users\\alice', platform: 'win32', userId: undefined }
  expect(agentFolders(place)).toEqual(['C:\\Users\\alice\\.mayfly\\agent'])
  expect(proofFile('C:\\Users\\alice\\.mayfly\\agent', 'win32')).toBe('C:\\Users\\alice\\.mayfly\\agent\\proof')
})

test('a proof is read as it was written, and one of another home, protocol or length is none', () => {
  const text = formatProof(DOOR, '/home/alice')
  expect(parseProof(text, '/home/alice')).toEqual(DOOR)
  expect(parseProof(text, '/home/bob')).toBeUndefined()
  expect(parseProof(text.slice(0, -1), '/home/alice')).toBeUndefined()
  expect(parseProof(text.replace('mayfly-agent 1', 'mayfly-agent 2'), '/home/alice')).toBeUndefined()
  expect(parseProof('', '/home/alice')).toBeUndefined()
})

test('an answer counts with its proof alone, and only when it is whole', () => {
  const read = (text: string) => readAnswer(Buffer.from(text), 'proof')
  expect(read('proof\tok\t5\nhello')).toEqual({ answer: 'ok', text: 'hello' })
  expect(read('proof\twait\t0\nproof\tno\t3\nwhy')).toEqual({ answer: 'no', text: 'why' })
  expect(read('proof\twait\t0\nproof\tok\t5\nhel')).toBe('wait')
  expect(read('proof\tok\t5\nhel')).toBe('more')
  expect(read('proof\tok')).toBe('more')
  expect(read('other\tok\t5\nhello')).toBe('foreign')
  expect(read('proof\tperhaps\t0\n')).toBe('foreign')
  expect(read('HTTP/1.1 200 OK\n')).toBe('foreign')
})

test('surroundings are the same only when every variable that decides is', () => {
  expect(formatSurroundings({})).toBe('\u001f\u001f\u001f\u001f')
  expect(formatSurroundings({ AWS_CONFIG_FILE: '/c', AWS_ENDPOINT_URL_SSO: 'http://e', HOME: '/h' })).toBe(
    '/c\u001f\u001fhttp://e\u001f\u001f',
  )
})
