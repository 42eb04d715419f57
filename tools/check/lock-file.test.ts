import { expect, test } from 'vitest'
import { checkLockFile } from './lock-file.ts'

const lock = (packages: Record<string, unknown>): string => JSON.stringify({ packages: { '': {}, ...packages } })
const bundler = { version: '1.0.0', integrity: 'sha512-x', optionalDependencies: { 'bundler-darwin': '1.0.0' } }

test('a binary for another platform that is not locked is named', () => {
  const problems = checkLockFile(lock({ 'node_modules/bundler': bundler }))
  expect(problems).toEqual([expect.stringContaining('misses bundler-darwin')])
})

test('a binary beside the package, or further up, is found', () => {
  const binary = { version: '1.0.0', integrity: 'sha512-y' }
  expect(checkLockFile(lock({ 'node_modules/bundler': bundler, 'node_modules/bundler-darwin': binary }))).toEqual([])
  const nested = { 'node_modules/a/node_modules/bundler': bundler, 'node_modules/bundler-darwin': binary }
  expect(checkLockFile(lock(nested))).toEqual([])
})

test('a runtime package with an install script, or without integrity, is named', () => {
  const scripted = { version: '1.0.0', integrity: 'sha512-x', hasInstallScript: true }
  expect(checkLockFile(lock({ 'node_modules/native': scripted }))).toHaveLength(1)
  expect(checkLockFile(lock({ 'node_modules/native': { ...scripted, dev: true } }))).toEqual([])
  expect(checkLockFile(lock({ 'node_modules/plain': { version: '1.0.0' } }))).toHaveLength(1)
})
