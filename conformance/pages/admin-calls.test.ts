/** What the admin console asks, held against the models: every operation and every member that its sources name is there. */

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../harness/root.ts'

interface Model {
  operations: Record<string, { input?: { shape: string } }>
  shapes: Record<string, { members?: Record<string, unknown> }>
}

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const model = (path: string) => JSON.parse(read(path)) as Model

const MODELS: Readonly<Record<string, Model>> = {
  'sso-admin': model('models/sso-admin.json'),
  identitystore: model('models/identitystore.json'),
  organizations: model('models/organizations.json'),
  mayfly: model('models/mayfly/mayfly.json'),
}

const sources = globSync('packages/console/src/**/*.{ts,tsx}', { cwd: root })
  .filter((path) => !path.includes('.test.'))
  .map(read)
const calls = sources.flatMap((source) =>
  [...source.matchAll(/prepare\(\s*'([\w-]+)',\s*'(\w+)',?\s*(?:\{([^{}]*)\})?/g)].map(
    ([, service = '', operation = '', members = '']) => ({ service, operation, members }),
  ),
)

test('every call of the admin console is an operation of its model, and one that this server answers', () => {
  expect(calls.length).toBeGreaterThan(80)
  const missing = new Set(read('conformance/not-implemented.txt').split('\n'))
  const unknown = calls.filter(
    ({ service, operation }) => !MODELS[service]?.operations[operation] || missing.has(`${service}:${operation}`),
  )
  expect(unknown).toEqual([])
})

test('every member that a call names is one of its input', () => {
  const unknown = calls.flatMap(({ service, operation, members }) => {
    const shape = MODELS[service]?.operations[operation]?.input?.shape ?? ''
    const known = Object.keys(MODELS[service]?.shapes[shape]?.members ?? {})
    const named = [...members.matchAll(/(?:^|[,{]\s*)([A-Z]\w+)(?=\s*[:,}]|\s*$)/gm)].map(([, name = '']) => name)
    return named.filter((name) => !known.includes(name)).map((name) => `${service} ${operation} ${name}`)
  })
  expect(unknown).toEqual([])
})
