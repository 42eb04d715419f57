import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { HEADER_LENGTH, readExecutable } from './executable.ts'

const own = readFileSync(process.execPath).subarray(0, HEADER_LENGTH)
const text = (line: string): Uint8Array => Buffer.from(line)

test('a script runs when its interpreter does', () => {
  expect(readExecutable(text('#!/bin/sh\nexit'), own)).toEqual({ runs: 'surely', interpreter: '/bin/sh' })
  expect(readExecutable(text('#! /usr/bin/env python3\n'), own)).toEqual({
    runs: 'surely',
    interpreter: '/usr/bin/env',
  })
})

test.each(['#!sh\n', '#!', '#!/bin/sh', 'echo no first line\n', '', `#!/${'x'.repeat(300)}\n`])(
  'the first line %j promises nothing',
  (line) => {
    expect(readExecutable(text(line), own)).toEqual({ runs: 'perhaps' })
  },
)

test.runIf(process.platform === 'linux')('a program of this machine names its loader', () => {
  expect(readExecutable(own, own)).toMatchObject({ runs: 'surely', interpreter: expect.stringMatching(/^\/.*ld/) })
})

test.runIf(process.platform === 'linux').each([
  ['another processor', 18],
  ['another word size', 4],
  ['no magic number', 0],
])('a program of %s may not run', (_what, place) => {
  const other = Buffer.from(own)
  other[place] = (other[place] ?? 0) ^ 0x55
  expect(readExecutable(other, own)).toEqual({ runs: 'perhaps' })
})

test('a program that was cut off may not run', () => {
  expect(readExecutable(own.subarray(0, 40), own)).toEqual({ runs: 'perhaps' })
  expect(readExecutable(own.subarray(0, 70), own)).toEqual({ runs: 'perhaps' })
})
