import { expect, test } from 'vitest'
import { createTestMachine } from '../testing/test-machine.ts'
import { installHelper } from './install-helper.ts'

const PATH = '~/.mayfly/bin/mayfly-credentials'

test('without a native helper a script stands in, for its owner alone', async () => {
  const machine = createTestMachine()
  expect(await installHelper(machine)).toEqual({
    path: '/home/alice/.mayfly/bin/mayfly-credentials',
    kind: 'script',
  })
  expect(machine.text(PATH)).toContain(`script='/opt/mayfly/bin/mayfly.cjs'`)
  expect(machine.disk.get('/home/alice/.mayfly/bin/mayfly-credentials')?.mode).toBe(0o700)
  expect(machine.text('~/.mayfly/bin/mayfly-credentials.run')).toBe('/usr/bin/node\n/opt/mayfly/bin/mayfly.cjs\n')
})

test('a native helper of another hash is not taken', async () => {
  const machine = createTestMachine({ files: { '/helper': 'something else' }, helper: '/helper' })
  expect(await installHelper(machine)).toMatchObject({ kind: 'script' })
  expect(machine.text(PATH)).toContain('#!/bin/sh')
})

test('on Windows, where no script can stand for a program, it is refused', async () => {
  const machine = createTestMachine({ platform: 'win32', home: 'C:\\Users\\alice' })
  await expect(installHelper(machine)).rejects.toThrow('There is no native helper')
})
