import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../build/target.ts'
import { inspectWalls, type Walls } from './walls.ts'

const packages = ['identity-center', 'wire', 'store', 'server', 'cli']

/** Each file of a house in which every wall is broken once, and what it imports. */
const broken: Record<string, string> = {
  'identity-center/src/clock.ts': `import { readFileSync } from 'node:fs'\nexport const x = readFileSync`,
  'identity-center/src/random.ts': `import { createHash } from 'node:crypto'\nexport const x = createHash`,
  'identity-center/src/oauth/pkce.ts': `import type { Y } from './token.ts'\nexport type X = Y`,
  'identity-center/src/oauth/token.ts': `import type { X } from './pkce.ts'\nexport type Y = X`,
  'wire/src/serve.ts': `export const x = 1`,
  'wire/src/call.ts': `import type { X } from '../../identity-center/src/oauth/pkce.ts'\nexport type Y = X`,
  'store/src/store.ts': `import './directory/users.ts'\nexport const x = 1`,
  'store/src/database/page.ts': `import '../directory/users.ts'\nexport const x = 1`,
  'store/src/directory/users.ts': `import '../database/schema.ts'\nexport const x = 1`,
  'store/src/database/schema.ts': `import 'kysely'\nexport const x = 1`,
  'server/src/main.ts': `import 'kysely'\nimport '@mayfly/store/database/schema'`,
  'server/src/services/services.ts': `import './sso/sso.ts'\nexport const x = 1`,
  'server/src/services/sso/sso.ts': `import '../sts/sts.ts'\nexport const x = 1`,
  'server/src/services/sts/sts.ts': `import type { X } from '../../web/sign-in.ts'\nexport type Y = X`,
  'server/src/web/sign-in.ts': `export type X = 1`,
  'server/src/web/device.ts': `import '../services/services.ts'\nimport '../services/sso/sso.ts'`,
  'cli/src/sign-in/token-cache.ts': `import 'node:fs'\nimport 'node:path'\nimport '@mayfly/store'`,
  'cli/src/machine/files.ts': `import 'node:fs'`,
}

let folder: string
let walls: Walls

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-walls-'))
  for (const name of packages) {
    mkdirSync(join(folder, 'packages', name), { recursive: true })
    cpSync(join(root, 'packages', name, 'package.json'), join(folder, 'packages', name, 'package.json'))
  }
  // Only what a package declares can be found from it: store is not linked into cli.
  link('packages/store', 'packages/server/node_modules/@mayfly/store')
  for (const name of ['store', 'server']) {
    mkdirSync(join(folder, 'packages', name, 'node_modules'), { recursive: true })
    symlinkSync(join(root, 'node_modules/kysely'), join(folder, 'packages', name, 'node_modules/kysely'))
  }
  for (const [path, text] of Object.entries(broken)) {
    mkdirSync(dirname(join(folder, 'packages', path)), { recursive: true })
    writeFileSync(join(folder, 'packages', path), text)
  }
  walls = await inspectWalls(folder)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function link(target: string, path: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  symlinkSync(join(folder, target), join(folder, path))
}

const brokenBy = (from: string): string[] =>
  walls.broken
    .filter((wall) => wall.from === `packages/${from}`)
    .map(({ rule }) => rule)
    .sort()

test('every file of the house is read', () => {
  expect(walls.cruised).toBeGreaterThanOrEqual(Object.keys(broken).length)
})

test.each([
  ['the domain reads a file', 'identity-center/src/clock.ts', ['the-domain-is-pure']],
  ['two files need each other, if only for a type', 'identity-center/src/oauth/pkce.ts', ['no-circle-of-files']],
  ['wire imports the domain', 'wire/src/call.ts', ['wire-knows-no-service']],
  ['one service imports another', 'server/src/services/sso/sso.ts', ['services-are-neighbours-not-friends']],
  ['an operation imports a page, if only for a type', 'server/src/services/sts/sts.ts', ['services-know-no-page']],
  ['a page goes past services.ts', 'server/src/web/device.ts', ['one-way-in']],
  [
    'the server imports kysely and a table',
    'server/src/main.ts',
    ['every-import-resolves', 'only-the-store-knows-sql'],
  ],
  [
    'the token cache reads a file and imports the store',
    'cli/src/sign-in/token-cache.ts',
    ['every-import-resolves', 'the-machine-is-at-the-edge'],
  ],
])('%s: the wall says so', (_, from, rules) => {
  expect(brokenBy(from)).toEqual(rules)
})

test('two folders need each other: the wall says so', () => {
  const folders = walls.broken.filter(({ rule }) => rule === 'no-circle-of-folders').map(({ from }) => from)
  expect(folders).toContain('packages/store/src/database')
})

test('hashing in the domain, SQL in the store and files in the machine break nothing', () => {
  expect(brokenBy('identity-center/src/random.ts')).toEqual([])
  expect(brokenBy('store/src/database/schema.ts')).toEqual([])
  expect(brokenBy('cli/src/machine/files.ts')).toEqual([])
})
