import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildNative, HASHES, HELPER_SYSTEMS, hashHelpers, whyNoHelper } from './native.ts'

const wanted = JSON.parse(readFileSync(HASHES, 'utf8')) as Record<string, string>

test('there is a hash for the helper of each system', () => {
  expect(Object.keys(wanted)).toEqual(HELPER_SYSTEMS.map(({ system }) => system))
})

const rebuilt = process.env['MAYFLY_LONG_TESTS'] === '1' ? HELPER_SYSTEMS : HELPER_SYSTEMS.slice(0, 1)

test.for(rebuilt)('the helper of $system is built to the byte', { timeout: 120_000 }, async (system, context) => {
  const reason = whyNoHelper()
  context.skip(reason !== undefined, reason)
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-native-'))
  try {
    await buildNative(folder, [system])
    expect(existsSync(join(folder, system.system, system.file))).toBe(true)
    expect(hashHelpers(folder)).toEqual({ [system.system]: wanted[system.system] })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
