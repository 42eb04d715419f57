/** A program carries what it calls of a model, and all that this needs. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { IAM_OPERATIONS } from '../../packages/cli/src/long-term-keys/inquiry/iam-operations.ts'
import { type Model, onlyOperations } from './part-of-model.ts'
import { root } from './target.ts'

const iam: Model = JSON.parse(readFileSync(join(root, 'models/iam.json'), 'utf8'))

test('the operations named, every shape that they reach, and no other', () => {
  const part = onlyOperations(iam, IAM_OPERATIONS)
  expect(Object.keys(part.operations).sort()).toEqual([...IAM_OPERATIONS].sort())
  const named = JSON.stringify(part).matchAll(/"shape":"(\w+)"/g)
  const missing = [...named].map(([, name = '']) => name).filter((name) => !Object.hasOwn(part.shapes, name))
  expect(missing).toEqual([])
  expect(part.shapes).not.toHaveProperty('CreateSAMLProviderRequest')
  expect(JSON.stringify(part).length).toBeLessThan(40_000)
})

test('an operation that the model has not stops the build', () => {
  expect(() => onlyOperations(iam, ['ListUzers'])).toThrow('no operation ListUzers')
})
