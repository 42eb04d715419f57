import { Refusal } from '@mayfly/identity-center/refusal'
import { expect, test } from 'vitest'
import { explainFault } from './start-fault.ts'

const systemError = (fields: object): Error => Object.assign(new Error('EXYZ: as the system says it'), fields)

test.each([
  [
    { code: 'EACCES', syscall: 'open', path: '/data/server.key' },
    /may not use \/data\/server\.key/,
    /^Give it .* chown/,
  ],
  [{ code: 'EPERM', syscall: 'chmod', path: '/data' }, /may not use \/data\./, /chown -R USER \/data/],
  [{ code: 'EROFS', syscall: 'mkdir', path: '/data' }, /\/data lies on a file system that is read-only/, /--data DIR/],
  [{ code: 'ENOSPC', syscall: 'write' }, /disk is full/, /Make room/],
  [{ code: 'EISDIR', syscall: 'read' }, /is a folder/, /file itself/],
  [{ code: 'EACCES', syscall: 'listen', port: 443 }, /may not listen on port 443/, /CAP_NET_BIND_SERVICE/],
  [{ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'nowhere' }, /of the name nowhere/, /--host/],
  [{ code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' }, /certificate and its private key/, /openssl/],
])('%o is a sentence with what to do', (fields, problem, remedy) => {
  const fault = explainFault(systemError(fields))
  expect(fault?.problem).toMatch(problem)
  expect(fault?.problem).toMatch(/\.$/)
  expect(fault?.remedy).toMatch(remedy)
})

test('what the system says of anything else is said, and a fault of ours is not explained away', () => {
  expect(explainFault(systemError({ code: 'EMFILE', syscall: 'open' }))?.problem).toBe('EXYZ: as the system says it.')
  expect(explainFault(new TypeError('x is undefined'))).toBeUndefined()
  expect(explainFault(new Refusal('invalid', 'No.', { hint: 'Do.' }))).toEqual({ problem: 'No.', remedy: 'Do.' })
})
