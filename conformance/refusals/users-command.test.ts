/** `mayfly-server users …`, typed beside a running server. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { operate } from '../harness/operator.ts'
import { ServerProcess } from '../harness/server-process.ts'

let server: ServerProcess

beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())

test('users list prints who there is', async () => {
  const run = await operate(server, 'users', 'list')
  expect(run).toMatchObject({ status: 0, stderr: '' })
  expect(run.stdout).toMatch(/^alice\t.*\tENABLED\nbob\t.*\tENABLED\n$/)
})

test.each(['disable', 'enable', 'unlock'])('users %s of nobody is refused with where to look', async (word) => {
  expect(await operate(server, 'users', word, 'carol')).toEqual({
    status: 1,
    signal: undefined,
    stdout: '',
    stderr: 'mayfly-server: There is no user carol.\nmayfly-server users list\n',
  })
  expect(await operate(server, 'users', word)).toMatchObject({
    status: 1,
    stderr: 'mayfly-server: Which user? Its name is missing.\n',
  })
})

test('the help names all of them', async () => {
  const { stdout } = await operate(server, '--help')
  for (const word of ['list', 'disable USER', 'enable USER', 'unlock USER']) expect(stdout).toContain(`users ${word}`)
})
