/** How errors are told: sentences, JSON, and what is never printed. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { expect, test } from 'vitest'
import { createTestMachine, type TestMachineOptions } from '../testing/test-machine.ts'
import { describeProblem } from './problem.ts'
import { tellProblem } from './tell.ts'

const refusal = Object.assign(new ServiceException('ForbiddenException', 'No \u001b[2Jaccess'), {
  operation: 'GetRoleCredentials',
})

async function told(typed: readonly string[], options: TestMachineOptions = {}, error: unknown = refusal) {
  const machine = createTestMachine(options)
  const code = await tellProblem(error, machine, typed)
  expect(machine.stdout()).toBe('')
  return { code, text: machine.stderr() }
}

test('a sentence, what to do, and no control character of a server', async () => {
  expect(await told([])).toEqual({
    code: 254,
    text:
      '\nmayfly: [ERROR]: An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No [2Jaccess\n' +
      'The account or the role is not assigned to you, or no longer. To choose another: mayfly configure sso\n',
  })
})

test('whoever tells of a problem in other words gets no control character either', () => {
  expect(describeProblem(new Refusal('invalid', 'a\u001b[2J', { hint: 'b\u0007\nc' }))).toMatchObject({
    message: 'a[2J',
    hint: 'b\nc',
  })
})

test.each([
  [['--json'], {}, true],
  [['--cli-error-format', 'json'], {}, true],
  [['--cli-error-format=json'], {}, true],
  [[], { AWS_CLI_ERROR_FORMAT: 'json' }, true],
  [['--json', '--cli-error-format', 'enhanced'], {}, false],
  [['--json'], { AWS_CLI_ERROR_FORMAT: 'text' }, false],
  [['--', 'jq', '--json'], {}, false],
])('%j with %j: JSON is %s', async (typed, env, isJson) => {
  expect((await told(typed, { env })).text.startsWith('{"error":{"code":"ForbiddenException"')).toBe(isJson)
})

test('every member is there, and null stands for a hint that is missing', async () => {
  const { text } = await told(['--json'], {}, new ServiceException('OtherException', 'no'))
  expect(JSON.parse(text)).toEqual({
    error: { code: 'OtherException', message: 'An error occurred (OtherException): no', hint: null, exitCode: 254 },
  })
})

test('a fault of the system is told with its own word, one of ours as ours', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  expect(JSON.parse((await told(['--json'], {}, full)).text).error).toMatchObject({ code: 'ENOSPC', exitCode: 255 })
  expect((await told([], {}, new TypeError('x is not a function'))).text).toContain('This is a fault of Mayfly.')
})

test('the stack is shown for a --debug of our own alone', async () => {
  expect((await told(['--debug'])).text).toContain('    at ')
  expect((await told(['exec', '--', 'terraform', '--debug'])).text).not.toContain('    at ')
  expect((await told(['--debug'])).text).not.toContain('\u001b')
})
