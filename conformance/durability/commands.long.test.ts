/** The commands that write much are killed after each commit, and done again. */

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { engines } from '../harness/engines.ts'
import { runServerProgram } from '../harness/operator.ts'
import { signedCall } from '../harness/signed-call.ts'
import type { World } from './administrative-writes.ts'
import { MOST_COMMITS, startKillable } from './killable-server.ts'

/** Two users with two long-term keys each. */
async function createAccessKeys({ call }: World) {
  const keys = []
  for (const UserName of ['first', 'second']) {
    await call('iam', 'CreateUser', { UserName })
    for (let each = 0; each < 2; each += 1) {
      const { AccessKey } = (await call('iam', 'CreateAccessKey', { UserName })) as {
        AccessKey: { AccessKeyId: string; SecretAccessKey: string }
      }
      keys.push({ accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey })
    }
  }
  return keys
}

describe.each(engines)('commands that are killed, on $name', (engine) => {
  test('keys rotate, killed after any commit, signs nobody out and can be done again', async (context) => {
    const { world, command, order } = await startKillable(engine, context)
    const keys = await createAccessKeys(world)
    let kills = 0
    for (let commit = 1; commit <= MOST_COMMITS; commit += 1) {
      writeFileSync(order, String(commit))
      const { signal } = await command('keys', 'rotate')
      rmSync(order, { force: true })
      await world.call('sts', 'GetCallerIdentity', {})
      await signedCall(world.origin, await world.takeRoleAsBob('PowerUserAccess'))('sts', 'GetCallerIdentity', {})
      for (const key of keys) await signedCall(world.origin, key)('sts', 'GetCallerIdentity', {})
      if (signal !== 'SIGKILL') break
      kills += 1
    }
    expect(kills).toBeGreaterThan(0)
    expect((await command('keys', 'rotate')).stdout).toContain('new keys are in use')
    await world.call('sts', 'GetCallerIdentity', {})
  })

  test('restore, killed after any commit, can be done again and leaves no half database', async (context) => {
    const { command, order, folder, hook } = await startKillable(engine, context)
    const file = join(folder, 'backup.gz')
    expect((await command('backup', file, '--with-key')).status).toBe(0)
    for (let commit = 1; commit <= 40; commit += 1) {
      const target = await engine.open()
      if ('skip' in target) return context.skip(target.skip)
      const data = join(folder, `restored-${commit}`)
      onTestFinished(target.close)
      const place = ['--data', data, ...(target.database === undefined ? [] : ['--database', target.database])]
      writeFileSync(order, String(commit))
      const { signal } = await runServerProgram(['restore', file, ...place], hook)
      rmSync(order, { force: true })
      const again = await runServerProgram(['restore', file, ...place], hook)
      const users = await runServerProgram(['users', 'list', ...place], hook)
      // Either nothing was restored and now everything is, or everything was.
      expect([again.status === 0 || /not empty/.test(again.stderr), users.stdout.split('\n').length > 2]).toEqual([
        true,
        true,
      ])
      if (signal !== 'SIGKILL') return
    }
  })
})
